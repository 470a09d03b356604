import { describe, expect, it } from '@jest/globals';
import { loadMigrationProfile } from '../../../src/config/profiles/migration-profile.js';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import type { MigrationProfile } from '../../../src/domain/plan/migration-profile.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import type { PlanStep } from '../../../src/domain/plan/plan.js';
import type { PlanOptions } from '../../../src/domain/plan/plan-options.js';
import { buildSteps, loadRulesOf, nextStepOf } from '../../../src/domain/plan/steps.js';
import { familyAfter, partFor } from '../../../src/domain/plan/target.js';
import { emptyForm, enterprisePhone, mppPhone } from '../support/facts.js';

const models = loadModels();
const [toEnterprise, authorize, upgrade, toMpp] = [
  'mpp-to-enterprise',
  'authorize-mpp',
  'upgrade-mpp',
  'enterprise-to-mpp',
].map((name) => loadMigrationProfile(name, { models })) as [
  MigrationProfile,
  MigrationProfile,
  MigrationProfile,
  MigrationProfile,
];

const files = 'http://10.0.0.5:6970';
const usual: PlanOptions = { files, authorizationRule: null, allowBelowRecommended: false, stepUp: true };

/** A phone by its firmware: `new` may go directly, `old` is below the recommended, `ancient` below the absolute minimum. */
const age = {
  new: 'sip88xx.12-0-3MPP0001-87',
  old: 'sip88xx.11-3-7MPP0001-31',
  ancient: 'sip88xx.11-0-1MPP-376',
} as const;

function steps(
  facts: PhoneFacts,
  way: 'direct' | 'step-up' | 'transition',
  profile: MigrationProfile,
  options: Partial<PlanOptions> = {},
): PlanStep[] | string {
  const plan = buildSteps(facts, way, profile, { ...usual, ...options }, models);
  return 'code' in plan ? plan.code : plan;
}

describe('goals within the family', () => {
  it('set the rule and the type for a license, and load nothing', () => {
    expect(steps(mppPhone(), 'direct', authorize)).toEqual([
      { step: 'authorize', load: null, set: { authorizationRule: `${files}/$MAU.lic`, authorizationType: 'Classic' } },
    ]);
  });

  it('set the upgrade rule alone for newer firmware', () => {
    const load = 'sip88xx.12-0-3MPP0001-87';
    expect(steps(mppPhone({ softwareVersion: age.old }), 'direct', upgrade)).toEqual([
      { step: 'upgrade', load, set: { upgradeRule: `${files}/${load}.loads` } },
    ]);
  });

  it('need a rule for a license: the profile’s or the user’s', () => {
    const webex: MigrationProfile = { ...authorize, authorizationRule: null, authorizationType: 'WxC' };
    expect(steps(mppPhone(), 'direct', webex)).toBe('files-bad-url');
    expect(steps(mppPhone(), 'direct', webex, { authorizationRule: 'https://example.test/$MAU.lic' })).toEqual([
      {
        step: 'authorize',
        load: null,
        set: { authorizationRule: 'https://example.test/$MAU.lic', authorizationType: 'WxC' },
      },
    ]);
  });
});

const conversion = {
  step: 'convert',
  load: 'sip88xx.14-2-1-0101-26',
  set: {
    upgradeRule: `${files}/sip88xx.14-2-1-0101-26.loads`,
    authorizationRule: `${files}/$MAU_M2E.lic`,
    authorizationType: 'Classic',
  },
};

