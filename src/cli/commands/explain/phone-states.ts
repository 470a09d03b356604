import type { Meaning } from '../../../domain/progress/outcome-meanings.js';
import type { ActiveState } from '../../../domain/progress/state.js';

/** What a live view, `status` and events call a phone that has not ended, and what that means. */
export const phoneStateMeanings: Readonly<Record<ActiveState | 'left alone', Meaning>> = {
  target: { meaning: 'An address that has not answered yet.', hint: 'Wait.' },
  identified: { meaning: 'A phone has answered and said who it is.', hint: 'Wait: its pages are read next.' },
  assessed: { meaning: 'Its pages have been read, and the rules say whether it may move.', hint: 'Wait.' },
  waiting: {
    meaning:
      'It is to be written to, and waits: for the answer to the question, its wave, a slot, its window, or the end of a call.',
    hint: 'Nothing was written to it yet; fleet-migrate status shows what the run is doing.',
  },
  writing: {
    meaning: 'Its write is on record and is leaving, or has just left.',
    hint: 'Do not write to it by hand: from here it is only observed.',
  },
  submitted: {
    meaning: 'It was written to, and has not said yet that it upgrades.',
    hint: 'Wait: this may take minutes.',
  },
  upgrading: {
    meaning:
      'It was written to, and says that it upgrades. Screens count all phones under way so that were written to and have not ended.',
    hint: 'Wait, and do not unplug it.',
  },
  restarting: { meaning: 'It no longer answers, as a phone does that restarts.', hint: 'Wait until its deadline.' },
  verifying: {
    meaning: 'It answers with the load that it was to have, and the proof is being completed.',
    hint: 'Wait.',
  },
  continuing: { meaning: 'One step is proven, and the next one follows.', hint: 'Wait.' },
  'left alone': {
    meaning: 'It was to be written to, and ended with nothing written: blocked, deferred or aborted.',
    hint: 'fleet-migrate report shows the outcome of each, and why.',
  },
};
