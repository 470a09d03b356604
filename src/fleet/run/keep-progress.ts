import type { Clock } from '../../domain/ports/clock.js';
import type { Recorder } from '../../store/write/recorder.js';
import { figuresSoFar } from './figures.js';
import { type RunProgress, RunStanding } from './progress.js';

/** So often (ms) a run tells its store how far it is. */
const everyMs = 2_000;

/** Tells the store how far a run is, at once and every few seconds, for those who look on. Returns what ends that: it tells once more. */
export function keepProgress(
  progress: RunProgress,
  recorder: Pick<Recorder, 'saveProgress'>,
  clock: Clock,
): () => void {
  const standing = new RunStanding(progress, clock);
  let cancel = (): void => {};
  let over = false;
  const tell = (): void => {
    cancel();
    const { now: at, phase, survey, stopping, pausedSince, left, workedMs } = standing.now();
    const noAnswerByCode = Object.fromEntries(progress.survey.noAnswerByCode);
    const figures = figuresSoFar(progress, clock);
    recorder.saveProgress({ at, phase, survey, stopping, pausedSince, left, workedMs, noAnswerByCode, figures });
    if (!over) cancel = clock.after(everyMs, tell);
  };
  tell();
  progress.pause?.onChange(() => {
    if (!over) tell();
  });
  return () => {
    if (over) return;
    over = true;
    cancel();
    tell();
  };
}
