import { createInterface } from 'node:readline/promises';
import { shippedModels } from '../../../config/profiles/as-shipped.js';
import type { Direction } from '../../../domain/phone/models.js';
import { UsageError } from '../../../domain/text/usage-error.js';
import { collectFiles } from '../../../licenses/import/collect.js';
import { type Judged, judgeFiles } from '../../../licenses/import/judge.js';
import { storeLicenses } from '../../../licenses/import/store.js';
import { renderImport, renderImportJson } from '../../../report/licenses/import-text.js';
import type { LicensesImportWords } from '../../options/license-rows.js';
import type { Given } from '../../../conduct/options/sources.js';
import { withStore } from '../../../conduct/options/store-option.js';
import { systemClock } from '../../../conduct/system-clock.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { writeOut } from '../../terminal/write-out.js';

/**
 * `licenses import FILE…`: takes license files into the store. What cannot be read or unpacked whole is an error, and then nothing is stored;
 * single files that are no licenses are left out, with exit code 1. @throws UsageError
 */
export async function licensesImportCommand(
  { settings }: Given,
  words: LicensesImportWords,
  paths: readonly string[],
): Promise<number> {
  if (paths.length === 0)
    throw new UsageError(
      "licenses import needs the portal's archive, a folder, or license files, such as licenses.zip.",
    );
  const found = await collectFiles(paths);
  const models = await shippedModels();
  return withStore(settings, async (store) => {
    const held = await store.licenses();
    const fleet = new Set((await store.phones()).map(({ mac }) => mac));
    const judge = (direction: Direction | null, isOfAll: boolean): Judged =>
      judgeFiles(found, { direction, isOfAll, held, fleet, models });
    let judged = judge(words.direction, true);
    if (judged.undirected > 0) judged = judge(await askedDirection(judged.undirected), false);
    const { licenses, refused } = judged;
    if (licenses.length + refused.length === 0)
      throw new UsageError(
        `There is no license file in ${paths.join(', ')}; license files are named like 00CCFC123456.lic.`,
      );
    const isTable = words.output === 'table';
    // Before anything is stored.
    if (isTable) await writeOut(process.stdout, [renderImport(judged)]);
    const stored = words.dryRun ? 0 : await storeLicenses(store, judged, systemClock);
    if (isTable)
      await writeOut(process.stdout, [
        words.dryRun
          ? '\nNothing was stored (--dry-run).\n'
          : `\n${stored === 1 ? '1 license was' : `${stored} licenses were`} stored in ${store.path}\n`,
      ]);
    else await writeOut(process.stdout, [renderImportJson(judged, stored)]);
    return refused.length > 0 ? exitCodes.attention : exitCodes.ok;
  });
}

/** Which direction licenses are of that do not say it. @throws UsageError without a terminal, or where the answer is none */
async function askedDirection(count: number): Promise<Direction> {
  const question = `${count === 1 ? 'One license does' : `${count} licenses do`} not say which direction ${count === 1 ? 'it is' : 'they are'} of`;
  const say = `${question}; give it with --direction e2m (from Enterprise to Multiplatform) or --direction m2e (back). Nothing was imported.`;
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new UsageError(say);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
    const answer = await Promise.race([
      terminal.question(`${question}. Type e2m (from Enterprise to Multiplatform) or m2e (back): `),
      ended,
    ]);
    const word = answer.trim().toLowerCase();
    if (word === 'e2m' || word === 'm2e') return word;
    throw new UsageError(say);
  } finally {
    terminal.close();
  }
}
