import { describe, expect, it } from '@jest/globals';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import type { PhoneRecord } from '../../../src/fleet/record/phone-record.js';
import { phoneReport } from '../../../src/fleet/run/report.js';

const models = loadModels();
const facts = { family: 'multiplatform', vid: 'V31', vidSource: 'hardware-version', hardwareVersion: 'V31' } as const;

function reported(shown: Partial<PhoneFacts> | null, hint: { vid?: string } = {}): PhoneReport {
  const record = {
    ...{ address: '10.0.0.5', mac: null, eligibility: null, plan: [], changes: [], outcome: 'audited', touched: false },
    ...{ failure: null, evidence: [], startedAt: 0, durationMs: 1, nextAttemptAt: null, reported: null },
    target: { hint, named: true },
    facts: shown,
  };
  return phoneReport(record as unknown as PhoneRecord, { models });
}

describe('where the VID in a report is from', () => {
  it('is told with it', () => {
    // What a page calls its hardware version need not be the label's, and nobody shall take it for that.
    expect(reported(facts)).toMatchObject({ vid: null, vidSource: null, hardwareVersion: 'V31' });
    expect(reported(facts, { vid: '9' })).toMatchObject({ vid: 'V09', vidSource: 'inventory', hardwareVersion: 'V31' });
    expect(reported({ ...facts, family: 'enterprise', vid: 'V09', vidSource: 'udi' })).toMatchObject({
      ...{ vid: 'V09', vidSource: 'udi' },
    });
  });

  it('is nothing where there is no VID', () => {
    expect(reported({ ...facts, vid: null })).toMatchObject({ vid: null, vidSource: null });
    expect(reported(null)).toMatchObject({ vid: null, vidSource: null });
  });
});
