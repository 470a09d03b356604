import type { RunFigures } from '../../../../src/domain/report/run-figures.js';

/** A run under way, in figures; a test changes what it is about. */
export function sampleFigures(change: Partial<RunFigures> = {}): RunFigures {
  return {
    run: { id: '20260131-221405', profile: 'mpp-to-enterprise', dryRun: false, version: '0.1.0' },
    startedAt: Date.parse('2026-01-31T22:14:05.500Z'),
    endedAt: null,
    toldAt: Date.parse('2026-01-31T22:20:00.000Z'),
    goesOn: true,
    exitCode: null,
    interrupted: false,
    stoppedItself: false,
    targets: 254,
    byOutcome: { done: 2, failed: 1, 'no-answer': 100 },
    soFar: {
      byState: { done: 2, failed: 1, upgrading: 4, waiting: 7 },
      failures: { 'connect-timeout': 100, 'wrong-load': 1 },
      requests: 321,
      bytes: 1_234_567,
      phaseMs: { survey: 61_500, question: 250, migrate: 300_000 },
    },
    stepMs: { convert: [240_000, 400_000, 9_000_000] },
    lastSuccessAt: Date.parse('2026-01-30T23:00:00.000Z'),
    ...change,
  };
}