describe('the steps of a conversion', () => {
  it('are one, with firmware, license and type together', () => {
    expect(steps(mppPhone(), 'direct', toEnterprise)).toEqual([conversion]);
  });

  it('are two when the phone steps up first, each with its own load', () => {
    const plan = steps(mppPhone({ softwareVersion: age.ancient }), 'step-up', toEnterprise) as PlanStep[];
    expect(plan).toEqual([
      expect.objectContaining({
        step: 'upgrade',
        load: age.new,
        set: { upgradeRule: `${files}/${age.new}.loads` },
      }),
      conversion,
    ]);
    expect(plan[0]?.note).toMatch(/recommended firmware/);
  });

  it.each(['Classic', 'WxC'])('ask for no license when the phone may return without one (G10: shows %s)', (shown) => {
    const [step] = steps(mppPhone({ transitionAuthorizationType: shown }), 'direct', toEnterprise) as PlanStep[];
    expect(step?.set).toEqual({ upgradeRule: conversion.set.upgradeRule });
    expect(step?.note).toContain(shown);
  });

  it.each([
    ['it shows none', { transitionAuthorizationType: '' }],
    ['its page has no such row', { transitionAuthorizationType: null }],
    ['its firmware is too old to tell', { transitionAuthorizationType: 'Classic', softwareVersion: age.ancient }],
  ])('ask for a license when %s', (_why, shown) => {
    const [step] = steps(mppPhone(shown), 'direct', toEnterprise) as PlanStep[];
    expect(step?.set.authorizationRule).toBe(conversion.set.authorizationRule);
  });

  it('take the user’s own authorization rule instead of the profile’s', () => {
    const [step] = steps(mppPhone(), 'direct', toEnterprise, { authorizationRule: 'http://x.test/l/$MAU.lic' }) as [
      PlanStep,
    ];
    expect(step.set.authorizationRule).toBe('http://x.test/l/$MAU.lic');
  });

  it('are refused where the profile has no load for the phone', () => {
    const poor = { ...toEnterprise, loads: { sip78xx: 'sip78xx.14-2-1-0101-26' } };
    expect(steps(mppPhone(), 'direct', poor)).toBe('no-load');
    expect(steps(mppPhone({ model: null }), 'direct', toEnterprise)).toBe('no-load');
    expect(steps(mppPhone(), 'direct', { ...toEnterprise, loads: { sip88xx: 'no load at all' } })).toBe('no-load');
    expect(steps(mppPhone(), 'direct', { ...toEnterprise, upgradeRule: null })).toBe('no-load');
  });

  it('are refused where the profile, such as one kept with an earlier run, names a load of other phones', () => {
    const mixed = { ...toEnterprise, loads: { ...toEnterprise.loads, sip88xx: 'sip78xx.14-2-1-0101-26' } };
    expect(steps(mppPhone(), 'direct', mixed)).toBe('load-other-model');
    const steppingUp = { ...toEnterprise, stepUpLoads: { sip88xx: 'sip8832.12-0-3MPP0101-92' } };
    expect(steps(mppPhone({ softwareVersion: age.old }), 'step-up', steppingUp)).toBe('load-other-model');
  });

  it('are refused where a step-up load is missing, though the way straight on has one', () => {
    expect(steps(mppPhone({ softwareVersion: age.old }), 'step-up', { ...toEnterprise, stepUpLoads: {} })).toBe(
      'no-load',
    );
  });

  it.each([
    ['V18', 'hardware-floor'],
    [null, 'hardware-floor'],
    ['V17', 'convert'],
  ])('never lead below what the hardware can run (7841 %s: %s)', (vid, expected) => {
    const profile = { ...toEnterprise, loads: { sip78xx: 'sip78xx.12-5-1SR1-4' } };
    const plan = steps(mppPhone({ model: '7841', vid }), 'direct', profile);
    expect(typeof plan === 'string' ? plan : plan[0]?.step).toBe(expected);
  });

  it('are the same whenever they are built from the same facts', () => {
    const facts = mppPhone({ softwareVersion: age.old, settings: emptyForm });
    expect(steps(facts, 'step-up', toEnterprise)).toEqual(steps(facts, 'step-up', toEnterprise));
  });

  it('vary the first rule where the phone holds it already', () => {
    const held = { ...emptyForm, upgradeRule: conversion.set.upgradeRule };
    const [step] = steps(mppPhone({ settings: held }), 'direct', toEnterprise) as PlanStep[];
    expect(step?.set.upgradeRule).toBe(`${conversion.set.upgradeRule}?again=1`);
    expect(step?.set.authorizationRule).toBe(conversion.set.authorizationRule);
  });

  it('are refused where the rule the phone holds cannot be varied', () => {
    const held = { ...emptyForm, upgradeRule: 'tftp://10.0.0.5/sip88xx.14-2-1-0101-26.loads' };
    const facts = mppPhone({ settings: held });
    expect(steps(facts, 'direct', toEnterprise, { files: 'tftp://10.0.0.5' })).toBe('rule-unchanged');
  });
});

