import { failure } from '../domain/failure-codes.js';
import type { PhoneFacts } from '../domain/phone.js';
import type { Change, PlanStep } from '../domain/plan.js';
import type { Failure } from '../domain/report.js';
import { isTransportError, type Visit, type WriteResult } from '../phones/phones.js';
import { stopHere } from './ending.js';
import { sentence } from './first-look.js';
import { guard } from './guard.js';
import type { JourneyTools } from './journey-tools.js';
import { noteLook } from './look-notes.js';
import type { PhoneRecord } from './phone-record.js';
import { asThePhoneFetches } from './planner.js';

/** A step that was posted, and what its watch must know. */
export interface WrittenStep {
  step: PlanStep;
  /** The phone as it was read in the same session, just before the post. */
  baseline: PhoneFacts;
  authorizationUrl: string | null;
  /** What the post was to change. */
  changes: readonly Change[];
  /** Posted, but not read back yet. */
  unread: boolean;
  /** When it was written (ms since the epoch). */
  writtenAt: number;
  /** It was seen on its load once; the next such look proves it. */
  seenOnLoad: boolean;
}

/** Not now: the phone is in a call or does not answer; nothing was written. */
export interface Wait {
  wait: Failure;
}

/**
 * One attempt to write the record's next step: look, compare with what was planned, post, read back, all in one session (DESIGN §2
 * rule 1). `null`: the record has its outcome.
 */
export async function attemptStep(record: PhoneRecord, tools: JourneyTools): Promise<WrittenStep | Wait | null> {
  // Ten thousand phones may have queued up for this: a stop must find them here.
  if (!mayGoOn(record, tools)) return null;
  try {
    return await tools.context.phones.visit(record.address, async (visit) => {
      const look = await visit.look(true, true, record.mac === null ? null : { mac: record.mac });
      if (record.ended) return null;
      noteLook(record, look);
      const guarded = await guard(record, look, tools);
      if (guarded === null || !mayGoOn(record, tools)) return null;
      return 'wait' in guarded ? guarded : await write(record, guarded.facts, guarded.step, visit, tools);
    });
  } catch (error) {
    // A run that was left at once has ended its records itself; what comes of a conversation afterwards changes nothing.
    if (record.ended) return null;
    if (!isTransportError(error)) throw error;
    const why = failure(error.code, sentence(error.message));
    if (!swapped.has(error.code) || record.touched) return { wait: why };
    record.advance('guard-tripped', why);
    return null;
  }
}

/** What says just before the write that this is not the phone of the plan, or that it is no longer as planned. */
const swapped: ReadonlySet<string> = new Set(['identity-changed', 'phone-changed', 'redirect-elsewhere']);

/** False when the record has its outcome, also by a stop that reaches it just now. */
function mayGoOn(record: PhoneRecord, { stop }: JourneyTools): boolean {
  if (stop.gently.aborted) stopHere(record, stop);
  return !record.ended;
}

async function write(
  record: PhoneRecord,
  facts: PhoneFacts,
  step: PlanStep,
  visit: Visit,
  tools: JourneyTools,
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
    unread: true,
    writtenAt: tools.context.clock.now(),
    seenOnLoad: false,
  };
  const result = await post(record, written, visit, tools);
  if (record.ended) return null;
  written.changes = result.changes;
  written.unread = result.result === 'unread';
  record.changes = [...record.changes, ...result.changes];
  record.note('written', result.note);
  record.advance('request-left');
  const failed = { ignored: 'write-ignored', refused: 'write-refused', differs: 'write-differs' } as const;
  if (result.result !== 'confirmed' && result.result !== 'unread' && result.result !== 'sent') {
    record.advance('seen-failed', failure(failed[result.result], sentence(result.detail)));
    return null;
  }
  return written;
}

/**
 * Posts the step, its intent on record first (DESIGN §2 rule 8). A conversation that breaks after that is no reason to post again: the
 * request may have left, and only reading back can tell.
 */
async function post(
  record: PhoneRecord,
  written: WrittenStep,
  visit: Visit,
  { context }: JourneyTools,
): Promise<Pick<WriteResult, 'result' | 'changes' | 'detail'> & { note: string }> {
  let intended: readonly Change[] = [];
  try {
    const result = await visit.write(written.step.set, async (changes) => {
      if (record.ended) throw new Error('the run was left before this request');
      intended = changes;
      written.changes = changes;
      written.writtenAt = context.clock.now();
      record.sentAt = context.clock.monotonic();
      await context.memory.intend(record, written, changes);
      if (record.ended) throw new Error('the run was left before this request');
      record.underWay = written;
      // A further way of the same step.
      if (record.state === 'writing') return;
      record.emit('intent', { step: written.step.step, changes });
      record.advance('intent-recorded');
    });
    const { via, before } = result;
    const tried = before ? `; before it, without effect: ${before.join(', ')}` : '';
    return { ...result, note: `${via}: ${result.detail}${tried}` };
  } catch (error) {
    if (record.state !== 'writing' || !isTransportError(error)) throw error;
    const detail = `not answered (${error.message}), not read back yet`;
    return { result: 'unread', changes: [...intended], detail, note: detail };
  }
}
