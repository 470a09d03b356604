import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { notifyBody } from '../../../src/report/notify/notify-body.js';
import { samplePhone, sampleReport } from '../support/sample.js';

describe('the message about a run', () => {
  it('holds the run, its totals, the failures by code and the summary as text', () => {
    const report = sampleReport(
      [
        samplePhone({ outcome: 'done' }),
        samplePhone({ outcome: 'blocked', failure: failure('license-missing') }),
        samplePhone({ outcome: 'failed', failure: failure('wrong-load') }),
        samplePhone({ outcome: 'failed', failure: failure('wrong-load') }),
        samplePhone({ outcome: 'not-a-phone', failure: failure('not-a-phone') }),
      ],
      { noAnswer: { 'connect-timeout': 9 } },
    );
    expect(notifyBody(report, 'All is well.')).toEqual({
      schema: 'fleet-migrate/notify@1',
      run: report.run,
      totals: report.totals,
      failures: { 'wrong-load': 2, 'license-missing': 1 },
      text: 'All is well.',
    });
    expect(Object.keys(notifyBody(report, '').failures)).toEqual(['wrong-load', 'license-missing']);
  });

  it('counts named targets at which no phone was read', () => {
    const dark = samplePhone({ outcome: 'no-answer', failure: failure('connect-timeout'), named: true });
    const printer = samplePhone({ outcome: 'not-a-phone', failure: failure('not-a-phone'), named: true });
    const report = sampleReport([dark, dark, printer, { ...printer, named: false }]);
    expect(notifyBody(report, '').failures).toEqual({ 'connect-timeout': 2, 'not-a-phone': 1 });
  });

  it('lists no phones: their number is not bounded, a message should be', () => {
    const body = JSON.stringify(notifyBody(sampleReport(Array.from({ length: 5_000 }, () => samplePhone())), ''));
    expect(body.length).toBeLessThan(1_000);
  });
});
