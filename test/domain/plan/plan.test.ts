import { describe, expect, it } from '@jest/globals';
import { type PlanStep, samePlan } from '../../../src/domain/plan/plan.js';

const upgrade: PlanStep = {
  step: 'upgrade',
  load: 'sip88xx.12-0-3MPP0001-87',
  set: { upgradeRule: 'http://10.0.0.5/sip88xx.12-0-3MPP0001-87.loads' },
};
const convert: PlanStep = {
  step: 'convert',
  load: 'sip88xx.14-2-1-0101-26',
  set: {
    upgradeRule: 'http://10.0.0.5/sip88xx.14-2-1-0101-26.loads',
    authorizationRule: 'http://10.0.0.5/$MAU_M2E.lic',
    authorizationType: 'Classic',
  },
};

describe('two plans are the same', () => {
  it('when they would write the same, whatever their notes and the order of fields', () => {
    const { upgradeRule, authorizationRule, authorizationType } = convert.set as Required<typeof convert.set>;
    const reordered = { ...convert, set: { authorizationType, authorizationRule, upgradeRule }, note: 'directly' };
    expect(samePlan([upgrade, convert], [{ ...upgrade, note: 'first' }, reordered])).toBe(true);
    expect(samePlan([], [])).toBe(true);
  });

  it.each<[string, PlanStep[]]>([
    ['a step is missing', [convert]],
    ['a step is added', [upgrade, convert, convert]],
    ['the order is another', [convert, upgrade]],
    ['the step is another', [{ ...upgrade, step: 'convert' }, convert]],
    ['the load is another', [{ ...upgrade, load: 'sip88xx.12-0-7MPP0501-123' }, convert]],
    ['no load is expected', [{ ...upgrade, load: null }, convert]],
    ['a value is another', [upgrade, { ...convert, set: { ...convert.set, authorizationType: 'WxC' } }]],
    ['a field is left out', [upgrade, { ...convert, set: { upgradeRule: convert.set.upgradeRule ?? '' } }]],
    ['a field is added', [{ ...upgrade, set: { ...upgrade.set, authorizationType: 'Classic' } }, convert]],
    ['a field is set to nothing', [{ ...upgrade, set: { ...upgrade.set, authorizationRule: '' } }, convert]],
  ])('but not when %s', (_, other) => {
    expect(samePlan([upgrade, convert], other)).toBe(false);
    expect(samePlan(other, [upgrade, convert])).toBe(false);
  });
});
