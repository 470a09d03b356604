import type { Change } from '../../plan/plan.js';
import type { ActiveState } from '../../progress/state.js';
import type { AnyEvent, RunEventName } from '../events.js';

/** One thing that was seen of a phone or done with it, in words. */
export interface Moment {
  /** ISO 8601. */
  at: string;
  /** What it is, in one word: the kind of an observation, a state, `write`, or `ended`. */
  what: string;
  /** Not to be trusted in output: much of it is the phone's own. */
  text: string;
}

/** What it means for a phone to come into a state. Of the others something else is told at the same moment. */
const meanings: Partial<Record<ActiveState, string>> = {
  identified: 'a phone answered, and said who it is',
  waiting: 'it may be moved, and waits for its turn',
  submitted: 'what was written is there',
  upgrading: 'it says that it is upgrading',
  restarting: 'it no longer answers',
  verifying: 'it answers with the load that it was to have',
  continuing: 'this step is proven; the next one follows',
};

/** What an event says of its phone; `null` for one that tells a reader nothing more. */
export function momentOf({ event, at, ...details }: AnyEvent): Moment | null {
  switch (event as RunEventName) {
    case 'evidence':
      return { at, what: word(details['kind']), text: word(details['text']) };
    case 'state': {
      const state = word(details['state']);
      const text = meanings[state as ActiveState];
      return text === undefined ? null : { at, what: state, text };
    }
    case 'intent':
      return { at, what: 'write', text: writeText(word(details['step']), details['changes']) };
    case 'outcome': {
      const message = word(details['message']);
      return { at, what: 'ended', text: `${word(details['outcome'])}${message === '' ? '' : `: ${message}`}` };
    }
    default:
      return null;
  }
}

/** `convert: upgradeRule "" → "http://…", authorizationRule …`. */
function writeText(step: string, changes: unknown): string {
  const told = Array.isArray(changes) ? (changes as Partial<Change>[]) : [];
  const texts = told.map(({ field, from, to }) => `${word(field)} "${word(from)}" → "${word(to)}"`);
  return `${step}: ${texts.join(', ')}`;
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
