import type { FirmwareFamily } from '../firmware/load.js';
import type { Change, PlanStep, StepName } from '../plan/plan.js';
import type { Outcome } from '../progress/outcome.js';
import type { ActiveState } from '../progress/state.js';
import type { RunReport, RunSummary } from './report.js';

/** A step of a plan in short. What it sets is in the event `intent`, once it is about to be sent, and in the report. */
export type PlannedStep = Pick<PlanStep, 'step' | 'load'>;

/** What every event about a phone that has been read says of it, so that its reader need not remember it. */
export type KnownOfPhone = {
  /** `null`: not read, or it shows none. */
  model: string | null;
  /** The firmware that it was last seen with; `null`: not read. */
  softwareVersion: string | null;
  /** Empty: there is none, or none yet. */
  plan: PlannedStep[];
};

/** Whose events `KnownOfPhone` goes with; `phone` itself says what the phone is. */
type Moving = 'evidence' | 'state' | 'intent' | 'outcome';

/** What each event says beyond `event`, `at`, `address` and `mac`. */
export interface EventDetails {
  'run-started': { run: string; profile: string | null; dryRun: boolean };
  phone: {
    family: FirmwareFamily;
    model: string | null;
    serial: string | null;
    softwareVersion: string | null;
  };
  evidence: { kind: string; text: string } & KnownOfPhone;
  state: { state: ActiveState; from: ActiveState } & KnownOfPhone;
  intent: { step: StepName; changes: readonly Change[] } & KnownOfPhone;
  outcome: {
    outcome: Outcome;
    touched: boolean;
    from: ActiveState;
    failure?: string;
    message?: string;
  } & KnownOfPhone;
  'survey-finished': { targets: number; phones: number };
  'threshold-tripped': { text: string };
  paused: { by: string };
  continued: { by: string };
  'run-finished': { targets: number; byOutcome: RunReport['totals']['byOutcome'] };
  report: { run: RunSummary; totals: RunReport['totals'] };
}

export type RunEventName = keyof EventDetails;

/** Events about one phone. */
export type PhoneEventName = Moving | 'phone';

/** What such an event is sent with; the rest of it is the phone's as it is then. */
export type SentDetails<Name extends PhoneEventName> = Omit<
  EventDetails[Name],
  Name extends Moving ? keyof KnownOfPhone : never
>;

/** An event with its details. */
export type EventNamed<Name extends RunEventName> = {
  event: Name;
  /** ISO 8601. */
  at: string;
} & (Name extends PhoneEventName ? { address: string; mac: string | null } : { address: null; mac: null }) &
  EventDetails[Name];

/** One thing that happened in a run. Its `event` tells which it is, and so which details it has. */
export type RunEvent = { [Name in RunEventName]: EventNamed<Name> }[RunEventName];

/** What happens in a run as it goes on; `report` is but a line of the command that shows one. */
export type LiveEvent = Exclude<RunEvent, { event: 'report' }>;

/** An event of any version, such as a store has: its details are not known. */
export interface AnyEvent {
  event: string;
  at: string;
  address: string | null;
  mac: string | null;
  [detail: string]: unknown;
}

/** An event without what it repeats of its phone, for what keeps or shows the events of a phone together. */
export function withoutKnown(event: AnyEvent): AnyEvent {
  if (!('plan' in event)) return event;
  const { model: _model, softwareVersion: _version, plan: _plan, ...rest } = event;
  return rest;
}

const knownOfPhone: Readonly<Record<keyof KnownOfPhone, string>> = {
  model: 'Its model; `null`: not read, or it shows none.',
  softwareVersion: 'The firmware that it was last seen with; `null`: not read.',
  plan: 'The steps of its plan, each with `step` and `load`; empty: there is none, or none yet.',
};

/** When each event comes, and what its details mean. */
export const runEvents: {
  readonly [Name in RunEventName]: {
    readonly when: string;
    readonly details: Readonly<Record<keyof EventDetails[Name], string>>;
  };
} = {
  'run-started': {
    when: 'The run begins, or is resumed.',
    details: {
      run: 'The id of the run.',
      profile: 'The migration profile; `null`: an audit.',
      dryRun: 'Whether it only plans.',
    },
  },
  phone: {
    when: 'A phone has been read for the first time in this run, or again after a resume.',
    details: {
      family: 'The family of the firmware that it runs.',
      model: 'Its model, such as `8841`; `null`: it shows none.',
      serial: 'Its serial number; `null`: it shows none.',
      softwareVersion: 'The firmware that it runs, as shown; `null`: it shows none.',
    },
  },
  evidence: {
    when: 'Something was seen of a phone that counts for how it ends.',
    details: { kind: 'What kind of observation.', text: 'What was seen.', ...knownOfPhone },
  },
  state: {
    when: 'A phone has moved on: `identified`, `assessed`, `waiting`, `submitted`, `upgrading` …',
    details: { state: 'Where it is now.', from: 'Where it was.', ...knownOfPhone },
  },
  intent: {
    when: 'A write is about to leave; it is on record already.',
    details: {
      step: 'The step of the plan.',
      changes: 'The fields to be set, each with `field`, `from` and `to`.',
      ...knownOfPhone,
    },
  },
  outcome: {
    when: 'A target that is listed in the report has ended.',
    details: {
      outcome: 'How it ended.',
      touched: 'Whether something was written to it, or may have been.',
      from: 'Where it was before.',
      failure: 'The failure code. Absent: it has none.',
      message: 'The facts of that case.',
      ...knownOfPhone,
    },
  },
  'survey-finished': {
    when: 'All targets have been looked at.',
    details: { targets: 'How many there were.', phones: 'How many of them answered.' },
  },
  'threshold-tripped': {
    when: 'The run stops itself: at a threshold of `--abort-after`, or after a wave of which no phone was proven.',
    details: { text: 'Why, as a sentence.' },
  },
  paused: {
    when: 'The run was paused from the dashboard: no further phone is written to until it is continued.',
    details: { by: 'Who asked for it.' },
  },
  continued: { when: 'The run was continued from the dashboard.', details: { by: 'Who asked for it.' } },
  'run-finished': {
    when: 'Every target has its outcome; the last line of a run.',
    details: { targets: 'How many there were.', byOutcome: 'How many of them ended in each outcome that occurred.' },
  },
  report: {
    when: 'The only line of `fleet-migrate report --output ndjson`.',
    details: { run: 'The run, as in its report.', totals: 'Its totals, as in its report.' },
  },
};
