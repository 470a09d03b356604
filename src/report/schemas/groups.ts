import * as z from 'zod';
import { groupKeys } from '../../domain/report/groups.js';
import * as is from './values.js';

const value = is.text.nullable().exactOptional().describe('null: not shown, or not known. Absent: not grouped by it.');

/** What `report --group-by … --output json` prints. */
export const groups = z.strictObject({
  schema: is.form('fleet-migrate/groups@1'),
  run: z.strictObject({ id: is.runId }).describe('The run whose phones are counted.'),
  groupBy: z.array(z.enum(groupKeys)).min(1).readonly().describe('What they are grouped by.'),
  only: z
    .array(is.text)
    .readonly()
    .describe('Outcomes and failure codes that phones were chosen by; empty: all of them.'),
  totals: z
    .strictObject({
      targets: is.amount.describe('Of the run.'),
      phones: is.amount.describe('In all groups.'),
    })
    .describe('What the groups are of.'),
  groups: z
    .array(
      z.strictObject({
        model: value,
        firmware: value,
        site: value,
        authorization: value,
        phones: is.count.describe('How many are in this group.'),
        byOutcome: is.byOutcome.describe('How they ended.'),
        byVerdict: is.byVerdict.describe('Of those that were judged.'),
        notEnded: z
          .strictObject({
            underWay: is.amount.describe('Written to, and not ended.'),
            waiting: is.amount.describe('Waiting for their turn.'),
          })
          .exactOptional()
          .describe('Of a run that has not ended: phones that have not either. Absent: there is none here.'),
      }),
    )
    .describe('The most phones first.'),
});

export type GroupsDocument = z.infer<typeof groups>;
