import { type PhoneRecord, targetKey } from '../../../fleet/record/phone-record.js';
import type { RunProgress } from '../../../fleet/run/progress.js';
import type { Fetching } from '../../../report/progress/told-run.js';
import type { FetchedBytes } from '../../../store/store-rows.js';

/** What one phone has fetched. */
interface Fetched {
  bytes: number;
  /** When its last transfer ended (ms since the epoch); `null`: none has. */
  lastAt: number | null;
}

/**
 * How far the phones of a run are with their firmware, by what a file server with the same store saw them fetch.
 * @param now milliseconds since the epoch
 * @returns `null` where that says nothing of the run's end: what phones will fetch is not known, or some fetch elsewhere
 */
export function fetchingOf(
  { started, toFetch }: Pick<RunProgress, 'started' | 'toFetch'>,
  fetched: readonly FetchedBytes[],
  now: number,
): Omit<Fetching, 'at' | 'since'> | null {
  const fetchedBy = lookup(fetched);
  const phones = started.map((record) => ({
    record,
    expected: toFetch.get(targetKey(record.target)) ?? null,
    got: fetchedBy(record),
  }));
  const done = phones.flatMap(({ record, expected, got }) =>
    record.outcome === 'done' && expected !== null ? [{ record, expected, got }] : [],
  );
  if (done.some(({ got }) => got.bytes === 0)) return null;
  const underWay = phones.filter(({ record }) => !record.ended);
  // Nor of phones that an interrupted run had sent on their way is it known how much they have left.
  if (underWay.some(({ expected }) => expected === null)) return null;
  const bytes = sum(phones, ({ got }) => got.bytes);
  // They may not have begun, or fetch elsewhere.
  if (bytes === 0) return null;

  // A load may hold images of several platforms, of which phones take their own: how much that is, is known from the first that is done.
  const share = done.length === 0 ? 1 : sum(done, ({ got }) => got.bytes) / sum(done, ({ expected }) => expected);
  const left = sum(underWay, ({ expected, got }) => Math.max(0, Math.round((expected ?? 0) * share) - got.bytes));
  const afterwards = mean(
    done.flatMap(({ record, got: { lastAt } }) => (lastAt === null ? [] : [Math.max(0, endOf(record) - lastAt)])),
  );
  const lastAt = Math.max(...underWay.map(({ got }) => got.lastAt ?? Number.NEGATIVE_INFINITY));
  return {
    bytes,
    left,
    afterwards: afterwards === null || left > 0 ? afterwards : Math.max(0, lastAt + afterwards - now),
  };
}

/** By its MAC; what shows none, as TFTP does, by its address. */
function lookup(fetched: readonly FetchedBytes[]): (record: PhoneRecord) => Fetched {
  const byName = new Map<string, FetchedBytes[]>();
  for (const one of fetched) {
    const name = one.mac ?? one.client;
    byName.set(name, [...(byName.get(name) ?? []), one]);
  }
  return ({ mac, address, target }) => {
    const names = new Set([mac ?? '', address, target.address]);
    const all = [...names].flatMap((name) => byName.get(name) ?? []);
    const ends = all.flatMap(({ lastAt }) => (lastAt === null ? [] : [Date.parse(lastAt)]));
    return { bytes: sum(all, ({ bytes }) => bytes), lastAt: ends.length === 0 ? null : Math.max(...ends) };
  };
}

/** Milliseconds since the epoch. */
function endOf({ startedAt, durationMs }: PhoneRecord): number {
  return startedAt + (durationMs ?? 0);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values, (value) => value) / values.length;
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
