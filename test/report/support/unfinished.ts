import type { UnfinishedPhone } from '../../../src/domain/report/report.js';
import { samplePhone } from './sample.js';

/** A phone that was upgrading when its run last told of it. */
export function sampleUnfinished(change: Partial<UnfinishedPhone> = {}): UnfinishedPhone {
  return {
    ...samplePhone(),
    ...{ outcome: null, failure: null, durationMs: null, nextAttemptAt: null, touched: true, state: 'upgrading' },
    ...{ writtenAt: '2026-01-31T22:15:00.000Z', toldAt: '2026-01-31T22:16:40.000Z' },
    ...change,
  };
}
