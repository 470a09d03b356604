import { describe, expect, it } from '@jest/globals';
import type { PlanStep } from '../../../src/domain/plan/plan.js';
import { missingFields } from '../../../src/domain/plan/page-fields.js';
import { emptyForm, mppPhone } from '../support/facts.js';

describe('the fields of a step', () => {
  const step: PlanStep = {
    step: 'convert',
    load: 'sip88xx.14-2-1-0101-26',
    set: { upgradeRule: 'http://h/l.loads', authorizationRule: 'http://h/$MAU.lic', authorizationType: 'Classic' },
  };

  it('are all there', () => {
    expect(missingFields(step, mppPhone({ settings: emptyForm }))).toBeNull();
  });

  it.each(['upgradeRule', 'authorizationRule', 'authorizationType'] as const)('include the %s', (field) => {
    const failure = missingFields(step, mppPhone({ settings: { ...emptyForm, [field]: null } }));
    expect(failure?.code).toBe('fields-missing');
    expect(failure?.message).toMatch(/rule|type/);
  });

  it('need not include what the step does not set', () => {
    const bare = { ...emptyForm, authorizationRule: null, authorizationType: null, authorizationTypesOffered: [] };
    const set = { upgradeRule: step.set.upgradeRule ?? '' };
    expect(missingFields({ ...step, set }, mppPhone({ settings: bare }))).toBeNull();
  });

  it.each([
    [['WxC'], 'type-not-offered'],
    [[], 'type-not-offered'],
    [[' classic '], undefined],
  ])('include the wanted type (the page offers %j)', (authorizationTypesOffered, code) => {
    expect(missingFields(step, mppPhone({ settings: { ...emptyForm, authorizationTypesOffered } }))?.code).toBe(code);
  });

  it('were not found at all: the reason is the reader’s where it has one', () => {
    expect(missingFields(step, mppPhone())?.code).toBe('fields-missing');
    const settingsProblem = { code: 'auth-required', message: 'm', hint: 'h' };
    expect(missingFields(step, mppPhone({ settingsProblem }))).toBe(settingsProblem);
  });

  it('are shown, but must not be posted: the same, unless a way without a form is allowed', () => {
    const settingsProblem = { code: 'form-unknown', message: 'm', hint: 'h' };
    const phone = mppPhone({ settings: { ...emptyForm, withoutForm: true }, settingsProblem });
    expect(missingFields(step, phone)).toBe(settingsProblem);
    expect(missingFields(step, phone, ['partial-form', 'resync'])).toBeNull();
  });
});
