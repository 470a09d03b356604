import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { outcomes } from '../../domain/progress/outcome.js';
import { states } from '../../domain/progress/state.js';
import type { RunFigures } from '../../domain/report/run-figures.js';
import { metricDefinitions, type MetricName, stepBuckets } from './definitions.js';

/** A value of a gauge or a counter, with its labels. */
interface Sample {
  name: Exclude<MetricName, 'fleet_migrate_step_duration_seconds'>;
  value: number;
  labels: Readonly<Record<string, string>>;
}

/**
 * The metrics of a run in a registry of their own; `metrics()` of it is the text for a file or for `/metrics`.
 * @param labels added to every metric, to tell one night from others of the same machine
 */
export function runRegistry(figures: RunFigures, labels: Readonly<Record<string, string>> = {}): Registry {
  const registry = new Registry();
  registry.setDefaultLabels(labels);
  const samples = samplesOf(figures);
  for (const [name, { kind, help, labels: labelNames }] of Object.entries(metricDefinitions)) {
    const common = { name, help, labelNames: [...labelNames], registers: [registry] };
    const own = samples.filter((sample) => sample.name === name);
    if (kind === 'histogram') {
      const histogram = new Histogram<string>({ ...common, buckets: [...stepBuckets] });
      for (const [step, times] of Object.entries(figures.stepMs))
        for (const ms of times) histogram.observe({ step }, seconds(ms));
    } else if (own.length > 0) {
      // Without a value it is not made: one without labels begins as 0, which nobody has seen.
      const metric = kind === 'counter' ? new Counter<string>(common) : new Gauge<string>(common);
      for (const sample of own) metric.inc(sample.labels, sample.value);
    }
  }
  return registry;
}

/** What is known; a value that is not known is not exported. */
function samplesOf(figures: RunFigures): Sample[] {
  const { run, soFar } = figures;
  const samples: Sample[] = [];
  const add = (name: Sample['name'], value: number | null, labels: Sample['labels'] = {}): void => {
    if (value !== null) samples.push({ name, value, labels });
  };
  add('fleet_migrate_run_info', 1, {
    run: run.id,
    profile: run.profile ?? 'none',
    dry_run: String(run.dryRun),
    version: run.version,
  });
  add('fleet_migrate_run_start_timestamp_seconds', seconds(figures.startedAt));
  add('fleet_migrate_run_end_timestamp_seconds', seconds(figures.endedAt));
  add('fleet_migrate_run_updated_timestamp_seconds', seconds(figures.toldAt));
  add('fleet_migrate_run_in_progress', Number(figures.goesOn));
  add('fleet_migrate_run_exit_code', figures.exitCode);
  add('fleet_migrate_run_interrupted', Number(figures.interrupted));
  add('fleet_migrate_run_stopped_itself', Number(figures.stoppedItself));
  add('fleet_migrate_last_success_timestamp_seconds', seconds(figures.lastSuccessAt));
  add('fleet_migrate_targets', figures.targets);
  // All of them, so that "none" is 0 and an alert can compare.
  if (soFar !== null || figures.endedAt !== null)
    for (const outcome of outcomes)
      add('fleet_migrate_targets_by_outcome', figures.byOutcome[outcome] ?? 0, { outcome });
  if (soFar !== null)
    for (const state of states) add('fleet_migrate_targets_by_state', soFar.byState[state] ?? 0, { state });
  for (const [code, count] of Object.entries(soFar?.failures ?? {})) add('fleet_migrate_failures', count, { code });
  add('fleet_migrate_http_requests_total', soFar?.requests ?? null);
  add('fleet_migrate_http_received_bytes_total', soFar?.bytes ?? null);
  for (const [phase, ms] of Object.entries(soFar?.phaseMs ?? {}))
    add('fleet_migrate_phase_duration_seconds', seconds(ms), { phase });
  return samples;
}

function seconds(ms: number): number;
function seconds(ms: number | null): number | null;
function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1_000;
}
