import { describe, expect, it } from '@jest/globals';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import { planPhone, type PlannedPhone } from '../../../src/fleet/plan/plan-phone.js';
import type { RunOptions } from '../../../src/fleet/context.js';
import type { TargetHint } from '../../../src/inventory/target.js';
import {
  authorizeMpp,
  bench,
  emptySettings,
  enterprise,
  files,
  m2eLoad,
  mpp,
  preflight,
  stepUpLoad,
} from '../support/fleet.js';

interface Case {
  facts?: PhoneFacts;
  hint?: TargetHint;
  options?: Partial<RunOptions>;
  missing?: Parameters<typeof preflight>[0];
}

async function judged({ facts = mpp(), hint = {}, options = {}, missing = {} }: Case = {}): Promise<
  PlannedPhone & { asked: string[] }
> {
  const check = preflight(missing);
  const { context } = bench({ options, preflight: check });
  return { ...(await planPhone(facts, { hint, source: 'phones.csv:7' }, '10.0.0.1', context)), asked: check.asked };
}

it('an audit says where another phone is than the one that was named', async () => {
  const audit = { options: { profile: null } };
  const { event, failure } = await judged({ ...audit, hint: { mac: '00CCFC999999' } });
  expect([event, failure?.code]).toEqual(['audit-only', 'inventory-mismatch']);
  expect(failure?.message).toBe('phones.csv:7 names 00CCFC999999 here, the phone shows 00CCFC000001.');
  const other = await judged({ ...audit, hint: { model: '8861', from: { model: 'models.csv:3' } } });
  expect(other.failure?.message).toBe('models.csv:3 names model 8861 here, the phone shows 8841.');
  expect((await judged({ ...audit, facts: mpp({ mac: null }) })).failure).toBeUndefined();
});

const old = mpp({ softwareVersion: 'sip88xx.11-3-1MPP-398' });
const older = mpp({ softwareVersion: 'sip88xx.11-3-7MPP0001-52' });
const convert = {
  step: 'convert',
  load: m2eLoad,
  set: {
    upgradeRule: `${files}/${m2eLoad}.loads`,
    authorizationRule: `${files}/$MAU_M2E.lic`,
    authorizationType: 'Classic',
  },
};
const upgrade = expect.objectContaining({
  step: 'upgrade',
  load: stepUpLoad,
  set: { upgradeRule: `${files}/${stepUpLoad}.loads` },
});

describe('a phone that may move', () => {
  it('gets its plan, after firmware and license were fetched as the phone will', async () => {
    const { event, plan, asked, eligibility } = await judged();
    expect({ event, plan }).toEqual({ event: 'plan-accepted', plan: [convert] });
    expect(asked).toEqual([`${files}/${m2eLoad}.loads`, `${files}/00CCFC000001_M2E.lic`]);
    expect(eligibility?.verdict).toBe('eligible');
  });

  it('gets the same plan in a dry run; only the event differs', async () => {
    for (const facts of [mpp(), old, older, mpp({ transitionAuthorizationType: 'Classic' })]) {
      const real = await judged({ facts });
      const dry = await judged({ facts, options: { dryRun: true } });
      expect(real.event).toBe('plan-accepted');
      expect(dry).toEqual({ ...real, event: 'dry-run' });
    }
  });

  it('is only told about in an audit', async () => {
    const { event, plan, asked } = await judged({ options: { profile: null } });
    expect({ event, plan, asked }).toEqual({ event: 'audit-only', plan: [], asked: [] });
  });

  it('needs no license where it is authorized already (G10), so none is asked for', async () => {
    const facts = mpp({ transitionAuthorizationType: 'WxC' });
    const { event, plan, asked } = await judged({ facts, missing: { license: ['00CCFC000001'] } });
    expect(event).toBe('plan-accepted');
    expect(plan[0]?.set).toEqual({ upgradeRule: convert.set.upgradeRule });
    expect(plan[0]?.note).toContain('WxC');
    expect(asked).toEqual([`${files}/${m2eLoad}.loads`]);
  });

  it('gets a varied rule where it holds the wanted one already', async () => {
    const facts = mpp({ settings: { ...emptySettings, upgradeRule: convert.set.upgradeRule } });
    const { event, plan } = await judged({ facts });
    expect(event).toBe('plan-accepted');
    expect(plan[0]?.set.upgradeRule).toBe(`${convert.set.upgradeRule}?again=1`);
  });

  it('carries a word about a preflight that was skipped', async () => {
    const { event, asked, notes } = await judged({
      options: { skipPreflight: true },
      missing: { firmware: [m2eLoad] },
    });
    expect({ event, asked }).toEqual({ event: 'plan-accepted', asked: [] });
    expect(notes[0]?.text).toContain('--skip-preflight');
  });
});

