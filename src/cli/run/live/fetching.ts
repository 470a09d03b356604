import { type PhoneRecord, targetKey } from '../../../fleet/record/phone-record.js';
import type { RunProgress } from '../../../fleet/run/progress.js';
import type { Fetching } from '../../../report/progress/told-run.js';
import type { FetchedBytes } from '../../../store/store-rows.js';

/**
 * How far the phones of a run are with their firmware, by what a file server with the same store saw them fetch.
 * @returns `null` where that says nothing of the run's end: what phones will fetch is not known, or some fetch elsewhere
 */
export function fetchingOf(
  { started, toFetch }: Pick<RunProgress, 'started' | 'toFetch'>,
  fetched: readonly FetchedBytes[],
): Pick<Fetching, 'bytes' | 'left'> | null {
  const fetchedBy = lookup(fetched);
  const phones = started.map((record) => ({
    record,
    expected: toFetch.get(targetKey(record.target)) ?? null,
    got: fetchedBy(record),
  }));
  const done = phones.flatMap(({ record, expected, got }) =>
    record.outcome === 'done' && expected !== null ? [{ record, expected, got }] : [],
  );
  if (done.some(({ got }) => got === 0)) return null;
  const underWay = phones.filter(({ record }) => !record.ended);
  // Nor of phones that an interrupted run had sent on their way is it known how much they have left.
  if (underWay.some(({ expected }) => expected === null)) return null;
  const bytes = sum(phones, ({ got }) => got);
  // They may not have begun, or fetch elsewhere.
  if (bytes === 0) return null;

  // A load may hold images of several platforms, of which phones take their own: how much that is, is known from the first that is done.
  const share = done.length === 0 ? 1 : sum(done, ({ got }) => got) / sum(done, ({ expected }) => expected);
  const left = sum(underWay, ({ expected, got }) => Math.max(0, Math.round((expected ?? 0) * share) - got));
  return { bytes, left };
}

/** How many bytes a phone has fetched: by its MAC; what shows none, as TFTP does, by its address. */
function lookup(fetched: readonly FetchedBytes[]): (record: PhoneRecord) => number {
  const byName = new Map<string, number>();
  for (const { mac, client, bytes } of fetched) {
    const name = mac ?? client;
    byName.set(name, (byName.get(name) ?? 0) + bytes);
  }
  return ({ mac, address, target }) =>
    sum([...new Set([mac ?? '', address, target.address])], (name) => byName.get(name) ?? 0);
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
