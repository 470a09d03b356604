import * as z from 'zod';
import { states } from '../../domain/progress/state.js';
import * as is from './values.js';

/** What `report --lists --output json` prints. */
export const lists = z.strictObject({
  schema: is.form('fleet-migrate/lists@1'),
  run: z.strictObject({ id: is.runId }).describe('The run whose phones are listed.'),
  only: z.array(is.text).describe('Outcomes and failure codes that phones were chosen by; empty: all of them.'),
  lists: z
    .array(
      z.strictObject({
        outcome: is.outcome.describe('How the phones of this list ended.'),
        means: is.text.describe('What that outcome means here.'),
        phones: is.amount.describe('How many are listed.'),
        unlisted: is.amount.describe('How many more ended so and are only counted.'),
        reasons: z
          .array(
            z.strictObject({
              code: is.failureCode.nullable().describe('null: no reason was recorded.'),
              meaning: is.text.nullable().describe('What the code means; null: there is none.'),
              hint: is.text.nullable().describe('What to do.'),
              phones: z
                .array(
                  z.strictObject({
                    ...{ address: is.phoneRef.address, mac: is.phoneRef.mac, model: is.phoneRef.model },
                    site: is.text.nullable().describe('Its site; null: none.'),
                    touched: z.boolean().describe('Whether something was written to it, or may have been.'),
                    message: is.text.nullable().describe('The facts of the case.'),
                    nextAttemptAt: is.text.nullable().describe('When a later run tries it again.'),
                  }),
                )
                .describe('Those that ended so for this reason.'),
            }),
          )
          .describe('The most frequent first.'),
      }),
    )
    .describe('What needs attention, what to look at first ahead; lists that are empty are left out.'),
  unfinished: z
    .array(
      z.strictObject({
        ...{ address: is.phoneRef.address, mac: is.phoneRef.mac, model: is.phoneRef.model },
        site: is.text.nullable().describe('Its site; null: none.'),
        touched: z.boolean().describe('Whether something was written to it, or may have been.'),
        state: z.enum(states).describe('Where it stood when the run last told of it.'),
        writtenAt: is.instant.nullable().describe('When it was first about to be written to; null: it was not.'),
        toldAt: is.instant.describe('When the run last told of it.'),
      }),
    )
    .exactOptional()
    .describe('Of a run that was cut off: phones that nobody watches any more. Absent: it was not.'),
});

export type ListsDocument = z.infer<typeof lists>;
