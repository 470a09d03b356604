import { readFileSync } from 'node:fs';
import type { Log } from '../../domain/ports/log.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { FleetSettings } from '../../fleet/run/assemble.js';

/** Open files of the program itself, the store, the log and the reports at most. */
const ownFiles = 64;
/** Per phone: its connection, and one that waits for its turn. */
const filesPerPhone = 2;
/** Per phone being planned: its firmware and license are fetched as well. */
const filesPerPlannedPhone = 3;
/** Loading the program opens about three hundred files at once; a run can work with as many. */
const leastFiles = 352;
/** Phones that fetch their settings from us. */
const mostFetching = 256;

type Sized = Pick<FleetSettings, 'concurrency' | 'probeConcurrency'>;
type Wanted = Sized & Pick<FleetSettings, 'scheme' | 'profile' | 'dryRun'>;

/** What fits within the limit of open files. */
export interface FileBudget extends Sized {
  /** Connections of phones that fetch settings from us. */
  fetching: number;
}

/**
 * How many files this process may have open, after Node raised the limit as far as it may; `null` if unknown (only Linux tells).
 */
export function openFilesLimit(read: () => string = () => readFileSync('/proc/self/limits', 'utf8')): number | null {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(read())?.[1];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
}

/** Makes sure that the program can be loaded and a run can begin. @throws UsageError naming the limit needed */
export function refuseFewFiles(limit: number | null): void {
  if (limit === null || limit >= leastFiles) return;
  throw new UsageError(
    `This process may have only ${limit} files open and needs at least ${leastFiles}: each connection to a phone is one; raise the limit with ulimit -n 4096 (in a systemd unit LimitNOFILE=4096) and run again.`,
  );
}

/**
 * The part of the wanted concurrency that fits: phones get up to half of the limit first, then whatever probes leave.
 * @param limit at least what `refuseFewFiles` accepts; `null`: unknown, nothing is lowered
 */
export function fitToFiles(wanted: Wanted, limit: number | null): FileBudget {
  const { concurrency, probeConcurrency, profile, scheme, dryRun } = wanted;
  if (limit === null) return { concurrency, probeConcurrency, fetching: mostFetching };
  const perPhone = profile === null ? filesPerPhone : filesPerPlannedPhone;
  const perProbe = scheme === 'auto' ? 2 : 1;
  const serves = profile?.ways.includes('resync') === true && !dryRun;
  const fetching = serves ? Math.min(mostFetching, Math.floor(limit / 8)) : 0;
  const room = limit - ownFiles - fetching;
  const half = Math.floor(room / 2 / perPhone);
  const spared = Math.floor((room - probeConcurrency * perProbe) / perPhone);
  const phones = Math.min(concurrency, Math.max(half, spared));
  const probes = Math.min(probeConcurrency, Math.floor((room - phones * perPhone) / perProbe));
  return { concurrency: phones, probeConcurrency: probes, fetching };
}

/** Logs what was lowered: as a warning if the user had set it. */
export function tellLowered(
  wanted: Sized,
  fitting: Sized,
  limit: number | null,
  isAskedFor: (name: 'concurrency' | 'probe-concurrency') => boolean,
  log: Pick<Log, 'info' | 'warn'>,
): void {
  for (const [name, before, after] of [
    ['concurrency', wanted.concurrency, fitting.concurrency],
    ['probe-concurrency', wanted.probeConcurrency, fitting.probeConcurrency],
  ] as const) {
    if (before === after) continue;
    const text = `--${name} ${before} needs more open files than this process may have; it is lowered to ${after} (ulimit -n raises the limit)`;
    log[isAskedFor(name) ? 'warn' : 'info'](text, { limit });
  }
}
