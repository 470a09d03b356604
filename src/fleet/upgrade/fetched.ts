import { progressText } from '../../domain/text/bytes.js';
import type { Failure } from '../../domain/failures/failure.js';
import { messageOf } from '../../domain/text/error-reason.js';
import { printable } from '../../domain/text/printable.js';
import type { Transfer } from '../../store/store-rows.js';
import type { RunContext } from '../context.js';
import type { PhoneRecord } from '../record/phone-record.js';
import type { WrittenStep } from '../record/written-step.js';

/** Evidence kind: what the file server saw the phone fetch. A sign that it took what was sent, never proof of where it is. */
const fetchedKind = 'transfer';

/** So many unfinished files, and so many refused ones, are named. */
const mostNamed = 3;

/**
 * Notes what the file server (`serve`, in this process or another one with the same store) saw a phone fetch since a step was written: once,
 * at the end of the step. It changes no outcome.
 * @returns a sentence for the message of a failure; `null` where nothing is known: the phone may have fetched elsewhere, or not have shown who it is
 */
export async function noteFetched(
  record: PhoneRecord,
  { writtenAt, step, tried, unread }: Pick<WrittenStep, 'writtenAt' | 'step' | 'tried' | 'unread'>,
  { fetched, fetchedNothing, log }: Pick<RunContext, 'fetched' | 'fetchedNothing' | 'log'>,
): Promise<string | null> {
  if (fetched === undefined || record.mac === null) return null;
  let transfers: readonly Transfer[];
  try {
    transfers = await fetched(record.mac, writtenAt);
  } catch (error) {
    log.warn('what a phone fetched is not known', { mac: record.mac, error: messageOf(error) });
    return null;
  }
  const text = fetchedText(transfers);
  if (text !== null) {
    if (!record.ended) record.note(fetchedKind, text);
    return `The file server has seen of it since the write: ${text}.`;
  }
  const rules = [step.set.upgradeRule, step.set.authorizationRule].filter((rule) => rule !== undefined);
  // After several writes it may have come between them; and only a phone that has shown the rules as sent has a reason to come.
  const isCertain = rules.length > 0 && tried.length <= 1 && !unread;
  const { mac, address, sentAt } = record;
  if (!isCertain || fetchedNothing?.({ mac, address, rules }, sentAt) !== true) return null;
  return 'No request of it has come to the file server since the write: see whether it can reach that address and port.';
}

/** The failure, with a sentence of `noteFetched`. */
export function withFetched(failure: Failure, said: string | null): Failure {
  if (said === null) return failure;
  // It may end in the phone's own words, without a full stop.
  const end = /[.!?…]$/.test(failure.message) ? '' : '.';
  return { ...failure, message: `${failure.message}${end} ${said}` };
}

/** What was fetched, in one line without a full stop: `sip88xx….loads taken, 5 images 61 of 61 MB, license taken`; `null` for nothing. */
export function fetchedText(transfers: readonly Transfer[]): string | null {
  const files = bestOfEach(transfers.filter(({ kind }) => kind !== 'settings' && kind !== 'other'));
  const whole = files.filter(isWhole);
  const loads = whole.filter(({ kind }) => kind === 'firmware').map(({ file }) => `${named(file)} taken`);
  const begun = files.filter((one) => !isWhole(one) && one.state !== 'refused');
  const refused = files.filter(({ state }) => state === 'refused');
  const parts = [
    ...bounded(loads),
    ...imagesText(whole.filter(({ kind }) => kind === 'image')),
    ...bounded(begun.map((one) => `${named(one.file)} ${progressText(one.bytes, one.size)}${endText(one)}`)),
    ...(whole.some(({ kind }) => kind === 'license') ? ['license taken'] : []),
    ...bounded(
      refused.map(({ file, why }) => `${named(file)} refused${why === null ? '' : ` (${printable(why, 200)})`}`),
    ),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

/** Of a transfer that its server ended with; of others how far they came says it. */
function endText({ state, endedAt, why }: Transfer): string {
  return state === 'broken' && endedAt === null && why !== null ? ` (${printable(why, 200)})` : '';
}

function imagesText(images: readonly Transfer[]): string[] {
  const [only, ...others] = images;
  if (only === undefined) return [];
  const bytes = images.reduce((sum, one) => sum + one.bytes, 0);
  return [
    `${others.length === 0 ? `image ${named(only.file)}` : `${images.length} images`} ${progressText(bytes, bytes)}`,
  ];
}

/** Of several fetches of one file the one that got furthest. */
function bestOfEach(transfers: readonly Transfer[]): Transfer[] {
  const best = new Map<string, Transfer>();
  for (const transfer of transfers) {
    const known = best.get(transfer.file);
    if (
      known === undefined ||
      rank(transfer) > rank(known) ||
      (rank(transfer) === rank(known) && transfer.bytes >= known.bytes)
    )
      best.set(transfer.file, transfer);
  }
  return [...best.values()];
}

function rank(transfer: Transfer): number {
  return isWhole(transfer) ? 2 : transfer.state === 'refused' ? 0 : 1;
}

/** All of the file has been sent: a part of it that was asked for and sent is not all. */
function isWhole({ state, size, bytes }: Transfer): boolean {
  return state === 'sent' && size !== null && bytes >= size;
}

function bounded(texts: readonly string[]): string[] {
  return texts.length > mostNamed
    ? [...texts.slice(0, mostNamed), `${texts.length - mostNamed} more such`]
    : [...texts];
}

/** The last part of the path. */
function named(file: string): string {
  return printable(file.slice(file.lastIndexOf('/') + 1), 100);
}
