import { describe, expect, it } from '@jest/globals';
import { loadMigrationProfile } from '../../../src/config/profiles/migration-profile.js';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { assess, assessInPlace } from '../../../src/domain/plan/eligibility.js';
import type { MigrationProfile } from '../../../src/domain/plan/migration-profile.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import type { PlanOptions } from '../../../src/domain/plan/plan-options.js';
import { alreadyThere, chooseRoute } from '../../../src/domain/plan/route.js';
import { enterprisePhone, mppPhone } from '../support/facts.js';

const models = loadModels();
const [toEnterprise, toMpp, authorize, upgrade] = [
  'mpp-to-enterprise',
  'enterprise-to-mpp',
  'authorize-mpp',
  'upgrade-mpp',
].map((name) => loadMigrationProfile(name, { models })) as [
  MigrationProfile,
  MigrationProfile,
  MigrationProfile,
  MigrationProfile,
];

const usual: PlanOptions = {
  files: 'http://10.0.0.5:6970',
  authorizationRule: null,
  allowBelowRecommended: false,
  stepUp: true,
};

/** A phone by its firmware: `new` may go directly, `old` is below the recommended, `ancient` below the absolute minimum. */
const age = {
  new: 'sip88xx.12-0-3MPP0001-87',
  old: 'sip88xx.11-3-7MPP0001-31',
  ancient: 'sip88xx.11-0-1MPP-376',
} as const;

/** The route in short: `already-there`, or its kind, then the failure's code or `or direct`. */
function route(facts: PhoneFacts, profile: MigrationProfile, options: Partial<PlanOptions> = {}): string {
  if (alreadyThere(facts, profile, models) !== null) return 'already-there';
  const eligibility =
    profile.goal === 'convert' && profile.direction !== 'none'
      ? assess(facts, profile.direction, models, profile.requires)
      : assessInPlace(facts, profile.goal === 'authorize' ? 'authorize' : 'upgrade', models);
  const chosen = chooseRoute(facts, eligibility, profile, { ...usual, ...options }, models);
  if (chosen.kind === 'blocked') return `blocked ${chosen.failure.code}`;
  return chosen.kind === 'step-up' && chosen.otherwise ? `step-up or ${chosen.otherwise}` : chosen.kind;
}

describe('the way of an Enterprise phone that is to become Multiplatform', () => {
  it.each([
    ['14.2(1)SR1', 'sip88xx.14-2-1-0101-26', {}, 'direct'],
    ['14.1', 'sip88xx.14-1-1MN-366', {}, 'step-up'],
    ['14.1', 'sip88xx.14-1-1MN-366', { allowBelowRecommended: true }, 'step-up or direct'],
    ['14.0', 'sip88xx.14-0-1-0001-91', {}, 'step-up or transition'],
    ['14.0', 'sip88xx.14-0-1-0001-91', { allowBelowRecommended: true }, 'step-up or transition'],
    ['12.5(1)', 'sip88xx.12-5-1SR1-4', {}, 'step-up or transition'],
    ['12.5(1)', 'sip88xx.12-5-1SR1-4', { stepUp: false }, 'blocked firmware-too-old'],
    ['11.7', 'sip88xx.11-7-1-17', {}, 'step-up'],
  ] as const)('from %s (%s), %j: %s', (_release, softwareVersion, options, expected) => {
    expect(route(enterprisePhone({ softwareVersion }), toMpp, options)).toBe(expected);
  });

  it('is not over a transition load where the profile names none for its model', () => {
    const phone = enterprisePhone({ softwareVersion: 'sip88xx.12-5-1SR1-4' });
    expect(route(phone, { ...toMpp, transitionLoads: {} })).toBe('step-up');
  });
});

describe('the way of a phone that is to be converted', () => {
  it.each([
    ['new', {}, 'direct'],
    ['new', { stepUp: false }, 'direct'],
    ['new', { allowBelowRecommended: true }, 'direct'],
    ['old', {}, 'step-up'],
    ['old', { allowBelowRecommended: true }, 'step-up or direct'],
    ['old', { stepUp: false }, 'blocked below-recommended'],
    ['old', { stepUp: false, allowBelowRecommended: true }, 'direct'],
    ['ancient', {}, 'step-up'],
    ['ancient', { allowBelowRecommended: true }, 'step-up'],
    ['ancient', { stepUp: false }, 'blocked firmware-too-old'],
    ['ancient', { stepUp: false, allowBelowRecommended: true }, 'blocked firmware-too-old'],
  ] as const)('%s firmware, %j: %s', (firmware, options, expected) => {
    expect(route(mppPhone({ softwareVersion: age[firmware] }), toEnterprise, options)).toBe(expected);
  });

  it('is not gone by a phone that may not move, nor by one that does not show what must be known', () => {
    expect(route(mppPhone({ model: '8831' }), toEnterprise)).toBe('not-allowed');
    expect(route(mppPhone({ softwareVersion: null }), toEnterprise)).toBe('blocked eligibility-unknown');
    expect(route(mppPhone({ family: 'transition' }), toEnterprise)).toBe('blocked eligibility-unknown');
  });
});

describe('a phone that is there already', () => {
  it('runs the other family, where that is the goal, whatever its load', () => {
    expect(route(enterprisePhone(), toEnterprise)).toBe('already-there');
    expect(route(enterprisePhone({ softwareVersion: 'sip88xx.12-5-1SR1-4' }), toEnterprise)).toBe('already-there');
  });

  it.each([
    ['Classic', 'already-there'],
    ['classic ', 'already-there'],
    ['WxC', 'direct'],
    ['', 'direct'],
    [null, 'direct'],
  ])('shows the wanted authorization, where that is the goal (%j: %s)', (shown, expected) => {
    expect(route(mppPhone({ transitionAuthorizationType: shown }), authorize)).toBe(expected);
  });

  it('never counts as authorized by what the select of the form says', () => {
    const settings = {
      upgradeRule: '',
      authorizationRule: '',
      authorizationType: 'Classic',
      authorizationTypesOffered: ['Classic', 'WxC'],
    };
    expect(route(mppPhone({ settings }), authorize)).toBe('direct');
  });

  it.each([
    ['sip88xx.12-0-3MPP0001-87', 'already-there'],
    ['sip88xx.12-0-4MPP0001-10', 'already-there'],
    ['sip88xx.12-0-3MPP0001-86', 'direct'],
    ['sip88xx.11-3-7MPP0001-31', 'direct'],
  ])('runs the wanted firmware or newer, where that is the goal (%s: %s)', (softwareVersion, expected) => {
    expect(route(mppPhone({ softwareVersion }), upgrade)).toBe(expected);
  });

  it('is not an Enterprise phone, where the goal stays within Multiplatform', () => {
    expect(route(enterprisePhone(), upgrade)).toBe('not-allowed');
    expect(route(enterprisePhone(), authorize)).toBe('not-allowed');
  });
});

describe('a goal within the family', () => {
  it('has no step-up: firmware without the fields is too old for a license', () => {
    expect(route(mppPhone({ softwareVersion: age.ancient }), authorize)).toBe('blocked firmware-too-old');
  });
});
