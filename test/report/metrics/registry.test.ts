import { describe, expect, it } from '@jest/globals';
import { metricDefinitions } from '../../../src/report/metrics/definitions.js';
import { runRegistry } from '../../../src/report/metrics/registry.js';
import { sampleFigures } from './support/figures.js';

/** The lines of samples, without comments. */
async function linesOf(...args: Parameters<typeof runRegistry>): Promise<string[]> {
  const text = await runRegistry(...args).metrics();
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

describe('the metrics of a run', () => {
  it('are counts by outcome, state and code, and times in seconds', async () => {
    expect(await linesOf(sampleFigures())).toEqual(
      expect.arrayContaining([
        'fleet_migrate_run_info{run="20260131-221405",profile="mpp-to-enterprise",dry_run="false",version="0.1.0"} 1',
        'fleet_migrate_run_start_timestamp_seconds 1769897645.5',
        'fleet_migrate_run_in_progress 1',
        'fleet_migrate_targets 254',
        'fleet_migrate_targets_by_outcome{outcome="done"} 2',
        'fleet_migrate_targets_by_outcome{outcome="no-answer"} 100',
        'fleet_migrate_targets_by_outcome{outcome="unverified"} 0',
        'fleet_migrate_targets_by_state{state="upgrading"} 4',
        'fleet_migrate_targets_by_state{state="writing"} 0',
        'fleet_migrate_failures{code="wrong-load"} 1',
        'fleet_migrate_http_requests_total 321',
        'fleet_migrate_http_received_bytes_total 1234567',
        'fleet_migrate_phase_duration_seconds{phase="survey"} 61.5',
        'fleet_migrate_last_success_timestamp_seconds 1769814000',
        'fleet_migrate_step_duration_seconds_bucket{le="300",step="convert"} 1',
        'fleet_migrate_step_duration_seconds_bucket{le="+Inf",step="convert"} 3',
        'fleet_migrate_step_duration_seconds_sum{step="convert"} 9640',
        'fleet_migrate_step_duration_seconds_count{step="convert"} 3',
      ]),
    );
  });

  it('leave out what is not known, instead of a zero that nobody has seen', async () => {
    const unknown = { targets: null, soFar: null, lastSuccessAt: null, stepMs: {}, byOutcome: {} };
    const lines = await linesOf(sampleFigures(unknown));
    for (const name of ['targets', 'run_exit_code', 'run_end_timestamp_seconds', 'last_success_timestamp_seconds'])
      expect(lines.filter((line) => line.startsWith(`fleet_migrate_${name} `))).toEqual([]);
    expect(lines.filter((line) => /_total|_failures|_duration_|_by_(?:outcome|state)/.test(line))).toEqual([]);
  });

  it('of a run that has ended say how', async () => {
    const endedAt = Date.parse('2026-01-31T23:00:00.000Z');
    const ended = { endedAt, toldAt: endedAt, goesOn: false, exitCode: 143, interrupted: true, stoppedItself: true };
    expect(await linesOf(sampleFigures(ended))).toEqual(
      expect.arrayContaining([
        'fleet_migrate_run_end_timestamp_seconds 1769900400',
        'fleet_migrate_run_in_progress 0',
        'fleet_migrate_run_exit_code 143',
        'fleet_migrate_run_interrupted 1',
        'fleet_migrate_run_stopped_itself 1',
      ]),
    );
  });

  it('carry the labels that they are given, with whatever is in them', async () => {
    const lines = await linesOf(sampleFigures(), { name: 'a "night"\nof\\ours' });
    expect(lines).toContain('fleet_migrate_targets{name="a \\"night\\"\\nof\\\\ours"} 254');
    expect(lines.every((line) => line.includes('name="a ') && /^[a-z_]+\{.*\} [\d.]+$/.test(line))).toBe(true);
  });

  it('have help, a type and a name as Prometheus wants them, and labels with few values', () => {
    for (const [name, { kind, help, labels }] of Object.entries(metricDefinitions)) {
      expect(name).toMatch(/^fleet_migrate_[a-z]+(?:_[a-z]+)*$/);
      expect(name.endsWith('_total')).toBe(kind === 'counter');
      expect(help).toMatch(/\.$|; .*\.$/);
      for (const label of labels)
        expect(['run', 'profile', 'dry_run', 'version', 'outcome', 'state', 'code', 'phase', 'step']).toContain(label);
    }
    expect(Object.entries(metricDefinitions).filter(([, { labels }]) => labels.includes('run' as never))).toHaveLength(
      1,
    );
  });
});
