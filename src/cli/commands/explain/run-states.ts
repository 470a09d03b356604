import type { Meaning } from '../../../domain/progress/outcome-meanings.js';
import type { RunRow } from '../../../store/store-rows.js';

/** What `runs` and `status` call a run, and what that means. */
export const runStateMeanings: Readonly<
  Record<RunRow['state'] | 'paused' | 'cut off' | 'stopped itself' | 'declined', Meaning>
> = {
  running: {
    meaning: 'The run is going on, in a process that is alive.',
    hint: 'fleet-migrate status RUN --watch shows how far it is.',
  },
  paused: {
    meaning:
      'The run was paused from the dashboard: no further phone is written to. Those under way are watched to their end, and reading goes on.',
    hint: 'Continue or stop it there; fleet-migrate status RUN shows since when it waits.',
  },
  'cut off': {
    meaning:
      'The process of the run died before its end: it was killed, or its machine went down. What it wrote is on record.',
    hint: 'fleet-migrate resume continues it: phones that it wrote to are read first, and watched to their end.',
  },
  interrupted: {
    meaning:
      'The run was stopped before its end, and has said so: by ctrl-C or another signal, from the dashboard, by a pause after a wave, or by this machine.',
    hint: 'fleet-migrate resume continues it.',
  },
  'stopped itself': {
    meaning:
      'The run ended early by its own rules: at a threshold of --abort-after, or after a wave of which no phone was proven.',
    hint: 'fleet-migrate report RUN shows why. Once the cause is fixed, fleet-migrate resume RUN continues it.',
  },
  declined: {
    meaning: 'The question before the first write was answered with no: nothing was written.',
    hint: 'fleet-migrate report RUN shows what would have been written. To move the phones, run the same again.',
  },
  finished: {
    meaning: 'The run has come to its end: each of its targets has an outcome.',
    hint: 'fleet-migrate report RUN shows them.',
  },
};
