import type { Meaning } from '../../../domain/progress/outcome-meanings.js';
import type { Verdict } from '../../../domain/plan/eligibility.js';

/** What each verdict of an audit says about a phone, in the direction that it is given for. */
export const verdictMeanings: Readonly<Record<Verdict, Meaning>> = {
  eligible: {
    meaning: 'It may move: its model, its hardware and its firmware are known, and none of them is against it.',
    hint: 'Try it with a profile and --dry-run, which also looks for licenses and firmware.',
  },
  'needs-upgrade': {
    meaning:
      'It may move, but not from the firmware that it runs: that is older than the rule named in its reasons asks for.',
    hint: 'Nothing, if the file server has the firmware to step up to: a run with a profile lets it step up first.',
  },
  ineligible: {
    meaning: 'It may not move in this direction: its model, its hardware or its family of firmware does not allow it.',
    hint: 'Explain the rule that its reasons name; most such phones stay as they are or are replaced.',
  },
  unknown: {
    meaning:
      'It could not be told whether it may move: something that decides it is not shown, such as the hardware version. That is not a no, and such a phone is never written to.',
    hint: 'Its reasons name what is missing; an inventory may bring it, such as a column vid read off the labels.',
  },
};
