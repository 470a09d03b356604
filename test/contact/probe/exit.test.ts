import { describe, expect, it } from '@jest/globals';
import { encounterFrom } from '../../../src/contact/capture/open.js';
import { describeEncounter } from '../../../src/contact/probe/describe.js';
import { isUnderstood } from '../../../src/contact/probe/exit.js';
import type { ProbeReport } from '../../../src/contact/probe/probe-report.js';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { profiles } from '../support/meet.js';

async function captured(): Promise<ProbeReport> {
  const encounter = await encounterFrom('test/captures/simulated-8845-12-0-7-login-form.zip', {
    profiles,
    clock: systemClock,
  });
  return describeEncounter(encounter, profiles, '0.0.0');
}

describe('a phone is understood', () => {
  it('where its MAC and a setting were read and nothing speaks against them', async () => {
    expect(isUnderstood(await captured())).toBe(true);
  });

  it('and not where one of them was not, or a label is only nearly known', async () => {
    const report = await captured();
    const without = (change: Partial<ProbeReport>): boolean => isUnderstood({ ...report, ...change });
    expect(without({ facts: report.facts.filter(({ name }) => name !== 'MAC') })).toBe(false);
    expect(without({ settings: report.settings.map((one) => ({ ...one, value: null })) })).toBe(false);
    expect(without({ crossCheck: { agreed: [], disagreements: ['the serial numbers differ'] } })).toBe(false);
    expect(without({ didYouMean: [{ shown: 'Upgrad Rule', meant: 'Upgrade Rule', page: '/admin/advanced' }] })).toBe(
      false,
    );
    expect(without({ result: 'unreadable' })).toBe(false);
  });
});
