import * as z from 'zod';
import { type AssumptionName, assumptionMeanings } from '../../domain/rehearsal/assumptions.js';
import { type Rehearsal, rehearsalSchema } from '../../domain/rehearsal/rehearsal.js';
import { exactly } from './exactly.js';
import * as is from './values.js';

const assumption = z.enum(Object.keys(assumptionMeanings) as AssumptionName[]);

const wave = z.strictObject({
  wave: is.count.nullable().describe('From 1; null: phones that would be in no wave.'),
  phones: is.count.describe('Phones that would be written to.'),
  byOutcome: is.byOutcome.describe('How they would end.'),
  firstWriteAt: is.instant.describe('When it would open.'),
  lastEndAt: is.instant.nullable().describe('When the last of them would end; null: not all would.'),
});

const files = z.strictObject({
  server: is.text.describe('Such as http://10.0.0.5:6970.'),
  phones: is.amount.describe('How many would fetch from it.'),
  bytes: is.amount.describe('All that they would have fetched by the end of the night.'),
  peakBitsPerSecond: is.amount.describe('The most that is fetched at once, never more than the link.'),
  peakAt: is.instant.describe('When that would be.'),
  linkBitsPerSecond: is.count.nullable().describe('--link; null: none was named.'),
  timesSlower: z.number().min(1).describe('How many times as long as without that link a phone takes to fetch.'),
});

const windowEnd = {
  text: is.text.describe('As written.'),
  zone: is.text.describe('Whose clocks it means.'),
  closesAt: is.instant.describe('When it closes.'),
  endsAt: is.instant.describe('When the last phone for which it holds would end.'),
  leftMs: z
    .int()
    .nullable()
    .describe(
      'From then until it closes; less than 0: the last one ends after that; null: it was not open for any of them.',
    ),
  left: is.amount.describe('Phones that would be left as it closes first.'),
};

const night = z.strictObject({
  night: is.count.describe('From 1.'),
  startsAt: is.instant.describe('When it would begin.'),
  endsAt: is.instant.describe('When it would end.'),
  window: z
    .strictObject(windowEnd)
    .nullable()
    .describe(
      'null: the run has none, one that never closes, or one that holds for no phone, as all are in sites with their own.',
    ),
  siteWindows: z
    .array(z.strictObject({ site: is.text.describe('The site.'), ...windowEnd }))
    .describe('The windows of sites that have their own.'),
  targets: is.amount.describe('Addresses that would be asked.'),
  byOutcome: is.byOutcome.describe(
    'How targets would end, but for addresses where nobody answers and no phone is known; with these they sum to the targets.',
  ),
  failures: z.record(is.failureCode, is.count).describe('Phones by failure code.'),
  moved: is.amount.describe('Phones that are where the profile leads, by the end of this night.'),
  movedTonight: is.amount.describe('How many of them came there in this night.'),
  left: is.amount.describe('Phones that are to be moved and are not yet.'),
  tooSlow: is.amount.describe('Phones that are well, and whose time (--deadline) was over before they were through.'),
  waves: z.array(wave).describe('In their order; those that would not be opened are absent.'),
  stopped: z
    .strictObject({
      text: is.text.describe('The threshold, and how it stood then.'),
      written: is.amount.describe('After how many phones.'),
      notProven: is.amount.describe('How many of them are not proven.'),
    })
    .nullable()
    .describe('Why it would have stopped itself; null: it would not.'),
  mostAtOnce: z
    .array(
      z.strictObject({
        place: is.text.nullable().describe('A site, else a subnet; null: everywhere.'),
        phones: is.amount.describe('How many.'),
        at: is.instant.describe('When that would be.'),
      }),
    )
    .describe('The most phones under way at once: everywhere first, then place by place, the most first.'),
  files: z.array(files).describe('What phones would fetch from each file server.'),
});

/** The ends of several rehearsals. */
function range<Value extends z.ZodType>(value: Value): z.ZodObject<Record<'least' | 'middle' | 'most', Value>> {
  return z.strictObject({
    least: value.describe('The least of them.'),
    middle: value.describe('As many were less as were more.'),
    most: value.describe('The most of them.'),
  });
}

/** A night as it would go, by what is known and what is assumed. */
export const rehearsal = exactly<Rehearsal>()(
  z.strictObject({
    schema: z.literal(rehearsalSchema).describe('The name of this schema.'),
    id: is.text.min(1).describe('The id of the rehearsal.'),
    madeAt: is.instant.describe('When it was made.'),
    version: is.text.describe('Of fleet-migrate.'),
    profile: is.text.min(1).describe('The migration profile.'),
    of: z
      .strictObject({ run: is.runId, at: is.instant.describe('When it ended.') })
      .nullable()
      .describe('The run whose phones they are; null: they are known from lists alone.'),
    phones: is.amount.describe('Phones among the targets.'),
    fromList: is.amount.describe('How many of them are known from a list alone.'),
    unread: is.amount.describe('Phones that the audit could not read, or not whole: they are met as they were then.'),
    seed: z.number().describe('What draws were made with: the same seed draws the same night.'),
    zone: is.text.describe('Whose clocks windows and shares mean; instants here are in UTC all the same.'),
    assumed: z
      .array(
        z.strictObject({
          name: assumption.describe('What is assumed.'),
          text: is.text.describe('As it is written: failed:1%.'),
          isUsual: z.boolean().describe('Whether it was not given.'),
        }),
      )
      .describe('All that was assumed.'),
    timesFrom: z
      .partialRecord(z.enum(['given', 'model-and-load', 'model', 'step', 'guess']), is.amount)
      .describe('Steps of the first night by what their duration was taken from.'),
    size: z
      .strictObject({
        bytes: is.amount.describe('Bytes a phone.'),
        from: z.enum(['given', 'earlier-run', 'guess']).describe('What says so.'),
      })
      .describe('How much firmware a phone fetches, and what says so.'),
    nights: z.array(night).min(1).describe('One after the other, as long as phones are left.'),
    licenses: z
      .strictObject({
        needed: is.amount.describe('How many phones of the plan need one.'),
        held: is.amount.nullable().describe('null: none is held at all, so all are taken to be on the file server.'),
        missing: z
          .array(
            z.strictObject({
              address: is.text.min(1).describe('Where it is.'),
              mac: is.mac.describe('Its MAC.'),
              model: is.text.nullable().describe('Its model; null: not known.'),
            }),
          )
          .describe('Phones whose license is not held.'),
      })
      .exactOptional()
      .describe('Absent: the profile needs none.'),
    spread: z
      .strictObject({
        times: is.count.describe('How often it was rehearsed.'),
        endsAt: range(is.instant).describe('The end of the first night.'),
        moved: range(is.amount).describe('Phones moved by the end of the first night.'),
        left: range(is.amount).describe('Phones left by it.'),
        stopped: is.amount.describe('In how many of them the first night would have stopped itself.'),
        nights: range(is.count.nullable()).describe(
          'After how many nights nothing was left; null: not within those that were rehearsed.',
        ),
      })
      .exactOptional()
      .describe('How several rehearsals with other draws differ. Absent: there was one.'),
    advice: z
      .array(
        z.strictObject({
          option: is.text.describe('Such as --max-upgrading 24.'),
          endsAt: is.instant.describe('When the first night would end with it.'),
          outsideWindow: is.amount.describe('How many phones it would leave for want of time.'),
          windowLeftMs: z.int().nullable().describe("From then until the run's window closes; null: it has none."),
          fits: z.boolean().describe('Whether there would be time enough for all phones.'),
        }),
      )
      .describe('What would make the first night fit; empty: it does, or nothing would.'),
  }),
);
