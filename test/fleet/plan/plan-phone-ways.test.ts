import { describe, expect, it } from '@jest/globals';
import type { MigrationProfile } from '../../../src/domain/plan/migration-profile.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import type { RunOptions } from '../../../src/fleet/context.js';
import { planPhone, type PlannedPhone } from '../../../src/fleet/plan/plan-phone.js';
import { bench, emptySettings, m2eLoad, mpp, mppToEnterprise, preflight, stepUpLoad } from '../support/fleet.js';

interface Case {
  facts: PhoneFacts;
  options?: Partial<RunOptions>;
}

async function judged({ facts, options = {} }: Case): Promise<PlannedPhone & { asked: string[] }> {
  const check = preflight();
  const { context } = bench({ options, preflight: check });
  return { ...(await planPhone(facts, { hint: {}, source: '--subnet' }, '10.0.0.1', context)), asked: check.asked };
}

describe('the other ways of reading a phone', () => {
  const shown = { value: stepUpLoad, where: '/admin/advanced' };
  const what = ['MAC', 'software version'];
  const agreed = [{ where: '/admin/status.xml', what }];

  it('that agree are told in the evidence', async () => {
    const { event, notes } = await judged({ facts: mpp({ witnesses: { agreed, disagreements: [] } }) });
    expect(event).toBe('plan-accepted');
    const text = '/admin/status.xml agrees with the page: MAC, software version';
    expect(notes).toEqual([{ kind: 'witnesses', text }]);
  });

  it('that show nothing are not mentioned', async () => {
    const { event, notes } = await judged({ facts: mpp({ witnesses: { agreed: [], disagreements: [] } }) });
    expect([event, notes]).toEqual(['plan-accepted', []]);
  });

  it('that disagree block it with both values and where they were read, before anything is fetched or guessed', async () => {
    const witness = { value: m2eLoad, where: '/admin/status.xml' };
    const disagreements = [{ what: 'software version', page: shown, witness }];
    for (const facts of [mpp(), mpp({ softwareVersion: 'sip88xx.11-0-1MPP-1' })]) {
      const blocked = await judged({ facts: { ...facts, witnesses: { agreed, disagreements } } });
      expect(blocked).toMatchObject({ event: 'prerequisite-missing', plan: [], asked: [] });
      expect(blocked.failure).toMatchObject({
        code: 'witnesses-disagree',
        message: `The software version is "${stepUpLoad}" in /admin/advanced, but "${m2eLoad}" in /admin/status.xml.`,
      });
    }
  });
});

describe('the ways that a profile allows', () => {
  const shownOnly = mpp({ settings: { ...emptySettings, withoutForm: true } });
  const allowing = (...ways: MigrationProfile['ways']): Case => ({
    facts: shownOnly,
    options: { profile: { ...mppToEnterprise, ways } },
  });

  it('decide whether a phone without fields to post can be written to', async () => {
    expect((await judged({ facts: shownOnly })).failure?.code).toBe('fields-missing');
    expect((await judged(allowing('full-form', 'upgrade'))).failure?.code).toBe('fields-missing');
    expect((await judged(allowing('full-form', 'xml-post'))).event).toBe('plan-accepted');
  });
});