describe('a phone below a minimum', () => {
  it.each([
    ['absolute', old],
    ['recommended', older],
  ])('steps up first (%s)', async (_, facts) => {
    expect((await judged({ facts })).plan).toEqual([upgrade, convert]);
  });

  it('is blocked with --no-step-up, by the minimum it is below', async () => {
    const options = { stepUp: false };
    expect((await judged({ facts: old, options })).failure?.code).toBe('firmware-too-old');
    expect((await judged({ facts: older, options })).failure?.code).toBe('below-recommended');
  });

  it('is blocked when the step-up load is not there', async () => {
    const missing = { firmware: [stepUpLoad] };
    expect((await judged({ facts: old, missing })).failure?.code).toBe('firmware-too-old');
    const { event, failure } = await judged({ facts: older, missing });
    expect(event).toBe('prerequisite-missing');
    expect(failure?.code).toBe('below-recommended');
    expect(failure?.message).toContain('Stepping up first is not possible');
  });

  it('goes directly between the two where that is allowed and there is no stepping up', async () => {
    const options = { allowBelowRecommended: true };
    const missing = { firmware: [stepUpLoad] };
    expect((await judged({ facts: older, options, missing })).plan).toEqual([convert]);
    expect((await judged({ facts: older, options: { ...options, stepUp: false } })).plan).toEqual([convert]);
    expect((await judged({ facts: older, options })).plan).toEqual([upgrade, convert]);
    expect((await judged({ facts: old, options, missing })).failure?.code).toBe('firmware-too-old');
  });
});

