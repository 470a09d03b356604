import * as z from 'zod';
import * as is from './values.js';

const run = z.strictObject({
  id: is.runId,
  startedAt: is.instant,
  profile: is.profile,
  declined: z.boolean().describe('Somebody said no to it: how its phones ended says nothing.'),
});

const phone = z.strictObject(is.phoneRef);

const change = z.strictObject({
  mac: is.phoneRef.mac,
  address: is.text.min(1).describe('Where it is now.'),
  from: is.text.nullable(),
  to: is.text.nullable(),
});

/** What `report --diff --output json` prints. */
export const diff = z.strictObject({
  schema: z.literal('fleet-migrate/diff@1'),
  from: run.describe('The earlier run.'),
  to: run.describe('The later run.'),
  added: z.array(phone).describe('Seen in the later run only; the earlier one had asked for them.'),
  notSeen: z.array(phone).describe('Seen in the earlier run only; the later one had asked for them.'),
  moved: z.array(z.strictObject({ mac: is.mac, from: is.text, to: is.text })).describe('Phones with another address.'),
  firmware: z.array(change).describe('Phones with another software version.'),
  authorization: z.array(change).describe('Phones with another transition authorization type; "": shown empty.'),
  newlyEligible: z.array(phone).describe('Eligible now, and not before.'),
  outcomes: z
    .array(
      z.strictObject({
        mac: is.phoneRef.mac,
        address: is.text.min(1),
        from: is.outcome,
        to: is.outcome,
        code: is.failureCode.nullable().describe('Its failure code now; null: it has none.'),
      }),
    )
    .describe('Phones that ended otherwise.'),
  askedOnlyIn: z
    .strictObject({ from: is.amount, to: is.amount })
    .describe('How many phones only one of the runs had asked for, which are not compared.'),
  notKnown: z
    .array(z.strictObject({ ...is.phoneRef, seenIn: z.enum(['from', 'to']) }))
    .describe('Seen in one run only; it is not known whether the other asked for them.'),
  compared: is.amount.describe('How many phones were seen in both.'),
  outcomesCompared: z.boolean().describe('Whether both runs asked the same of phones, so that outcomes are compared.'),
});

export type DiffDocument = z.infer<typeof diff>;
