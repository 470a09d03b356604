/** What happens in a run and is told as it happens: each event, when it comes, and what it says beyond `event`, `at`, `address` and `mac`. */
export const runEvents = {
  'run-started': { when: 'The run begins, or is resumed.', details: ['run', 'profile', 'dryRun'] },
  phone: {
    when: 'A phone has been read for the first time in this run, or again after a resume.',
    details: ['family', 'model', 'serial', 'softwareVersion'],
  },
  evidence: { when: 'Something was seen of a phone that counts for how it ends.', details: ['kind', 'text'] },
  state: {
    when: 'A phone has moved on: `identified`, `assessed`, `waiting`, `submitted`, `upgrading` …',
    details: ['state', 'from'],
  },
  intent: {
    when: 'A write is about to leave; it is on record already.',
    details: ['step', 'changes'],
  },
  outcome: {
    when: 'A target that is listed in the report has ended.',
    details: ['outcome', 'touched', 'from', 'failure', 'message'],
  },
  'survey-finished': { when: 'All targets have been looked at.', details: ['targets', 'phones'] },
  'threshold-tripped': {
    when: 'The run stops itself: at a threshold of `--abort-after`, or after a wave of which no phone was proven.',
    details: ['text'],
  },
  paused: {
    when: 'The run was paused from the dashboard: no further phone is written to until it is continued.',
    details: ['by'],
  },
  continued: { when: 'The run was continued from the dashboard.', details: ['by'] },
  'run-finished': { when: 'Every target has its outcome; the last line of a run.', details: ['targets', 'byOutcome'] },
  report: { when: 'The only line of `fleet-migrate report --output ndjson`.', details: ['run', 'totals'] },
} as const satisfies Readonly<Record<string, { when: string; details: readonly string[] }>>;

export type RunEventName = keyof typeof runEvents;
