import * as z from 'zod';
import {
  type EventDetails,
  type EventNamed,
  type PhoneEventName,
  type RunEventName,
  runEvents,
} from '../../domain/report/events.js';
import { states } from '../../domain/progress/state.js';
import { exactly } from './exactly.js';
import { change } from './phone.js';
import { run, totals } from './report.js';
import * as is from './values.js';

const state = z.enum(states);

const known = {
  model: is.text.nullable(),
  softwareVersion: is.text.nullable(),
  plan: z.array(
    z.strictObject({
      step: is.step.describe('What is done: upgrade, convert, load or authorize.'),
      load: is.text.nullable().describe('The load that the phone must run afterwards; null: it keeps its own.'),
    }),
  ),
};

const why = { failure: is.failureCode.exactOptional(), message: is.text.exactOptional() };

const details = {
  'run-started': { run: is.runId, profile: is.text.nullable(), dryRun: z.boolean() },
  phone: {
    family: is.family,
    model: is.text.nullable(),
    serial: is.text.nullable(),
    softwareVersion: is.text.nullable(),
  },
  evidence: { kind: is.text.min(1), text: is.text, ...known },
  state: { state, from: state, ...known },
  intent: { step: is.step, changes: z.array(change), ...known },
  outcome: { outcome: is.outcome, touched: z.boolean(), from: state, ...why, ...known },
  'survey-finished': { targets: is.amount, phones: is.amount },
  'threshold-tripped': { text: is.text.min(1) },
  paused: { by: is.text.min(1) },
  continued: { by: is.text.min(1) },
  'run-finished': { targets: is.amount, byOutcome: is.byOutcome },
  report: { run, totals },
} satisfies { [Name in RunEventName]: { [Detail in keyof EventDetails[Name]]: z.ZodType } };

/** An event of the run is of no phone. */
const nowhere = {
  address: z.null().describe('It is of no phone.'),
  mac: z.null().describe('It is of no phone.'),
};

/** One line of NDJSON, by what happened. */
const events = {
  'run-started': exactly<EventNamed<'run-started'>>()(ofRun('run-started')),
  phone: exactly<EventNamed<'phone'>>()(ofPhone('phone')),
  evidence: exactly<EventNamed<'evidence'>>()(ofPhone('evidence')),
  state: exactly<EventNamed<'state'>>()(ofPhone('state')),
  intent: exactly<EventNamed<'intent'>>()(ofPhone('intent')),
  outcome: exactly<EventNamed<'outcome'>>()(ofPhone('outcome')),
  'survey-finished': exactly<EventNamed<'survey-finished'>>()(ofRun('survey-finished')),
  'threshold-tripped': exactly<EventNamed<'threshold-tripped'>>()(ofRun('threshold-tripped')),
  paused: exactly<EventNamed<'paused'>>()(ofRun('paused')),
  continued: exactly<EventNamed<'continued'>>()(ofRun('continued')),
  'run-finished': exactly<EventNamed<'run-finished'>>()(ofRun('run-finished')),
  report: exactly<EventNamed<'report'>>()(ofRun('report')),
};

/** One line of NDJSON. */
export const event = z.discriminatedUnion('event', [
  events['run-started'],
  events.phone,
  events.evidence,
  events.state,
  events.intent,
  events.outcome,
  events['survey-finished'],
  events['threshold-tripped'],
  events.paused,
  events.continued,
  events['run-finished'],
  events.report,
]);

type Shape<Name extends RunEventName> = (typeof details)[Name];

function ofPhone<Name extends PhoneEventName>(name: Name) {
  const place = {
    address: is.text.min(1).describe('Where the phone is; what was asked for where it has no address.'),
    mac: is.mac.nullable().describe('Its MAC; null: it has shown none so far.'),
  };
  return z.strictObject({ ...base(name), ...place, ...described(name) }).describe(runEvents[name].when);
}

function ofRun<Name extends Exclude<RunEventName, PhoneEventName>>(name: Name) {
  return z.strictObject({ ...base(name), ...nowhere, ...described(name) }).describe(runEvents[name].when);
}

function base<Name extends RunEventName>(name: Name) {
  return {
    event: z.literal(name).describe('What happened.'),
    at: is.instant.describe('When, by the clock of this machine.'),
  };
}

/** The details of an event, with what the table of events says of them. */
function described<Name extends RunEventName>(name: Name): Shape<Name> {
  const texts = runEvents[name].details as Readonly<Record<string, string>>;
  const all = Object.entries<z.ZodType>(details[name]).map(([key, schema]) => [key, schema.describe(texts[key] ?? '')]);
  return Object.fromEntries(all) as Shape<Name>;
}
