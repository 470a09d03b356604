import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { figuresSoFar } from '../../../src/fleet/run/figures.js';
import { PhoneRecord } from '../../../src/fleet/record/phone-record.js';
import { newSurvey } from '../../../src/fleet/survey/found.js';
import { samplePhone } from '../../report/support/sample.js';
import { FakeClock } from '../support/fake-clock.js';

const clock = new FakeClock();
const record = (): PhoneRecord =>
  new PhoneRecord({ address: '10.0.0.1', hint: {}, scope: '', named: false, source: '' }, clock, { notify: () => {} });

describe('what a run has done so far', () => {
  it('counts each target once: read, being read, and only counted', () => {
    const [blocked, open, before] = [record(), record(), record()];
    blocked.advance('phone-there');
    blocked.advance('prerequisite-missing', failure('license-missing', 'none'));
    Object.assign(blocked.traffic, { requests: 3, bytes: 100 });
    open.advance('phone-there');
    Object.assign(open.traffic, { requests: 1, bytes: 20 });
    before.reported = samplePhone({ requests: 10, bytes: 1_000 });
    const survey = {
      ...newSurvey(),
      records: [blocked, before],
      open: new Set([open]),
      noAnswerByCode: new Map([['connect-timeout', 9]]),
    };
    expect(figuresSoFar({ survey, since: {} }, clock)).toEqual({
      byState: { blocked: 1, target: 1, identified: 1 },
      failures: { 'connect-timeout': 9, 'license-missing': 1 },
      ...{ requests: 14, bytes: 1_120 },
      phaseMs: {},
    });
  });

  it('tells how long each phase took, the last one until now', async () => {
    const now = clock.monotonic();
    await clock.pass(10_000);
    const since = { survey: now, migrate: now + 4_000 };
    expect(figuresSoFar({ survey: newSurvey(), since }, clock).phaseMs).toEqual({ survey: 4_000, migrate: 6_000 });
  });
});
