import * as z from 'zod';
import * as is from './values.js';

const run = z.strictObject({
  id: is.runId,
  startedAt: is.startedAt,
  profile: is.profile,
  declined: z.boolean().describe('Somebody said no to it: how its phones ended says nothing.'),
});

const phone = z.strictObject(is.phoneRef);

const change = z.strictObject({
  mac: is.phoneRef.mac,
  address: is.text.min(1).describe('Where it is now.'),
  from: is.text.nullable().describe('In the earlier run; null: not shown.'),
  to: is.text.nullable().describe('In the later run; null: not shown.'),
});

/** What `report --diff --output json` prints. */
export const diff = z.strictObject({
  schema: is.form('fleet-migrate/diff@1'),
  from: run.describe('The earlier run.'),
  to: run.describe('The later run.'),
  added: z.array(phone).describe('Seen in the later run only; the earlier one had asked for them.'),
  notSeen: z.array(phone).describe('Seen in the earlier run only; the later one had asked for them.'),
  moved: z
    .array(
      z.strictObject({
        mac: is.mac.describe('Its MAC.'),
        from: is.text.describe('Its address in the earlier run.'),
        to: is.text.describe('Its address in the later run.'),
      }),
    )
    .describe('Phones with another address.'),
  firmware: z.array(change).describe('Phones with another software version.'),
  authorization: z.array(change).describe('Phones with another transition authorization type; "": shown empty.'),
  newlyEligible: z.array(phone).describe('Eligible now, and not before.'),
  outcomes: z
    .array(
      z.strictObject({
        mac: is.phoneRef.mac,
        address: is.text.min(1).describe('Where it is now.'),
        from: is.outcome.describe('How it ended in the earlier run.'),
        to: is.outcome.describe('How it ended in the later run.'),
        code: is.failureCode.nullable().describe('Its failure code now; null: it has none.'),
      }),
    )
    .describe('Phones that ended otherwise.'),
  askedOnlyIn: z
    .strictObject({ from: is.amount.describe('Only the earlier one.'), to: is.amount.describe('Only the later one.') })
    .describe('How many phones only one of the runs had asked for, which are not compared.'),
  notKnown: z
    .array(z.strictObject({ ...is.phoneRef, seenIn: z.enum(['from', 'to']).describe('The run that saw it.') }))
    .describe('Seen in one run only; it is not known whether the other asked for them.'),
  compared: is.amount.describe('How many phones were seen in both.'),
  outcomesCompared: z.boolean().describe('Whether both runs asked the same of phones, so that outcomes are compared.'),
});

export type DiffDocument = z.infer<typeof diff>;
