import { mostTransientRetries, transientRetryDelay } from '../../domain/pacing/backoff.js';
import { failure, isFailureCode, isLocalShortage, isUcmTrouble, kindOf } from '../../domain/failures/failure-codes.js';
import type { Failure } from '../../domain/failures/failure.js';
import { endBy, stopHere, type PhoneRecord } from '../record/phone-record.js';
import { stopsForStore } from '../stop-control.js';
import { rememberDeferral } from '../memory/memory.js';
import { messageOf, sentence, stackOf } from '../../domain/text/error-reason.js';
import { type UpgradeTools, priority } from '../context.js';
import { claimUnderWay, whyNotNow } from './may-write.js';
import { stopForShortage } from '../survey/local-shortage.js';
import { watchStep } from './watch-step.js';
import { attemptStep, mayGoOn } from './write-step.js';
import { filesBeforeWrite } from './files-before-write.js';
import { LeftToOthers } from './record-intent.js';
import { filesGone, type Wait } from './recheck-before-write.js';
import type { WrittenStep } from '../record/written-step.js';

/** How often a phone that does not respond just before its write is tried again before it is deferred. */
const attempts = mostTransientRetries;

/**
 * Takes one phone through all steps of its plan: write, watch, next step. Afterwards the record has its outcome. Never rejects, so that one
 * phone cannot stop another.
 */
export async function upgradePhone(record: PhoneRecord, tools: UpgradeTools): Promise<void> {
  try {
    if (record.underWay) {
      await claimUnderWay(record, tools);
      await watchStep(record, record.underWay, tools);
    }
    if (record.ended || !(await mayStart(record, tools))) return;
    while (!record.ended) {
      const written = await writeWhenPossible(record, tools);
      if (written) await watchStep(record, written, tools);
    }
  } catch (error) {
    if (error instanceof LeftToOthers) return;
    tools.context.log
      .child({ address: record.address, mac: record.mac })
      .error('upgrading a phone failed', { error: stackOf(error) });
    const code = stopsForStore(error, tools.stop) ? 'store-failed' : 'internal-error';
    endBy(record, failure(code, sentence(messageOf(error))));
  } finally {
    if (record.mac !== null) tools.context.memory.release(record.mac);
    // Before its slot is freed: the next phone must not start if this one's end stops the run.
    rememberEnd(record, tools);
    tools.slots.leave(record);
  }
}

/** Counts a phone that has ended, and notes or forgets its deferral. */
function rememberEnd(record: PhoneRecord, { breaker, context }: UpgradeTools): void {
  breaker.ended(record);
  const { memory } = context;
  if (record.touched && record.ended && record.mac !== null) memory.forget(record.mac);
  else rememberDeferral(record, memory);
}

/** Waits for a slot. Returns whether the phone may be started now; if not, the record has its outcome. */
async function mayStart(record: PhoneRecord, tools: UpgradeTools): Promise<boolean> {
  const { stop, slots, breaker } = tools;
  await slots.enter(record, stop);
  if (stop.gently.aborted) stopHere(record, stop);
  if (record.ended) return false;
  const why = await whyNotNow(record, tools);
  if (why === null) return true;
  if (record.touched) record.advance('seen-failed', failure('stopped-between-steps', why.message));
  else record.advance(breaker.tripped === why ? 'stop' : 'not-now', why);
  return false;
}

/** Attempts the record's next step until it is written. `null`: the record has its outcome. */
async function writeWhenPossible(record: PhoneRecord, tools: UpgradeTools): Promise<WrittenStep | null> {
  const { context, profile, stop } = tools;
  const { clock, pause } = context;
  const { pollInterval, idleWait, upgradeDeadline } = profile.timing;
  // A pause of the run is no time that the phone was given.
  const now = (): number => clock.monotonic() - (pause?.pausedMs() ?? 0);
  // Begins with the first attempt, not in the queue: a large fleet queues for longer than a busy phone is given.
  let patience: number | null = null;
  let serverTries = 0;
  for (let unanswered = 0; ;) {
    if (!mayGoOn(record, tools)) return null;
    if (pause?.isPaused === true) {
      await pause.wait(stop);
      continue;
    }
    // Not in the queue of those who talk to phones: polls of phones under way come through it.
    const files = await filesBeforeWrite(record, tools);
    if (record.ended) return null;
    const result = files ?? (await attemptInTurn(record, tools));
    if (result === 'paused') continue;
    if (result === null || !('wait' in result)) return result;
    // A run that ended at once has ended its records itself.
    if (record.ended) return null;
    patience ??= now() + (record.touched ? upgradeDeadline : idleWait);
    const { wait } = result;
    // The next turn of this loop ends the record as stopped, for a resume to take up.
    if (wait.code === 'local-resources') stopForShortage(stop, wait.message);
    const isForFiles = wait.code === 'files-unreachable';
    // A server that all phones need is waited for: it would else cost the night of all whose turn is just now.
    const isForServer = isForFiles || (isUcmTrouble(wait) && kindOf(wait.code) === 'transient');
    if (isForServer) serverTries += 1;
    else if (wait.code !== 'busy') unanswered += 1;
    const left = patience - now();
    if (!record.touched && (isPermanent(wait) || (isForFiles && left <= 0)))
      record.advance('prerequisite-missing', wait);
    else if (!record.touched && (left <= 0 || unanswered >= attempts)) record.advance('not-now', wait);
    else if (left <= 0) endBetweenSteps(record, wait);
    if (record.ended) return null;
    const tries = isForServer ? Math.min(serverTries, mostTransientRetries) : unanswered;
    const untilNextTry =
      wait.code === 'busy' || record.touched
        ? pollInterval
        : (transientRetryDelay(tries, context.random) ?? pollInterval);
    await stop.sleep(clock, Math.min(untilNextTry, left), 'gently');
  }
}

/** Ends a phone that has had its first step and cannot be given the next one: it is in a call, not seen, or its file server is away. */
function endBetweenSteps(record: PhoneRecord, wait: Failure): void {
  const why = `After its first step: ${wait.message}`;
  if (wait.code === 'files-unreachable')
    record.advance('deadline-seen', filesGone(wait.message, record.facts?.softwareVersion ?? null));
  else if (wait.code === 'busy') record.advance('deadline-seen', failure('stopped-between-steps', why));
  else
    record.advance(
      'deadline-unseen',
      failure((isLocalShortage(wait) || isUcmTrouble(wait)) && isFailureCode(wait.code) ? wait.code : 'silent', why),
    );
}

/** One attempt, when the queue comes to this phone. */
async function attemptInTurn(record: PhoneRecord, tools: UpgradeTools): Promise<WrittenStep | Wait | 'paused' | null> {
  const result = await tools.pool.add(() => attemptStep(record, tools), {
    priority: record.touched ? priority.watch : priority.start,
  });
  return result ?? null;
}

/** Whether another try in a minute would find the same. */
function isPermanent({ code }: Failure): boolean {
  return kindOf(code) === 'permanent';
}
