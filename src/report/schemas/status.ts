import * as z from 'zod';
import { states } from '../../domain/progress/state.js';
import { outcomes } from '../../domain/progress/outcome.js';
import * as is from './values.js';

const counts = {
  done: is.amount.describe('Where they should be.'),
  underWay: is.amount.describe('Written to and being watched.'),
  waiting: is.amount.describe('They wait for their turn.'),
  failed: is.amount.describe('Written to, and known to be wrong.'),
  unverified: is.amount.describe('Written to, and not known to be either.'),
  leftAlone: is.amount.describe('Ended with nothing written.'),
};

/** What `status --json` prints. */
export const status = z.strictObject({
  schema: is.form('fleet-migrate/status@1'),
  run: z
    .strictObject({
      id: is.runId,
      startedAt: is.instant.nullable().describe('When it began; null: not known.'),
      profile: is.profile,
      dryRun: is.dryRun,
      state: z
        .enum(['running', 'finished', 'interrupted', 'cut off'])
        .describe('cut off: on record as running, but its process is dead.'),
      phase: z
        .enum(['survey', 'question', 'migrate'])
        .describe('What it does: it looks at targets, asks whether to write, or moves phones.'),
      stopping: z.boolean().describe('Whether it winds down: no more phones are started.'),
      pausedSince: is.instant.nullable().describe('Since when it is paused from the dashboard; null: it is not.'),
      ...is.end,
      declined: z.boolean().describe('Its question was answered with no.'),
      workedMs: is.milliseconds.describe('For how long it was worked on, without pauses before a resume.'),
    })
    .describe('The run.'),
  toldAt: is.instant.nullable().describe('When the run last told its store how far it is; null: it never did.'),
  targets: is.amount.nullable().describe('null: not known.'),
  probed: is.amount.describe('Targets that are done with: read, or nothing answered.'),
  byOutcome: is.byOutcome.describe('What has ended so far.'),
  phones: z
    .strictObject({
      total: is.amount.describe('All of them.'),
      ended: is.amount.describe('Those that have their outcome.'),
      ...counts,
    })
    .describe('Phones that are to be written to.'),
  waves: z
    .array(
      z.strictObject({
        number: is.count.describe('Which one, from 1.'),
        total: is.amount.describe('The phones in it.'),
        ...counts,
      }),
    )
    .describe('In their order; empty: none were drawn.'),
  timeLeft: z
    .strictObject({
      atLeastMs: is.milliseconds.describe('The least.'),
      atMostMs: is.milliseconds.describe('The most.'),
      until: z
        .enum(['looked', 'wave', 'run'])
        .describe('Until what has ended: the look at targets, the wave, the run.'),
    })
    .nullable()
    .describe('null: nothing tells it.'),
  longest: z
    .array(
      z.strictObject({
        ...{ address: is.phoneRef.address, mac: is.phoneRef.mac, model: is.phoneRef.model },
        state: z.enum([...states, ...outcomes]).describe('Where it stands.'),
        writtenAt: is.instant.nullable().describe('When it was written to; null: not known.'),
        says: is.text.nullable().describe('What it showed last; null: nothing since the write.'),
      }),
    )
    .describe('Phones under way the longest, the longest first.'),
  problems: z
    .array(
      z.strictObject({
        address: is.phoneRef.address,
        mac: is.phoneRef.mac,
        at: is.instant.nullable().describe('When it ended; null: not known.'),
        code: is.text.describe('Its failure code, or its outcome where it has none.'),
        message: is.text.describe('The facts of the case.'),
      }),
    )
    .describe('The last phones that ended so that somebody should look.'),
});

export type StatusDocument = z.infer<typeof status>;
