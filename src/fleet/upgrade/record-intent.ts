import type { Change } from '../../domain/plan/plan.js';
import type { RunContext } from '../context.js';
import type { PhoneRecord } from '../record/phone-record.js';
import { isStoreAway } from '../../store/store-error.js';
import { withSent, type WrittenStep } from '../record/written-step.js';

/** The run was paused, or its store was away, before an intent was on record: nothing was written, and it waits for its turn again. */
export class HeldBack extends Error {
  override readonly name = 'HeldBack';

  constructor(options?: ErrorOptions) {
    super('the run was paused before this request', options);
  }
}

/** A worker may not write to this phone (any more): it is left as it is, to its run or to another worker. */
export class LeftToOthers extends Error {
  override readonly name = 'LeftToOthers';

  constructor() {
    super('this phone is left to others');
  }
}

/**
 * Puts on record what is about to be sent, and waits until it is safe on the disk (docs/architecture.md#8-on-record-first). From here the
 * phone counts as touched.
 * @returns whether the request may still leave, to be asked right before; absent: it may
 * @throws if the run was left meanwhile, or the store failed: then nothing may be sent; `HeldBack` if it was paused, or the store is away
 */
export async function recordIntent(
  record: PhoneRecord,
  written: WrittenStep,
  changes: readonly Change[],
  { memory, clock, pause }: Pick<RunContext, 'memory' | 'clock' | 'pause'>,
): Promise<(() => boolean) | undefined> {
  if (record.ended) throw left();
  const isFirst = record.state === 'waiting' || record.state === 'continuing';
  if (isFirst && pause?.isPaused === true) throw new HeldBack();
  const before = { changes: written.changes, unread: written.unread, writtenAt: written.writtenAt };
  const { sentAt } = record;
  Object.assign(written, { changes, unread: true, writtenAt: clock.now() });
  record.sentAt = clock.monotonic();
  try {
    await memory.intend(record, written, changes);
  } catch (error) {
    if (!isStoreAway(error)) throw error;
    Object.assign(written, before);
    record.sentAt = sentAt;
    throw new HeldBack({ cause: error });
  }
  if (record.ended) throw left();
  record.underWay = written;
  record.changes = withSent(record.changes, changes);
  const maySend = memory.maySend;
  // Another request for the same step.
  if (!isFirst) return maySend;
  record.emit('intent', { step: written.step.step, changes });
  record.advance('intent-recorded');
  return maySend;
}

function left(): Error {
  return new Error('the run was left before this request');
}
