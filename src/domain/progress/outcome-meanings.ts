import type { Outcome } from './outcome.js';

/** What a word of a report means, and what to do about it. */
export interface Meaning {
  meaning: string;
  hint: string;
}

/** What each outcome says about a phone. */
export const outcomeMeanings: Readonly<Record<Outcome, Meaning>> = {
  audited: {
    meaning: 'It was read and judged; no profile was named, so nothing was written.',
    hint: 'Nothing, unless it carries a failure code: then its admin page could not be read, and the code says why.',
  },
  planned: {
    meaning: 'A dry run: the report says what would be written. Nothing was.',
    hint: 'Run the same command without --dry-run when the plan is what you want.',
  },
  done: { meaning: 'It was written to, and every step is proven.', hint: 'Nothing.' },
  'already-done': {
    meaning: 'It is where the profile leads already; nothing was written.',
    hint: 'Nothing.',
  },
  ineligible: {
    meaning: 'It may not move: its model, hardware or family does not allow it. Nothing was written.',
    hint: 'Look at its reasons in the report; most such phones stay as they are or are replaced.',
  },
  blocked: {
    meaning:
      'It might move, but something that it needs is missing, such as a license, a file or a password. Nothing was written.',
    hint: 'Explain its failure code, mend that, and run again.',
  },
  deferred: {
    meaning:
      'Not now: it was in a call, outside its window, waiting for its wave, or beyond --limit. Nothing was written.',
    hint: 'Run again, or fleet-migrate resume, when its time has come.',
  },
  aborted: {
    meaning:
      'The run was stopped, or stopped itself, before its turn, or it was no longer the phone of the plan. Nothing was written.',
    hint: 'See why the run stopped; then fleet-migrate resume takes it (resume RUN, if the run stopped itself).',
  },
  failed: {
    meaning: 'It was written to, and is known not to be where it should be.',
    hint: 'Explain its failure code; the report has the own words of the phone.',
  },
  unverified: {
    meaning: 'It was written to, and at its deadline its end was not known, mostly because it was not seen again.',
    hint: 'Look at the phone or at its registration before anything is written to it again; explain its failure code.',
  },
  'no-answer': {
    meaning: 'Nothing answered at this address.',
    hint: 'Nothing for an address of a subnet; for one that you named, check the address, and that the phone has power and its web access on.',
  },
  'not-a-phone': {
    meaning: 'Something answers at this address that is no Cisco 7800 or 8800 phone that could be read.',
    hint: 'Nothing for an address of a subnet; for one that you named, open it in a browser, and try fleet-migrate probe.',
  },
};
