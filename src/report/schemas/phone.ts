import * as z from 'zod';
import type { Change, PlanStep } from '../../domain/plan/plan.js';
import { settingNames } from '../../domain/phone/facts.js';
import { phoneFields } from '../../domain/phone/fields.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { PhoneReport, UnfinishedPhone } from '../../domain/report/report.js';
import { states } from '../../domain/progress/state.js';
import { exactly } from './exactly.js';
import * as is from './values.js';

const setting = z.enum([...settingNames, 'phoneLoad', 'loadServer']);

const reason = z.strictObject({
  rule: is.text.regex(/^(?:[A-Z0-9-]{2,}|profile)$/).describe('The rule that makes it: fleet-migrate explain RULE.'),
  text: is.text.min(1).describe('What it says of this phone.'),
});

const planStep = exactly<PlanStep>()(
  z.strictObject({
    step: is.step.describe(
      'upgrade: within a family; convert: to the other; load: the phone load on Unified CM; authorize: a license.',
    ),
    load: is.text.nullable().describe('The load that the phone must run afterwards; null for authorize.'),
    set: z
      .strictObject({
        upgradeRule: is.text.exactOptional().describe('Where it fetches the load.'),
        authorizationRule: is.text.exactOptional().describe('Where it fetches its license.'),
        authorizationType: is.text.exactOptional().describe('Which kind of authorization it asks for.'),
        phoneLoad: is.text.exactOptional().describe('On Unified CM.'),
        loadServer: is.text.exactOptional().describe('On Unified CM: where phones take the load, if elsewhere.'),
      })
      .describe("What is set: on the phone's page, or on Unified CM."),
    note: is.text.exactOptional().describe('Why the step is there or differs from the usual, for people.'),
  }),
);

export const change = exactly<Change>()(
  z
    .strictObject({
      field: setting.describe('Which one.'),
      from: is.text.describe('As read before; "" for phoneLoad: the default of the model was in force.'),
      to: is.text.describe('As sent.'),
    })
    .describe('A field that was sent, whatever became of it.'),
);

const failure = exactly<Failure>()(
  z.strictObject({
    code: is.failureCode.describe(
      'One of docs/failure-codes.md: fleet-migrate explain CODE. New ones come with new versions.',
    ),
    message: is.text.min(1).describe('The facts of the case.'),
    hint: is.text.min(1).describe('What to do next.'),
  }),
);

/** One entry of `phones[]`. Keys that reports of 0.1.0 lack are optional. */
export const phone = exactly<PhoneReport>()(
  z.strictObject({
    address: is.text.min(1).describe(phoneFields.address.text),
    mac: is.mac.nullable().describe(`${phoneFields.mac.text} null: it shows none.`),
    family: is.family.nullable().describe(`${phoneFields.family.text} null: no phone was read.`),
    model: shown('model'),
    productId: shown('productId'),
    vid: shown('vid'),
    serial: shown('serial'),
    softwareVersion: shown('softwareVersion'),
    hardwareVersion: shown('hardwareVersion'),
    transitionAuthorizationType: is.text
      .nullable()
      .describe(
        `${phoneFields.transitionAuthorizationType.text} "": it is there and empty; null: there is no such row.`,
      ),
    returnWithoutLicense: z.enum(['yes', 'no', 'unknown']).describe(phoneFields.returnWithoutLicense.text),
    eligibility: z
      .strictObject({
        direction: is.direction.describe('e2m: Enterprise to Multiplatform; m2e: the other way.'),
        verdict: is.verdict.describe('Whether it may.'),
        reasons: z.array(reason).describe('What decided it.'),
        warnings: z.array(reason).describe('What to know before it is moved.'),
      })
      .nullable()
      .describe('Whether it may leave the family that it runs, whatever the profile; null: it was not judged.'),
    plan: z.array(planStep).describe('What was, or would have been, written to it, in order.'),
    changes: z.array(change).describe('What was sent, in order.'),
    outcome: is.outcome.describe('How it ended: fleet-migrate explain OUTCOME.'),
    touched: z.boolean().describe('Whether something was written to it, or may have been.'),
    failure: failure.nullable().describe('Why it did not end well; null: it did, or nothing was asked of it.'),
    evidence: z
      .array(
        z.strictObject({
          at: is.instant.describe('When, by the clock of this machine.'),
          kind: is.text.min(1).describe('What kind of observation.'),
          text: is.text.describe('What was seen.'),
        }),
      )
      .describe('What was seen that counts for how it ended, in order.'),
    startedAt: is.instant.describe('When it was first looked at.'),
    durationMs: is.milliseconds.describe('From then to its end.'),
    site: is.text.nullable().describe('Its site, from an inventory or the configuration file; null: none.'),
    note: is.text.nullable().describe('What the inventory noted of it; null: nothing.'),
    nextAttemptAt: is.text
      .nullable()
      .describe('When a later run tries a deferred phone again; null: the next run does, or it is not deferred.'),
    named: z
      .boolean()
      .describe('Whether somebody named it, by an inventory, --target or a MAC; else it is of a subnet.'),
    vidSource: z
      .enum(['udi', 'inventory', 'hardware-version'])
      .nullable()
      .exactOptional()
      .describe('Where vid is from; null: there is none.'),
    ucm: z
      .strictObject({
        name: is.text.regex(/^SEP[0-9A-F]{12}$/).describe('SEP and the MAC.'),
        devicePool: is.text.nullable().describe('Its device pool; null: not known.'),
        description: is.text.describe('Its description there.'),
        registered: z.enum(['yes', 'no', 'unknown']).describe('Whether it is registered.'),
        load: is.text.nullable().describe('The load that it is to run; null: not known.'),
        statusReason: is.text
          .nullable()
          .describe('Why it is not, as the real-time service says; null: it does not say.'),
      })
      .nullable()
      .exactOptional()
      .describe('What Unified CM had of it when it was last asked; null: none was asked, or it has no such phone.'),
    requests: is.amount.exactOptional().describe('Requests over HTTP that the run made to it.'),
    bytes: is.amount.exactOptional().describe('Bytes of bodies that arrived from it.'),
  }),
);

/** One entry of `unfinished[]`: as one of `phones[]`, but for what it has only once it has ended. */
export const unfinishedPhone = exactly<UnfinishedPhone>()(
  phone.extend({
    outcome: z.null().describe('It has not ended.'),
    failure: z.null().describe('Not known before its end.'),
    durationMs: z.null().describe('Not known before its end.'),
    nextAttemptAt: z.null().describe('Not known before its end.'),
    state: z.enum(states).describe('Where it stood when the run last told of it.'),
    writtenAt: is.instant.nullable().describe('When it was first about to be written to; null: it was not.'),
    toldAt: is.instant.describe('When the run last told of it.'),
  }),
);

function shown(
  name: 'model' | 'productId' | 'vid' | 'serial' | 'softwareVersion' | 'hardwareVersion',
): z.ZodNullable<z.ZodString> {
  return is.text.nullable().describe(`${phoneFields[name].text} null: not read, or not shown.`);
}
