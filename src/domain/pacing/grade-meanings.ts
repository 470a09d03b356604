import type { Meaning } from '../progress/outcome-meanings.js';
import type { Grade } from './grades.js';

/** What is known at the end about a phone that was written to: what waves and thresholds go by. */
export const gradeMeanings: Readonly<Record<Grade, Meaning>> = {
  proven: {
    meaning: 'The phone, or Unified CM, shows that it is where it should be. Opens the next wave.',
    hint: 'Nothing.',
  },
  failed: {
    meaning: 'The phone shows that it is not where it should be. Counts against --abort-after.',
    hint: 'Explain the failure code of the phone.',
  },
  'silent-after-upgrading': {
    meaning:
      'The phone said that it was upgrading, and then vanished: the usual end of a move to Enterprise where its web page stays off. Counts as good only with --accept silent-after-upgrading.',
    hint: 'Look at the registrations in Unified CM, or let the run look there itself with --ucm.',
  },
  silent: {
    meaning: 'The phone vanished without a sign that it was upgrading. Never counts as good.',
    hint: 'Look at the phone: it may have no power, another address, or broken firmware.',
  },
  unwatched: {
    meaning:
      'The watch of the phone ended, by a stop or a deadline, before its end could be known. Never counts as good.',
    hint: 'fleet-migrate resume watches it on; a --deadline that is too short ends watches early.',
  },
};
