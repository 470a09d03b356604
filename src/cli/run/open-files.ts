import { readFileSync } from 'node:fs';
import type { Log } from '../../domain/ports/log.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { FleetSettings } from '../../fleet/run/assemble.js';

/** What the program itself, the store, the log and the reports hold open at most. */
const ownFiles = 64;
/** A phone that is read, and one whose connection waits for its turn. */
const filesPerPhone = 2;
/** While a plan is made, its firmware and license are asked for as well. */
const filesPerPlannedPhone = 3;
/** Loading the program and its libraries opens some three hundred files at once; with so many a run gets on as well. */
const leastFiles = 352;
/** Phones that fetch their settings from us. */
const mostFetching = 256;

type Sized = Pick<FleetSettings, 'concurrency' | 'probeConcurrency'>;
type Wanted = Sized & Pick<FleetSettings, 'scheme' | 'profile' | 'dryRun'>;

/** What fits into the limit of open files. */
export interface FileBudget extends Sized {
  /** Connections of phones that fetch settings from us. */
  fetching: number;
}

/**
 * How many files this process may have open, which Node has raised as far as it may; `null` where that cannot be found out (only Linux
 * tells).
 */
export function openFilesLimit(read: () => string = () => readFileSync('/proc/self/limits', 'utf8')): number | null {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(read())?.[1];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
}

/** Makes sure that the program can be loaded and a run be begun. @throws UsageError naming what the limit must be */
export function refuseFewFiles(limit: number | null): void {
  if (limit === null || limit >= leastFiles) return;
  throw new UsageError(
    `This process may have only ${limit} files open and needs at least ${leastFiles}: each connection to a phone is one; raise the limit with ulimit -n 4096 (in a systemd unit LimitNOFILE=4096) and run again.`,
  );
}

/**
 * What of the wanted concurrency fits: phones first, up to half of what there is, for they are what a run is about, and what probes leave.
 * @param limit at least what `refuseFewFiles` lets pass; `null`: not known, nothing is lowered
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

/** Tells what was lowered: as a warning what somebody had asked for, else for the record. */
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
