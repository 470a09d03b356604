import { messageOf, sentence, stackOf } from '../../domain/text/error-reason.js';
import type { TargetOutcome } from '../../inventory/target.js';
import type { PhonesElsewhere, RunContext } from '../context.js';
import { listenerOf } from '../memory/memory.js';
import type { CircuitBreaker } from '../pacing/circuit-breaker.js';
import { PhoneRecord, targetKey } from '../record/phone-record.js';
import type { StopControl } from '../stop-control.js';
import type { Survey } from '../survey/found.js';
import { withSite } from '../target-site.js';
import { recordsOf } from './adopt.js';
import type { JobDesk } from './job-desk.js';
import type { JobEnd } from './job-watch.js';
import { endDuplicates, endUnread, whyOf } from './left-out.js';

/** So many targets are one job. */
const targetsAtOnce = 256;

/** A survey that workers make. */
export interface SurveyElsewhere {
  desk: JobDesk;
  context: RunContext;
  stop: StopControl;
  found: Survey;
  breaker: CircuitBreaker;
  previous: Parameters<PhonesElsewhere['survey']>[4];
}

/** Has workers read all targets and plan for them: each part of a site is a job. */
export async function surveyElsewhere(survey: SurveyElsewhere): Promise<void> {
  const { desk, context, stop, found, breaker, previous } = survey;
  const parts: Promise<void>[] = [];
  const bySite = new Map<string, TargetOutcome[]>();
  const asked = new Set<string>();
  const send = (site: string): void => {
    const targets = bySite.get(site) ?? [];
    bySite.delete(site);
    if (targets.length > 0) parts.push(surveyPart(survey, `part ${parts.length + 1}`, site, targets));
  };
  for await (const outcome of context.targets) {
    if (previous?.isKnown(outcome.target)) continue;
    found.targets += 1;
    if (stop.gently.aborted || breaker.tripped !== null) continue;
    const target = withSite(outcome.target, context);
    const { site } = target.hint;
    if (site === undefined || !context.options.sites.some(({ name }) => name === site)) {
      endUnread(new PhoneRecord(target, context.clock, listenerOf(context)), 'no-site', undefined, found);
      continue;
    }
    asked.add(site);
    const targets = bySite.get(site) ?? [];
    bySite.set(site, targets);
    targets.push({ ...outcome, target });
    if (targets.length >= targetsAtOnce) send(site);
  }
  for (const site of bySite.keys()) send(site);
  await desk.tellMissing([...asked]);
  await stop.orNow(Promise.all(parts));
  endDuplicates(found.records, previous?.records ?? []);
}

async function surveyPart(
  survey: SurveyElsewhere,
  key: string,
  site: string,
  targets: readonly TargetOutcome[],
): Promise<void> {
  const { desk, context, found } = survey;
  try {
    const ended = await desk.handOut({ key, kind: 'survey', site, targets });
    if (!found.closed) await takeIn(survey, ended, targets);
  } catch (error) {
    context.log.error('a part of the survey failed', { site, error: stackOf(error) });
    refuse(survey, targets, 'worker-failed', sentence(messageOf(error)));
  }
}

/** Takes in what a worker has read; a part that none has read ends so. */
async function takeIn(survey: SurveyElsewhere, ended: JobEnd, targets: readonly TargetOutcome[]): Promise<void> {
  const { desk, context, found, breaker } = survey;
  const result = 'result' in ended ? ended.result : null;
  if (ended.state === 'no-worker') return refuse(survey, targets, 'no-worker', ended.why);
  if (result?.how !== 'done') return refuse(survey, targets, 'worker-failed', whyOf(ended));
  const rows = await Promise.all(targets.map(({ target }) => desk.row(targetKey(target))));
  // The run may have ended at once meanwhile.
  if (found.closed) return;
  const records = recordsOf(
    rows.filter((row) => row !== undefined),
    context,
  );
  for (const record of records) {
    breaker.hasRead(record);
    found.records.push(record);
    found.settled += 1;
  }
  const silent = Object.entries(result.noAnswerByCode ?? {});
  const missing = targets.length - records.length - silent.reduce((sum, [, count]) => sum + count, 0);
  // Nobody is called silent of whom that was not said.
  if (missing > 0) {
    const read = new Set(records.map(({ target }) => targetKey(target)));
    const unread = targets.filter(({ target }) => !read.has(targetKey(target)));
    const why = `Its worker said nothing of ${missing} of ${targets.length} phones.`;
    return refuse(survey, unread, 'worker-failed', why);
  }
  for (const [code, count] of silent) {
    found.noAnswerByCode.set(code, (found.noAnswerByCode.get(code) ?? 0) + count);
    found.settled += count;
  }
}

function refuse(
  { context, stop, found, breaker }: SurveyElsewhere,
  targets: readonly TargetOutcome[],
  code: 'no-worker' | 'worker-failed',
  why: string,
): void {
  if (found.closed || stop.gently.aborted || breaker.tripped) return;
  for (const { target } of targets)
    endUnread(new PhoneRecord(target, context.clock, listenerOf(context)), code, why, found);
}
