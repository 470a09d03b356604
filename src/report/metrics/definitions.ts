/** One metric as it is exported; docs/monitoring.md lists the same. */
export interface MetricDefinition {
  kind: 'gauge' | 'counter' | 'histogram';
  help: string;
  /** Each has few values, whatever the fleet: never an address, a MAC, or the run but for the one that names it. */
  labels: readonly string[];
}

/** What is exported of a run, in this order. Base units; counters begin anew with each run, as those of a program that is started anew. */
export const metricDefinitions = {
  fleet_migrate_run_info: {
    kind: 'gauge',
    help: 'The run that the other figures are of; always 1.',
    labels: ['run', 'profile', 'dry_run', 'version'],
  },
  fleet_migrate_run_start_timestamp_seconds: { kind: 'gauge', help: 'When the run began.', labels: [] },
  fleet_migrate_run_end_timestamp_seconds: {
    kind: 'gauge',
    help: 'When the run ended; not there while it lasts.',
    labels: [],
  },
  fleet_migrate_run_updated_timestamp_seconds: {
    kind: 'gauge',
    help: 'When the run last told how far it is; it does every few seconds while it lasts.',
    labels: [],
  },
  fleet_migrate_run_in_progress: { kind: 'gauge', help: '1 while the run lasts, else 0.', labels: [] },
  fleet_migrate_run_exit_code: {
    kind: 'gauge',
    help: 'The exit code of the run (docs/reports.md); not there while it lasts.',
    labels: [],
  },
  fleet_migrate_run_interrupted: {
    kind: 'gauge',
    help: '1 if the run ended before its time: by a signal, because its store could not be written, or killed; else 0.',
    labels: [],
  },
  fleet_migrate_run_stopped_itself: {
    kind: 'gauge',
    help: '1 if the run stopped itself at a threshold or after a wave without proof, else 0.',
    labels: [],
  },
  fleet_migrate_last_success_timestamp_seconds: {
    kind: 'gauge',
    help: 'When such a run last ended with exit code 0, or as a dry run with 5; kept when later ones fail.',
    labels: [],
  },
  fleet_migrate_targets: {
    kind: 'gauge',
    help: 'Targets of the run; not there while that is not known.',
    labels: [],
  },
  fleet_migrate_targets_by_outcome: {
    kind: 'gauge',
    help: 'Targets that have ended, by outcome.',
    labels: ['outcome'],
  },
  fleet_migrate_targets_by_state: {
    kind: 'gauge',
    help: 'Targets that have answered and not ended, by where they stand.',
    labels: ['state'],
  },
  fleet_migrate_failures: {
    kind: 'gauge',
    help: 'Targets that ended with this failure code, those that never answered included.',
    labels: ['code'],
  },
  fleet_migrate_http_requests_total: {
    kind: 'counter',
    help: 'HTTP requests sent to phones in this run.',
    labels: [],
  },
  fleet_migrate_http_received_bytes_total: {
    kind: 'counter',
    help: 'Bytes of HTTP bodies received from phones in this run, as they came.',
    labels: [],
  },
  fleet_migrate_phase_duration_seconds: {
    kind: 'gauge',
    help: 'How long the run has been in each phase since it was begun or last resumed.',
    labels: ['phase'],
  },
  fleet_migrate_step_duration_seconds: {
    kind: 'histogram',
    help: 'From the write of a step to the proof that the phone has done it, in this run.',
    labels: ['step'],
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof metricDefinitions;

/** Upper bounds of the histogram of steps (s): from a phone that only fetches a license to one on a thin line. */
export const stepBuckets: readonly number[] = [60, 120, 300, 600, 900, 1_200, 1_800, 2_700, 3_600, 5_400, 7_200];
