import * as z from 'zod';
import { stepNames } from '../../domain/plan/plan.js';
import { verdicts } from '../../domain/plan/eligibility.js';
import { directions } from '../../domain/phone/models.js';
import { outcomes } from '../../domain/progress/outcome.js';

// What several documents have. Objects refuse unknown keys: what programs are given, and must tolerate, is made in `published.ts`.

export const text = z.string();

/** What a document says that it is. */
export const form = <const Name extends string>(name: Name) =>
  z.literal(name).describe('The form of the document, with its version.');

/** Phones of a run that has not ended. */
export const notEnded = () => ({
  underWay: amount.describe('Written to and being watched.'),
  waiting: amount.describe('They wait for their turn.'),
});

/** ISO 8601, in UTC. */
export const instant = z.iso.datetime();

export const startedAt = instant.describe('When it began.');

/** Nought or more. */
export const amount = z.int().min(0);

/** One or more. */
export const count = z.int().min(1);

export const milliseconds = z.int().min(0);

export const mac = text.regex(/^[0-9A-F]{12}$/);

export const runId = text.regex(/^\d{14}-[0-9a-f]{6}$/).describe('The id of the run.');

export const outcome = z.enum(outcomes);
export const verdict = z.enum(verdicts);
export const direction = z.enum(directions);
export const step = z.enum(stepNames);
export const family = z.enum(['enterprise', 'multiplatform', 'transition']);

/** Words with hyphens: there are more with every version, so that their list is not part of a schema. */
export const failureCode = text.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);

export const byOutcome = z.partialRecord(outcome, count);
export const byVerdict = z.partialRecord(verdict, count);

export const profile = text.nullable().describe('The migration profile; null: an audit.');
export const dryRun = z.boolean().describe('Whether it only planned.');

/** Where a phone is told by a few words. */
export const phoneRef = {
  mac: mac.nullable().describe('null: it has shown none, and goes by its address.'),
  address: text.min(1).describe('Where it is, or was last.'),
  model: text.nullable().describe('null: not known.'),
};

/** Why a run ended before its time. */
export const end = {
  interrupted: text.nullable().describe('The signal, or the reason, that ended it early; null: none did.'),
  abortedBy: text.nullable().describe('Why it stopped itself, and how it stood then; null: it did not.'),
};
