import { extname } from 'node:path';
import { shippedModels } from '../../config/profiles/as-shipped.js';
import { parseAssumption } from '../../domain/rehearsal/assumptions.js';
import { wantOfTime, movesNone, type Rehearsal } from '../../domain/rehearsal/rehearsal.js';
import { reportNameOf, reportNameToCheck } from '../../domain/report/report-name.js';
import { refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import { exitCodes } from '../../conduct/exit-code.js';
import type { Given } from '../../conduct/options/sources.js';
import { isMissing, readStore, storePath, withStore } from '../../conduct/options/store-option.js';
import { filesOfStore, sameFiles } from '../../conduct/check/distinct-files.js';
import { type MadeRehearsal, rehearse } from '../../conduct/rehearsal/rehearse.js';
import { systemClock } from '../../conduct/system-clock.js';
import { checkWritable, writeWhole } from '../../report/formats/whole-file.js';
import { renderRehearsalJson } from '../../report/rehearsal/json.js';
import { renderRehearsal } from '../../report/rehearsal/text.js';
import { rehearseRows, type RehearseWords } from '../options/rehearsal-rows.js';
import { onStandardError } from '../terminal/aside.js';
import { writeOut } from '../terminal/write-out.js';

type Format = RehearseWords['output'];

/** A rehearsal that is shown; `first` is absent of one that was made earlier. */
type Shown = Pick<MadeRehearsal, 'rehearsal'> & Partial<Pick<MadeRehearsal, 'first'>>;

/**
 * `rehearse`: plays a night over the phones of the last audit and keeps what came of it. Exit code 1 where the first night would stop itself,
 * has not time enough for all phones, moves none, knows nothing of some as the audit could not read them, or lacks licenses. @throws UsageError
 */
export async function rehearseCommand(given: Given, words: RehearseWords): Promise<number> {
  const { settings } = given;
  refuseBesideShow(given, words);
  const files = words.report.map((name) => ({ name, path: reportNameToCheck(name, systemClock.now()) }));
  for (const { path } of files) formatOf(path);
  const db = { option: '--db', path: storePath(settings) };
  const read = settings.inventory.map((path) => ({ option: '--inventory', path }));
  refuseProblems(sameFiles([...filesOfStore(db), ...files.map(({ path }) => ({ option: '--report', path }))], read));
  for (const { path } of files) await checkWritable({ what: 'The rehearsal', path, option: '--report' });
  const shown: Shown =
    words.show === null
      ? await made(given, words)
      : { rehearsal: await readStore(settings, (store) => store.rehearsal(words.show ?? 'latest')) };
  const { rehearsal } = shown;
  for (const { name } of files) {
    const path = reportNameOf(name, { id: rehearsal.id, startedAt: rehearsal.madeAt });
    await writeWhole({ what: 'The rehearsal', path }, await rendered(shown, formatOf(path)));
  }
  await writeOut(process.stdout, await rendered(shown, words.output));
  return words.show === null && needsAttention(rehearsal) ? exitCodes.attention : exitCodes.ok;
}

/** Options that are about what is shown, and where: the others are about how it is made. */
const ofShow: ReadonlySet<string> = new Set(['db', 'config']);

/** An earlier rehearsal is shown as it was made. @throws UsageError with what would change nothing */
function refuseBesideShow({ written: { origin } }: Given, words: RehearseWords): void {
  if (words.show === null) return;
  const given = Object.keys(origin).filter((name) => origin[name] === 'flag' && !ofShow.has(name));
  const { seed, times, nights } = rehearseRows;
  if (words.at !== null) given.push('at');
  if (words.assume.length > 0) given.push('assume');
  if (words.seed !== seed.default) given.push('seed');
  if (words.times !== times.default) given.push('times');
  if (words.nights !== nights.default) given.push('nights');
  if (given.length === 0) return;
  const named = given.map((name) => `--${name}`).join(', ');
  throw new UsageError(
    `--show shows a rehearsal as it was made, so ${named} would change nothing: leave ${given.length === 1 ? 'it' : 'them'} out, or rehearse anew without --show.`,
  );
}

/** Rehearses, and keeps it where there is a store to keep it in. */
async function made(given: Given, words: RehearseWords): Promise<MadeRehearsal> {
  const { settings } = given;
  const models = await shippedModels();
  const hasStore = !isMissing(storePath(settings));
  if (!hasStore && settings.inventory.length === 0) await readStore(settings, () => Promise.resolve());
  const asked = { ...words, assume: words.assume.map((text) => parseAssumption(text)) };
  const play = (store: Parameters<typeof rehearse>[2]): Promise<MadeRehearsal> =>
    rehearse(given, asked, store, models, saysHowFar());
  const result = hasStore ? await readStore(settings, play) : await play(null);
  result.warnings.forEach(onStandardError.tell);
  await withStore(settings, (store) => store.keepRehearsal(result.rehearsal));
  return result;
}

/** So often (ms) somebody who waits is told how far it is. */
const tellEveryMs = 10_000;

function saysHowFar(): (nights: number) => void {
  let toldAt = systemClock.monotonic();
  return (nights) => {
    if (systemClock.monotonic() - toldAt < tellEveryMs) return;
    toldAt = systemClock.monotonic();
    onStandardError.tell(nights === 1 ? '1 night is played' : `${nights} nights are played`);
  };
}

/** @throws UsageError for another ending */
function formatOf(path: string): Exclude<Format, 'table'> {
  const ending = extname(path).toLowerCase();
  if (ending === '.json') return 'json';
  if (ending === '.html') return 'html';
  throw new UsageError(
    `The report file ${path} has ${ending === '' ? 'no ending that names its format' : `the ending ${ending}`}; a rehearsal is written as .json or .html.`,
  );
}

async function rendered({ rehearsal, first }: Shown, format: Format): Promise<Iterable<string>> {
  switch (format) {
    case 'table':
      return [renderRehearsal(rehearsal)];
    case 'json':
      return [renderRehearsalJson(rehearsal)];
    case 'html':
      return (await import('../../report/rehearsal/html.js')).rehearsalPage(
        rehearsal,
        first ? { ...first, changes: null } : null,
      );
  }
}

function needsAttention({ nights, licenses, unread }: Rehearsal): boolean {
  const [first] = nights;
  return (
    first !== undefined &&
    (first.stopped !== null ||
      wantOfTime(first) > 0 ||
      movesNone(first) ||
      unread > 0 ||
      (licenses?.missing.length ?? 0) > 0)
  );
}
