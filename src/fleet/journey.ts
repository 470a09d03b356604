import { failure, failureCodes, isFailureCode } from '../domain/failure-codes.js';
import type { Failure } from '../domain/report.js';
import { endBy, stopHere } from './ending.js';
import { sentence, stackOf } from './first-look.js';
import { type JourneyTools, priority } from './journey-tools.js';
import type { PhoneRecord } from './phone-record.js';
import { watchStep } from './watch.js';
import { attemptStep, type Wait, type WrittenStep } from './write.js';

/** How often a phone that does not answer just before its write is asked again before it is put off. */
const attempts = 3;

/**
 * Takes one phone through all steps of its plan: write, watch, next step. Afterwards the record has its outcome; this never throws,
 * so that one phone cannot stop another.
 */
export async function travel(record: PhoneRecord, tools: JourneyTools): Promise<void> {
  try {
    while (!record.ended) {
      const written = await writeWhenPossible(record, tools);
      if (written) await watchStep(record, written, tools);
    }
  } catch (error) {
    tools.context.log
      .child({ address: record.address, mac: record.mac })
      .error('a phone was given up', { error: stackOf(error) });
    endBy(record, failure('internal-error', sentence(String(error))));
  }
}

/** Tries the record's next step until it is written, or put off. `null`: the record has its outcome. */
async function writeWhenPossible(record: PhoneRecord, tools: JourneyTools): Promise<WrittenStep | null> {
  const { context, profile, stop } = tools;
  const { clock } = context;
  const { pollInterval, idleWait, upgradeDeadline } = profile.timing;
  // Patience begins with the first answer, not in the queue: a large fleet queues for longer than a phone is waited for.
  let patience: number | null = null;
  for (let unanswered = 0; ;) {
    if (stop.gently.aborted) {
      stopHere(record, stop);
      return null;
    }
    const result = await attemptInTurn(record, tools);
    if (result === null || !('wait' in result)) return result;
    patience ??= clock.now() + (record.touched ? upgradeDeadline : idleWait);
    const { wait } = result;
    if (wait.code !== 'busy') unanswered += 1;
    const left = patience - clock.now();
    if (!record.touched && isPermanent(wait)) record.advance('prerequisite-missing', wait);
    else if (!record.touched && (left <= 0 || unanswered >= attempts)) record.advance('not-now', wait);
    else if (left <= 0)
      record.advance('deadline-unseen', failure('not-seen-again', `After its first step: ${wait.message}`));
    if (record.ended) return null;
    await stop.sleep(clock, Math.min(pollInterval, left), 'gently');
  }
}

/** One attempt, when it is this phone's turn. */
async function attemptInTurn(record: PhoneRecord, tools: JourneyTools): Promise<WrittenStep | Wait | null> {
  const result = await tools.pool.add(() => attemptStep(record, tools), {
    priority: record.touched ? priority.watch : priority.start,
  });
  return result ?? null;
}

/** Whether trying again in a minute would find the same. */
function isPermanent({ code }: Failure): boolean {
  return isFailureCode(code) && failureCodes[code].kind === 'permanent';
}
