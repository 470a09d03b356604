import type { Clock } from '../../domain/ports/clock.js';
import type { RunPhase } from '../../domain/progress/run-now.js';
import type { FiguresSoFar } from '../../domain/report/run-figures.js';
import type { RunProgress } from './progress.js';

/** Counts what a run has done so far. Looks at each record once and at nothing else, as it is told every few seconds. */
export function figuresSoFar(
  { survey, since }: Pick<RunProgress, 'survey' | 'since'>,
  clock: Pick<Clock, 'monotonic'>,
): FiguresSoFar {
  const figures: FiguresSoFar = {
    byState: {},
    failures: Object.fromEntries(survey.noAnswerByCode),
    ...{ requests: 0, bytes: 0 },
    phaseMs: phaseTimes(since, clock.monotonic()),
  };
  const { byState, failures } = figures;
  for (const records of [survey.records, survey.open])
    for (const { state, failure, reported, traffic } of records) {
      byState[state] = (byState[state] ?? 0) + 1;
      if (failure !== null) failures[failure.code] = (failures[failure.code] ?? 0) + 1;
      // On resume: what ended before is known by its report.
      const { requests = 0, bytes = 0 } = reported ?? traffic;
      figures.requests += requests;
      figures.bytes += bytes;
    }
  return figures;
}

/** The phases in their order. */
const order = ['survey', 'question', 'migrate'] as const satisfies readonly RunPhase[];

/** How long each phase took: until the next one that began, or until now. */
function phaseTimes(since: RunProgress['since'], now: number): FiguresSoFar['phaseMs'] {
  const begun = order.flatMap((phase) => {
    const at = since[phase];
    return at === undefined ? [] : [{ phase, at }];
  });
  const times = begun.map(({ phase, at }, nth) => [phase, Math.round((begun[nth + 1]?.at ?? now) - at)] as const);
  return Object.fromEntries(times);
}