describe('every other way out', () => {
  const rows: [string, Case, string, string | undefined][] = [
    ['already Enterprise', { facts: enterprise() }, 'already-there', undefined],
    ['a model that never may', { facts: mpp({ model: '6841', productId: 'CP-6841-3PCC' }) }, 'not-allowed', undefined],
    ['no model shown', { facts: mpp({ model: null, productId: '' }) }, 'prerequisite-missing', 'eligibility-unknown'],
    ['an unreadable version', { facts: mpp({ softwareVersion: 'x' }) }, 'prerequisite-missing', 'eligibility-unknown'],
    ['a transition load', { facts: mpp({ family: 'transition' }) }, 'prerequisite-missing', 'eligibility-unknown'],
    ['no MAC shown', { facts: mpp({ mac: null }) }, 'prerequisite-missing', 'mac-unknown'],
    ['another MAC than listed', { hint: { mac: 'AABBCC000000' } }, 'prerequisite-missing', 'inventory-mismatch'],
    ['another model than listed', { hint: { model: 'CP-8851-K9' } }, 'prerequisite-missing', 'inventory-mismatch'],
    ['a listed variant that it is not', { hint: { model: '8841NR' } }, 'prerequisite-missing', 'inventory-mismatch'],
    ['upgrading already', { facts: mpp({ upgradeStatus: 'Upgrading' }) }, 'not-now', 'already-upgrading'],
    ['firmware missing', { missing: { firmware: [m2eLoad] } }, 'prerequisite-missing', 'firmware-missing'],
    ['license missing', { missing: { license: ['00CCFC000001'] } }, 'prerequisite-missing', 'license-missing'],
    ['no form', { facts: mpp({ settings: null }) }, 'prerequisite-missing', 'fields-missing'],
    [
      'no authorization field',
      { facts: mpp({ settings: { ...emptySettings, authorizationRule: null } }) },
      'prerequisite-missing',
      'fields-missing',
    ],
    [
      'the type not offered',
      { facts: mpp({ settings: { ...emptySettings, authorizationTypesOffered: ['WxC'] } }) },
      'prerequisite-missing',
      'type-not-offered',
    ],
    [
      'a macro only the phone knows',
      { options: { authorizationRule: 'http://10.9.9.9/$A.lic' } },
      'prerequisite-missing',
      'files-bad-url',
    ],
    [
      'an unchanged tftp rule',
      {
        options: { files: 'tftp://10.9.9.9', skipPreflight: true },
        facts: mpp({ settings: { ...emptySettings, upgradeRule: `tftp://10.9.9.9/${m2eLoad}.loads` } }),
      },
      'prerequisite-missing',
      'rule-unchanged',
    ],
    [
      'hardware that cannot run the load',
      {
        options: { profile: { ...bench().context.options.profile!, loads: { sip78xx: 'sip78xx.12-5-1SR1-4' } } },
        facts: mpp({
          model: '7841',
          productId: 'CP-7841-3PCC',
          vid: 'V20',
          softwareVersion: 'sip78xx.12-0-3MPP0001-87',
        }),
      },
      'prerequisite-missing',
      'hardware-floor',
    ],
    [
      'no load for it in the profile',
      { options: { profile: { ...bench().context.options.profile!, loads: {} } } },
      'prerequisite-missing',
      'no-load',
    ],
  ];

  it.each(rows)('%s', async (_, given, event, code) => {
    const result = await judged(given);
    expect({ event: result.event, code: result.failure?.code }).toEqual({ event, code });
    const dry = await judged({ ...given, options: { ...given.options, dryRun: true } });
    expect(dry).toEqual(result);
  });

  it('judges a phone by whether it may leave its family, whatever the profile', async () => {
    const verdictOf = async (given: Case): Promise<string> => {
      const { eligibility } = await judged(given);
      return `${eligibility?.direction} ${eligibility?.verdict}`;
    };
    expect(await verdictOf({ facts: enterprise({ vid: 'V15' }) })).toBe('e2m eligible');
    expect(await verdictOf({ facts: enterprise({ vid: null }) })).toBe('e2m unknown');
    const options = { profile: authorizeMpp };
    for (const type of ['', 'Classic'])
      expect(await verdictOf({ facts: mpp({ transitionAuthorizationType: type }), options })).toBe('m2e eligible');
    expect(await verdictOf({ facts: mpp({ softwareVersion: 'sip88xx.11-3-5MPP0001-1' }), options })).toBe(
      'm2e needs-upgrade',
    );
  });

  it('a phone of the other family, where the profile stays within one: that is its reason', async () => {
    const { event, failure, eligibility } = await judged({
      facts: enterprise({ vid: 'V15' }),
      options: { profile: authorizeMpp },
    });
    expect([event, failure?.code, eligibility?.verdict]).toEqual(['not-allowed', 'wrong-family', 'eligible']);
    expect(failure?.message).toBe('It runs Enterprise firmware, not Multiplatform.');
  });

  it('a model named as on an order sheet, or as people write it, is the model', async () => {
    for (const model of ['8841', 'cp-8841', 'CP-8841-3PCC-K9=', 'CP8841-K9', 'Lobby phone (Cisco 8841)'])
      expect((await judged({ hint: { model } })).event).toBe('plan-accepted');
  });
});

describe('a license alone', () => {
  it('is one step with rule and type, and no firmware', async () => {
    const options = { profile: authorizeMpp };
    const { event, plan } = await judged({ options });
    expect(event).toBe('plan-accepted');
    expect(plan).toHaveLength(1);
    expect(plan[0]).toMatchObject({ step: 'authorize', load: null });
    expect(Object.keys(plan[0]?.set ?? {}).sort()).toEqual(['authorizationRule', 'authorizationType']);
    const there = await judged({ options, facts: mpp({ transitionAuthorizationType: 'Classic' }) });
    expect(there.event).toBe('already-there');
  });
});
