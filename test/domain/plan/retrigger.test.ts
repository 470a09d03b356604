import { describe, expect, it } from '@jest/globals';
import type { UpgradeSettings } from '../../../src/domain/phone/facts.js';
import type { PlanStep } from '../../../src/domain/plan/plan.js';
import { retriggered } from '../../../src/domain/plan/retrigger.js';

const rule = 'http://10.0.0.5:6970/sip88xx.14-2-1-0101-26.loads';
const license = 'http://10.0.0.5:6970/$MAU_M2E.lic';
const endings = { http: '?again={n}', https: '?again={n}' };

function step(set: PlanStep['set'] = { upgradeRule: rule, authorizationRule: license, authorizationType: 'Classic' }) {
  return { step: 'convert', load: 'sip88xx.14-2-1-0101-26', set } as const satisfies PlanStep;
}

function holding(settings: Partial<UpgradeSettings>): UpgradeSettings {
  return {
    upgradeRule: '',
    authorizationRule: '',
    authorizationType: 'Classic',
    authorizationTypesOffered: [],
    ...settings,
  };
}

/** The rule that is set on a phone which holds `held`, or the failure's code. */
function after(held: string | null, wanted = rule, of: Record<string, string> = endings): string | undefined {
  const result = retriggered(step({ upgradeRule: wanted }), holding({ upgradeRule: held }), of);
  return 'code' in result ? result.code : result.set.upgradeRule;
}

describe('a rule the phone already holds', () => {
  it.each([
    ['holds it', rule, `${rule}?again=1`],
    ['holds it with blanks around it', `  ${rule} `, `${rule}?again=1`],
    ['holds it varied once', `${rule}?again=1`, `${rule}?again=2`],
    ['holds it varied often', `${rule}?again=41`, `${rule}?again=42`],
  ])('is varied so that it is evaluated again: it %s', (_how, held, expected) => {
    expect(after(held)).toBe(expected);
  });

  it.each([
    ['holds nothing', ''],
    ['has no such field', null],
    ['holds another', 'http://10.0.0.5:6970/sip88xx.12-0-3MPP0001-87.loads'],
    ['holds a longer one', `${rule}.old`],
    ['holds it with another query', `${rule}?x=1`],
    ['holds it with something that is no number', `${rule}?again=soon`],
  ])('is set as it is when the phone %s', (_how, held) => {
    expect(after(held)).toBe(rule);
  });

  it('continues a query that it has of its own', () => {
    const own = 'https://h/load.loads?site=7';
    expect(after(own, own)).toBe(`${own}&again=1`);
    expect(after(`${own}&again=1`, own)).toBe(`${own}&again=2`);
  });

  it('cannot be varied where the scheme has no harmless ending', () => {
    expect(after('tftp://h/x.loads', 'tftp://h/x.loads')).toBe('rule-unchanged');
    expect(after('/x.loads', '/x.loads')).toBe('rule-unchanged');
    expect(after('tftp://h/other.loads', 'tftp://h/x.loads')).toBe('tftp://h/x.loads');
  });

  it('may have text behind the number, too', () => {
    const of = { http: '?n={n}&end' };
    expect(after(rule, rule, of)).toBe(`${rule}?n=1&end`);
    expect(after(`${rule}?n=7&end`, rule, of)).toBe(`${rule}?n=8&end`);
  });
});

describe('a step with two rules', () => {
  it('varies only the one that is held, and leaves the type alone', () => {
    expect(retriggered(step(), holding({ authorizationRule: license }), endings)).toMatchObject({
      set: { upgradeRule: rule, authorizationRule: `${license}?again=1`, authorizationType: 'Classic' },
    });
  });

  it('says once why, behind what it said before', () => {
    const held = holding({ upgradeRule: rule, authorizationRule: license });
    const [bare, noted] = [step(), { ...step(), note: 'First step.' }].map(
      (one) => (retriggered(one, held, endings) as PlanStep).note,
    );
    expect(bare).toBe('The rule was already set: its URL is varied so that the phone evaluates it again.');
    expect(noted).toBe(`First step. ${bare}`);
  });

  it('stays the same object when there is nothing to vary', () => {
    const unchanged = step();
    expect(retriggered(unchanged, holding({}), endings)).toBe(unchanged);
  });
});
