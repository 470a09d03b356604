import type { FailureCodeName } from '../../failures/failure-codes.js';
import type { AnyEvent, RunEventName } from '../events.js';
import type { ListedPhone, RunReport } from '../report.js';
import type { RunDiff } from '../run-diff.js';
import { type Moment, momentOf } from './moments.js';

/** What has to be known of a phone to find what happened with it. */
type Told = Pick<ListedPhone, 'address' | 'mac' | 'failure' | 'evidence'> & Partial<Pick<ListedPhone, 'outcome'>>;

/** What happened with one phone of a run, in its order. */
export interface PhoneStory<Phone = ListedPhone> {
  phone: Phone;
  moments: readonly Moment[];
  /** From 1; `null` for a phone that was in none. */
  wave: number | null;
  /** When it was first about to be written to; ISO 8601. */
  writtenAt: string | null;
  /** When it ended; ISO 8601. */
  endedAt: string | null;
}

/** A run as it is told to people: its report, how it came to that, and what is new since the run before. */
export interface RunStory {
  report: RunReport;
  /** In the order of the report. */
  phones: readonly PhoneStory[];
  /** `null`: there is no run to compare it with. */
  changes: RunDiff | null;
  /** Why nothing is known but the report: then no phone says when it was written to, and that means nothing. Absent: all is known. */
  lacks?: string;
}

/** What is known of a phone from the events of its run. */
interface Events {
  moments: Moment[];
  writtenAt: string | null;
  endedAt: string | null;
}

/**
 * Tells the phones of a report with what the run's events say of them.
 * @param events in their order
 * @param waveOf the wave of the phone that was asked for at an address, or by its MAC
 */
export async function tellPhones<Phone extends Told>(
  { phones, unfinished = [] }: { phones: readonly Phone[]; unfinished?: readonly Phone[] },
  events: AsyncIterable<AnyEvent> | Iterable<AnyEvent>,
  waveOf: (phone: Phone) => number | null,
): Promise<PhoneStory<Phone>[]> {
  // The events of a phone that is at a second address as well would tell of both.
  const second = new Set(phones.filter(isSecond).map(({ address }) => address));
  const keyOf = ({ mac, address }: { mac: string | null; address: string | null }): string =>
    mac !== null && !second.has(address ?? '') ? mac : (address ?? '');
  const told = new Map<string, Events>();
  for await (const event of events) {
    if (event.address === null) continue;
    const key = keyOf(event);
    const one = told.get(key) ?? { moments: [], writtenAt: null, endedAt: null };
    told.set(key, one);
    add(one, event);
  }
  return [...phones, ...unfinished].map((phone) => {
    // What was told of its address before it had said who it is, and of itself.
    const parts = [...new Set([told.get(phone.address), told.get(keyOf(phone))])].filter((part) => part !== undefined);
    return {
      ...{ phone, wave: waveOf(phone) },
      moments: parts.length === 0 ? momentsByReport(phone) : inTime(parts.flatMap(({ moments }) => moments)),
      writtenAt: parts.find(({ writtenAt }) => writtenAt !== null)?.writtenAt ?? null,
      // An end from before a resume is none of a phone that is under way again.
      endedAt: phone.outcome === null ? null : (parts.findLast(({ endedAt }) => endedAt !== null)?.endedAt ?? null),
    };
  });
}

/** A report, or some of its entries. */
interface ByReport {
  phones: readonly ListedPhone[];
  unfinished?: readonly ListedPhone[];
}

/** The phones of a report by what it says itself: where nothing else is to be had. */
export function phonesByReport({ phones, unfinished = [] }: ByReport): PhoneStory[] {
  return [...phones, ...unfinished].map((phone) => ({
    ...{ phone, wave: null, writtenAt: null, endedAt: null, moments: momentsByReport(phone) },
  }));
}

function momentsByReport({ evidence }: Told): Moment[] {
  return evidence.map(({ at, kind, text }) => ({ at, what: kind, text }));
}

function inTime(moments: Moment[]): Moment[] {
  return moments.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function isSecond({ failure }: Told): boolean {
  return failure?.code === ('duplicate-mac' satisfies FailureCodeName);
}

function add(told: Events, event: AnyEvent): void {
  const name = event.event as RunEventName;
  if (name === 'intent') told.writtenAt ??= event.at;
  if (name === 'outcome') told.endedAt = event.at;
  const moment = momentOf(event);
  if (moment) told.moments.push(moment);
}
