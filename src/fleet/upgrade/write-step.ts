import { failure } from '../../domain/failures/failure-codes.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { PlanStep } from '../../domain/plan/plan.js';
import { isTransportError, type Visit, type WriteResult } from '../../phones/phones.js';
import { stopHere, type PhoneRecord, noteLook } from '../record/phone-record.js';
import { sentence } from '../../domain/text/error-reason.js';
import { endBefore, recheckBeforeWrite, type Wait } from './recheck-before-write.js';
import { attemptLoad } from '../unified-cm/write-load.js';
import type { UpgradeTools } from '../context.js';
import { noteOtherPhone } from './other-phone.js';
import { asThePhoneFetches, beforeWriteMs } from '../plan/check-files.js';
import type { WrittenStep } from '../record/written-step.js';
import { outsideWindow } from './may-write.js';
import { HeldBack, recordIntent } from './record-intent.js';

/**
 * One attempt to write the record's next step: read, compare with what was planned, post, read back, all in one session
 * (docs/architecture.md#1-no-write-on-a-guess). `null`: the record has its outcome; `paused`: nothing may be written now.
 */
export async function attemptStep(
  record: PhoneRecord,
  tools: UpgradeTools,
): Promise<WrittenStep | Wait | 'paused' | null> {
  // Ten thousand phones may have queued for this: a stop must end them here, and a pause need not read them.
  if (!mayGoOn(record, tools)) return null;
  if (tools.context.pause?.isPaused === true) return 'paused';
  try {
    return await attemptNow(record, tools);
  } catch (error) {
    if (error instanceof HeldBack) return 'paused';
    throw error;
  }
}

async function attemptNow(record: PhoneRecord, tools: UpgradeTools): Promise<WrittenStep | Wait | null> {
  const { ucm } = tools.context;
  if (ucm && record.step?.step === 'load') return attemptLoad(record, ucm, tools, () => mayGoOn(record, tools));
  try {
    return await tools.context.phones.visit(
      record.address,
      async (visit) => {
        const look = await visit.look(
          'settings',
          crossCheckFor(record, tools),
          record.mac === null ? null : { mac: record.mac },
        );
        if (record.ended) return null;
        noteLook(record, look);
        const rechecked = await recheckBeforeWrite(record, look, tools);
        if (record.ended) return null;
        if ('event' in rechecked) return endBefore(record, rechecked);
        if (!mayGoOn(record, tools)) return null;
        return 'wait' in rechecked
          ? rechecked
          : await writeFirst(record, rechecked.facts, rechecked.step, visit, tools);
      },
      record.traffic,
    );
  } catch (error) {
    // A run that ended at once has ended its records itself; a late response changes nothing.
    if (record.ended) return null;
    if (!isTransportError(error)) throw error;
    const why = failure(error.code, sentence(error.message));
    if (!swapped.has(error.code) || record.touched) return { wait: why };
    record.advance('guard-tripped', why);
    return null;
  }
}

/** What its other pages said when it was planned counts for a few minutes, as what was seen of its files does. */
function crossCheckFor({ facts, lastSeenAt }: PhoneRecord, { context }: UpgradeTools): true | PhoneFacts {
  return facts && context.clock.monotonic() - lastSeenAt <= beforeWriteMs ? facts : true;
}

/** Codes that say, just before the write, that this is not the planned phone or not as it was planned. */
const swapped: ReadonlySet<string> = new Set(['identity-changed', 'phone-changed', 'redirect-elsewhere']);

/**
 * Returns false if the record has its outcome. A stop, a threshold, or the end of its window that came while it waited for its turn, or was
 * read once more, ends it here.
 */
export function mayGoOn(record: PhoneRecord, { stop, breaker, context }: UpgradeTools): boolean {
  const closed = record.touched ? null : outsideWindow(record, context);
  if (stop.gently.aborted) stopHere(record, stop);
  else if (breaker.tripped && !record.touched) record.advance('stop', breaker.tripped);
  else if (closed) record.advance('not-now', closed);
  return !record.ended;
}

async function writeFirst(
  record: PhoneRecord,
  facts: PhoneFacts,
  step: PlanStep,
  visit: Visit,
  tools: UpgradeTools,
): Promise<WrittenStep | null> {
  record.facts = facts;
  record.plan = record.plan.map((planned, index) => (index === record.stepIndex ? step : planned));
  const rule = step.set.authorizationRule;
  const url = rule === undefined ? null : asThePhoneFetches(rule, facts, record.address);
  const written: WrittenStep = {
    step,
    baseline: facts,
    authorizationUrl: typeof url === 'string' ? url : null,
    changes: [],
    tried: [],
    more: false,
    unread: true,
    seenOnLoad: false,
    seenUpgrading: false,
    writtenAt: tools.context.clock.now(),
  };
  const result = await post(record, written, visit, tools);
  if (record.ended) return null;
  record.advance('request-left');
  if (result?.result !== 'refused') return written;
  record.advance('seen-failed', failure('write-refused', sentence(result.detail)));
  return null;
}

/**
 * Posts the step by a write method not tried yet, with its intent on record first (docs/architecture.md#8-on-record-first), and notes the
 * result in the step. If the connection breaks after that, do not post again: the request may have left, and only reading can tell.
 * @returns `null` if the connection broke
 * @throws TransportError if no intent is on record, so nothing was sent
 */
export async function post(
  record: PhoneRecord,
  written: WrittenStep,
  visit: Visit,
  { context }: Pick<UpgradeTools, 'context'>,
): Promise<WriteResult | null> {
  let intended = false;
  let earlier = { tried: written.tried, changes: record.changes };
  try {
    const result = await visit.write(
      written.step.set,
      async (changes, tried) => {
        earlier = { tried: written.tried, changes: record.changes };
        Object.assign(written, { tried, more: true });
        const maySend = await recordIntent(record, written, changes, context);
        intended = true;
        return maySend;
      },
      written.tried,
    );
    const { changes, tried, more, via, detail, before } = result;
    Object.assign(written, { changes, tried, more });
    written.unread = result.result !== 'confirmed' && result.result !== 'sent';
    record.note('written', `${via}: ${detail}${before ? `; before it: ${before.join(', ')}` : ''}`);
    if (result.other) noteOtherPhone(record, written, result.other);
    return result;
  } catch (error) {
    if (error instanceof HeldBack) written.tried = earlier.tried;
    if (!intended || !isTransportError(error)) throw error;
    if (error.nothingSent) {
      // Its intent is on record, so it is watched like any other; but nothing was sent, and this write method may still be tried.
      written.tried = earlier.tried;
      record.changes = earlier.changes;
      record.note('written', `not sent: ${error.message}`);
      return null;
    }
    record.note('written', `not answered (${error.message}), not read back yet`);
    return null;
  }
}
