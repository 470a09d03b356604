import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { exitCodes } from '../../conduct/exit-code.js';
import type { Given } from '../../conduct/options/sources.js';
import { readStore } from '../../conduct/options/store-option.js';
import { defaultStorePath } from '../../store/file/default-path.js';
import { makeFolder } from '../../store/file/make-folder.js';
import { mayComeBack } from '../../store/store-error.js';
import type { RunRow } from '../../store/store-rows.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { commandLine } from '../../report/summary/commands.js';
import { whereWords } from '../next/command-words.js';
import { writeOut } from '../terminal/write-out.js';

/** How long a run may take to begin (ms), and how often it is looked for. */
const [longestMs, lookEveryMs] = [60_000, 250];

/** The run that a process of this machine has begun since then; `undefined`: none yet, or the database does not answer just now. */
async function begunBy(given: Given, pid: number, since: string): Promise<RunRow | undefined> {
  try {
    return await readStore(given.settings, async (store) =>
      // An earlier process may have had its number, as in containers.
      (await store.runs({ limit: 20 })).find(
        (run) => run.pid === pid && run.host === hostname() && run.startedAt >= since,
      ),
    );
  } catch (error) {
    if (mayComeBack(error)) return undefined;
    throw error;
  }
}

/** Lets this command line go on as a process of its own, without `--detach`; returns once its run has begun. @throws UsageError where it has not */
export async function detach(given: Given): Promise<number> {
  const folder = dirname(defaultStorePath(process.env));
  makeFolder(folder, 0o700);
  const log = join(folder, `detached-${process.pid}.log`);
  const out = openSync(log, 'w', 0o600);
  const words = process.argv.slice(1).filter((word) => word !== '--detach' && word !== '--detach=true');
  const since = new Date().toISOString();
  const child = spawn(process.execPath, [...process.execArgv, ...words], {
    detached: true,
    stdio: ['ignore', out, out],
  });
  closeSync(out);
  let code: number | null | undefined;
  child.once('exit', (ended) => (code = ended));
  child.once('error', () => (code ??= null));
  // One more look after its end: a short run may be over by then.
  for (let [waited, isOver] = [0, false]; waited < longestMs && !isOver; waited += lookEveryMs) {
    await pause(lookEveryMs);
    isOver = code !== undefined;
    const run = await begunBy(given, child.pid ?? -1, since);
    if (run === undefined) continue;
    child.unref();
    const look = commandLine(['status', run.id, '--watch', ...whereWords(given)]);
    await writeOut(process.stdout, [`Run ${run.id} goes on by itself; what it says is in ${log}\nLook on: ${look}\n`]);
    return exitCodes.ok;
  }
  child.unref();
  const said = readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? '';
  throw new UsageError(
    code === undefined
      ? `The run has not begun within a minute; what it says is in ${log}.`
      : said.replace(/^fleet-migrate: /, '') || `The run could not be started; look at ${log}.`,
  );
}
