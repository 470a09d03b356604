import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Clock } from '../../domain/ports/clock.js';
import type { RunFigures } from '../../domain/report/run-figures.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { checkWritable, writeWhole } from '../formats/whole-file.js';
import type { MetricName } from './definitions.js';
import { runRegistry } from './registry.js';

/** So often (ms) the file is written while a run lasts: collectors usually look every 15 to 60 seconds. */
const everyMs = 15_000;

/** The collector is another user; the file tells of no phone. */
const mode = 0o644;

/**
 * Makes sure, before anything is contacted, that metrics can be written to a path.
 * @throws UsageError naming the path, what is wrong and what is possible
 */
export async function checkMetricsPath(path: string): Promise<void> {
  if (extname(path) !== '.prom')
    throw new UsageError(
      `The metrics file ${path} does not end in .prom, and Prometheus' textfile collector reads no other; name one such as /var/lib/node_exporter/textfile/fleet-migrate.prom.`,
    );
  await checkWritable({ what: 'The metrics file', path, option: '--metrics' });
}

/** A file of metrics that is kept up to date. Nothing here throws. */
export interface MetricsFile {
  /** Writes it now and every few seconds from now on. */
  begin(): void;
  /** Writes it for the last time. @param last what the end of the run adds to what `read` knows */
  end(last: (figures: RunFigures) => RunFigures): Promise<void>;
}

/** What a file of metrics is kept with. */
export interface MetricsFileParts {
  path: string;
  read: () => Promise<RunFigures>;
  clock: Pick<Clock, 'after' | 'now'>;
  /** Called for the first failure only: the run goes on without the file. */
  onTrouble: (error: unknown) => void;
}

/** Keeps a text file for Prometheus' textfile collector. Each time it is written whole; what it knew of the last success is kept. */
export function metricsFile({ path, read, clock, onTrouble }: MetricsFileParts): MetricsFile {
  const name = basename(path, '.prom');
  let isTold = false;
  let isOver = false;
  let cancel = (): void => {};
  /** One write after the other: what is written last stands in the file. */
  let writing: Promise<void> = Promise.resolve();
  let known: Promise<number | null> | null = null;
  const write = async (last: (figures: RunFigures) => RunFigures): Promise<void> => {
    try {
      known ??= lastSuccessIn(path, clock.now());
      const lastSuccessAt = await known;
      const figures = await read();
      // What the file says is of this very job; the store also knows of others with the same profile.
      const kept = { ...figures, lastSuccessAt: lastSuccessAt ?? figures.lastSuccessAt };
      const text = await runRegistry(last(kept), { name }).metrics();
      await writeWhole({ what: 'The metrics file', path }, [text], mode);
    } catch (error) {
      if (!isTold) onTrouble(error);
      isTold = true;
    }
  };
  const next = (): void => {
    writing = writing
      .then(() => (isOver ? undefined : write((figures) => figures)))
      .then(() => {
        if (!isOver) cancel = clock.after(everyMs, next);
      });
  };
  return {
    begin: next,
    end: (last) => {
      isOver = true;
      cancel();
      writing = writing.then(() => write(last));
      return writing;
    },
  };
}

const lastSuccess: MetricName = 'fleet_migrate_last_success_timestamp_seconds';
const lastSuccessLine = new RegExp(`^${lastSuccess}(?:\\{[^\\n]*\\})? (\\d+(?:\\.\\d+)?)$`, 'm');

/** When the last success was, by an earlier file (ms since the epoch); `null`: it does not say, or its clock was ahead, which would keep an alert still for as long. */
async function lastSuccessIn(path: string, now: number): Promise<number | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const found = lastSuccessLine.exec(text)?.[1];
  const at = found === undefined ? null : Math.round(Number(found) * 1_000);
  return at === null || at > now ? null : at;
}
