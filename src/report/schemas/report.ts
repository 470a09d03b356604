import * as z from 'zod';
import { reportSchema, type RunReport, type RunSummary } from '../../domain/report/report.js';
import { exactly } from './exactly.js';
import { phone, unfinishedPhone } from './phone.js';
import * as is from './values.js';

const proof = z
  .strictObject({
    sources: z
      .array(z.enum(['phone-web-page', 'unified-cm']))
      .describe('Where proof may come from: the web page of the phone, where it is on; Unified CM, where it is asked.'),
    accept: z.array(z.literal('silent-after-upgrading')).describe('Ends without proof that count as good.'),
    waves: is.text.nullable().describe('As written; null: no waves.'),
    abortAfter: z.array(is.text).describe('Thresholds as written.'),
  })
  .describe('How a move to Enterprise may be proven, and what depends on it. Absent: the profile moves nothing there.');

const firmware = z
  .strictObject({
    server: is.text.describe('Such as http://10.0.0.5:6970.'),
    phones: is.count.describe('How many fetch from it.'),
    bytes: is.count.nullable().describe('All of it; null: some sizes are not told.'),
    knownBytes: is.amount.describe('What is told of it.'),
    atMost: z.boolean().describe('Whether phones may take less: of a load they take the images of their hardware.'),
    slots: is.count.nullable().describe('--max-upgrading; null: no limit.'),
    linkBitsPerSecond: is.count.nullable().describe('--link; null: not set.'),
    seconds: is.count.nullable().describe('What the link needs for all of it; null: not known.'),
  })
  .describe('What the phones of the plan fetch from one file server.');

/** `run` of a report. */
export const run = exactly<RunSummary>()(
  z.strictObject({
    id: is.runId,
    startedAt: is.startedAt,
    finishedAt: is.instant.describe('Of a run that has not ended: when it last told how it stands.'),
    profile: is.profile,
    dryRun: is.dryRun,
    version: is.text.regex(/^\d+\.\d+\.\d+/).describe('Of fleet-migrate.'),
    ...is.end,
    preflightSkipped: z.boolean().describe('--skip-preflight: firmware and licenses were not fetched by us first.'),
    insecure: z.boolean().describe('--insecure: certificates were not checked.'),
    shared: z
      .literal(true)
      .exactOptional()
      .describe('Workers at the sites reached its phones. Absent: the run did so itself.'),
    ucmInsecure: z
      .literal(true)
      .exactOptional()
      .describe('--ucm-insecure: the certificate of Unified CM was not checked.'),
    tlsLegacy: z.literal(true).exactOptional().describe('--tls-legacy: old TLS was offered.'),
    expiredMicAllowed: z
      .literal(true)
      .exactOptional()
      .describe('--allow-expired-mic: manufacturing certificates that have expired would be taken.'),
    proof: proof.exactOptional(),
    firmware: z.array(firmware).min(1).exactOptional().describe('Absent: none, or it was not looked at first.'),
    webAccess: z
      .strictObject({
        switched: is.count.describe('For how many phones it was switched on.'),
        notPutBack: is.amount.describe('For how many it could not be put back: fleet-migrate ucm restore does.'),
      })
      .exactOptional()
      .describe('--enable-web-access, where it was used.'),
    declined: z.literal(true).exactOptional().describe('The question before the first write was answered with no.'),
    state: z.enum(['running', 'cut off']).exactOptional().describe('Of a run that has not ended. Absent: it has.'),
    notEnded: z
      .strictObject(is.notEnded())
      .exactOptional()
      .describe('Of a run that has not ended: phones that are watched, and those that wait for their turn.'),
    workedMs: is.milliseconds
      .exactOptional()
      .describe('Of a run that was continued: for how long it was worked on. Absent: from start to end.'),
  }),
);

/** `totals` of a report. */
export const totals = exactly<RunReport['totals']>()(
  z.strictObject({
    targets: is.amount.describe('All of them, listed or only counted.'),
    byOutcome: is.byOutcome.describe(
      'How many targets ended so; outcomes that did not occur are absent. They sum to the targets.',
    ),
    noAnswerByCode: z
      .record(is.failureCode, is.count)
      .describe('Why targets did not answer, by failure code; sums to the outcome no-answer.'),
    byDirection: z
      .partialRecord(is.direction, is.byVerdict)
      .exactOptional()
      .describe('Verdicts of the phones that were judged, by the direction that makes sense for the family of each.'),
    beyondLimit: is.count
      .exactOptional()
      .describe('How many of the deferred were left alone because of --limit, listed or only counted.'),
  }),
);

/** The report of one run. */
export const report = exactly<RunReport>()(
  z.strictObject({
    schema: is.form(reportSchema),
    run: run.describe('The run, and how it was set.'),
    totals: totals.describe('How all targets ended.'),
    only: z
      .array(is.text)
      .exactOptional()
      .describe('Outcomes and failure codes that phones was narrowed to; the totals are of the whole run.'),
    phones: z
      .array(phone)
      .describe('What answered, and what somebody named. Addresses of a subnet that never answered are only counted.'),
    unfinished: z
      .array(unfinishedPhone)
      .exactOptional()
      .describe('Of a run that has not ended: phones that have not either. Absent: it has, or phones was narrowed.'),
  }),
);
