import * as z from 'zod';
import * as is from './values.js';

/** What `runs --json` prints. */
export const runs = z.strictObject({
  schema: is.form('fleet-migrate/runs@1'),
  runs: z
    .array(
      z.strictObject({
        id: is.runId,
        startedAt: is.startedAt,
        finishedAt: is.instant.nullable().describe('null: it has not ended, or was killed.'),
        durationMs: is.milliseconds.nullable().describe('From start to end; null: there is no end.'),
        profile: is.profile,
        dryRun: is.dryRun,
        state: z
          .string()
          .describe('running, finished, interrupted, or cut off: on record as running, but its process is dead.'),
        pausedSince: is.instant.nullable().describe('Since when it is paused from the dashboard; null: it is not.'),
        workedMs: is.milliseconds
          .nullable()
          .describe('For how long it was worked on, without pauses before a resume; null: not known.'),
        ...is.end,
        declined: z.boolean().describe('Its question was answered with no.'),
        phones: z
          .strictObject(is.notEnded())
          .exactOptional()
          .describe('Of a run that has not ended: phones that are watched, and those that wait for their turn.'),
        totals: z
          .strictObject({
            targets: is.amount.describe('All of them.'),
            byOutcome: is.byOutcome.describe('How many ended so.'),
          })
          .describe('How its targets ended, as far as they have.'),
      }),
    )
    .describe('The latest first.'),
});

export type RunsDocument = z.infer<typeof runs>;