describe('a move from Enterprise', () => {
  const ucmLoads = { server: '10.0.0.5', urls: ['http://10.0.0.5:6970', 'tftp://10.0.0.5'] };
  const loads = { mpp: 'sip88xx.12-0-3MPP0001-87', enterprise: 'sip88xx.14-2-1-0101-26' };
  const license = {
    ...{ step: 'authorize', load: null },
    set: { authorizationRule: `${files}/$MAU.lic`, authorizationType: 'Classic' },
  };
  const named = (load: string) => ({ step: 'load', load, set: { phoneLoad: load, loadServer: '10.0.0.5' } });

  it('is a load named on Unified CM, then the license on the new page', () => {
    const steps = buildSteps(enterprisePhone(), 'direct', toMpp, { ...usual, ucmLoads }, models);
    expect(steps).toEqual([named(loads.mpp), license]);
  });

  it('begins with a load of its own family where it steps up, and each is watched for its family', () => {
    const steps = buildSteps(enterprisePhone(), 'step-up', toMpp, { ...usual, ucmLoads }, models) as PlanStep[];
    expect(steps.map(({ step, load }) => [step, load])).toEqual([
      ['load', loads.enterprise],
      ['load', loads.mpp],
      ['authorize', null],
    ]);
    expect(steps.map((step) => familyAfter(toMpp, step))).toEqual(['enterprise', 'multiplatform', 'multiplatform']);
  });

  it('may begin with a transition load, on which the phone itself is told the rest', () => {
    const phone = enterprisePhone({ softwareVersion: 'sip88xx.12-8-1-0101-482' });
    const steps = buildSteps(phone, 'transition', toMpp, { ...usual, ucmLoads }, models) as PlanStep[];
    expect(steps).toEqual([
      { ...named('sip88xx.TLexE2M-11-2-3C-12'), note: expect.any(String) },
      {
        ...{ step: 'convert', load: loads.mpp },
        set: { upgradeRule: `${files}/${loads.mpp}.loads`, ...license.set },
      },
      license,
    ]);
    expect(steps.map((step) => familyAfter(toMpp, step))).toEqual(['transition', 'multiplatform', 'multiplatform']);
  });

  it('names no transition load for hardware that cannot run it, or may not be able to', () => {
    for (const vid of ['V15', null]) {
      const phone = enterprisePhone({ softwareVersion: 'sip88xx.12-8-1-0101-482', vid, hardwareVersion: null });
      expect(steps(phone, 'transition', toMpp, { ucmLoads })).toBe('hardware-floor');
    }
  });

  it('goes on behind what a phone has taken meanwhile', () => {
    const steps = buildSteps(enterprisePhone(), 'transition', toMpp, { ...usual, ucmLoads }, models) as PlanStep[];
    const runs = (softwareVersion: string, family: PhoneFacts['family']): number =>
      nextStepOf(steps, 1, mppPhone({ softwareVersion, family }), toMpp);
    expect(runs('sip88xx.TLexE2M-11-2-3C-12', 'transition')).toBe(1);
    expect(runs(loads.mpp, 'multiplatform')).toBe(2);
    // Of another release nothing is proven.
    expect(runs('sip88xx.11-3-7MPP0001-31', 'multiplatform')).toBe(1);
  });

  it('names no server of its own where phones ask Unified CM itself', () => {
    const own = { ...usual, ucmLoads: { server: null, urls: ['http://cucm1:6970'] } };
    const [first] = buildSteps(enterprisePhone(), 'direct', toMpp, own, models) as PlanStep[];
    expect(first?.set).toEqual({ phoneLoad: loads.mpp });
  });

  it('is looked for where phones look, one place after the other', () => {
    expect(loadRulesOf(named(loads.mpp) as PlanStep, { ucmLoads })).toEqual([
      `http://10.0.0.5:6970/${loads.mpp}.loads`,
      `tftp://10.0.0.5/${loads.mpp}.loads`,
    ]);
    expect(loadRulesOf(license as PlanStep, { ucmLoads })).toEqual([]);
  });

  it('is only the license for a phone that runs Multiplatform firmware already', () => {
    const part = partFor('multiplatform', toMpp);
    expect(buildSteps(mppPhone({ settings: emptyForm }), 'direct', part, usual, models)).toEqual([license]);
    expect([partFor('enterprise', toMpp), partFor('multiplatform', toEnterprise)]).toEqual([toMpp, toEnterprise]);
  });
});
