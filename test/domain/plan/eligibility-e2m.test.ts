import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { assess } from '../../../src/domain/plan/eligibility.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import { enterprisePhone, mppPhone } from '../support/facts.js';

const models = loadModels();

/** Verdict and the rules it rests on, as `eligible G2 G5`. */
function verdict(facts: PhoneFacts): string {
  const { verdict: word, reasons } = assess(facts, 'e2m', models);
  return [word, ...reasons.map(({ rule }) => rule)].join(' ');
}

describe('from Enterprise to Multiplatform: model and hardware version (G2)', () => {
  it.each([
    ['7811', 'V00', 'eligible'],
    ['7821', 'V02', 'ineligible'],
    ['7821', 'V03', 'eligible'],
    ['7821', 'V24', 'eligible'],
    ['7821', 'V25', 'ineligible'],
    ['7841', 'V03', 'ineligible'],
    ['7841', 'V04', 'eligible'],
    ['7841', 'V18', 'eligible'],
    ['7861', 'V02', 'ineligible'],
    ['7861', 'V03', 'eligible'],
    ['7861', 'V25', 'eligible'],
    ['7832', 'V00', 'eligible'],
    ['8811', 'V01', 'eligible'],
    ['8841', 'V01', 'eligible'],
    ['8841', 'V15', 'eligible'],
    ['8851', 'V01', 'eligible'],
    ['8851NR', 'V01', 'eligible'],
    ['8861', 'V01', 'eligible'],
    ['8832', 'V08', 'eligible'],
    ['8832NR', 'V01', 'eligible'],
    ['8845', 'V00', 'eligible'],
    ['8865', 'V01', 'eligible'],
    ['8865NR', 'V01', 'eligible'],
  ])('%s %s is %s', (model, vid, expected) => {
    expect(verdict(enterprisePhone({ model, vid }))).toBe(expected === 'eligible' ? 'eligible G2 G5' : 'ineligible G2');
  });

  it.each(['8821', '8831'])('%s never', (model) => {
    expect(verdict(enterprisePhone({ model }))).toBe('ineligible G2');
  });

  it('a model that is in no list may not', () => {
    expect(verdict(enterprisePhone({ model: '7960' }))).toBe('ineligible G2');
  });

  it('a phone whose model is not shown is unknown', () => {
    expect(verdict(enterprisePhone({ model: null, productId: 'CP-X' }))).toBe('unknown G3');
    expect(verdict(enterprisePhone({ model: null, productId: null }))).toBe('unknown G3');
  });

  it('names the range and the hardware that is out of it', () => {
    const { reasons } = assess(enterprisePhone({ model: '7821', vid: 'V25' }), 'e2m', models);
    expect(reasons).toEqual([{ rule: 'G2', text: '7821 may move as V03 to V24; this one is VID V25 (UDI).' }]);
  });

  it.each([...models.models.keys()])('%s of unknown hardware is never eligible (G3)', (model) => {
    const vids = fc.oneof(
      fc.constant(null),
      fc.string().filter((text) => !/^\s*V\d{1,3}\s*$/i.test(text)),
    );
    fc.assert(
      fc.property(vids, fc.constantFrom('enterprise', 'multiplatform', 'transition'), (vid, family) => {
        expect(assess(enterprisePhone({ model, vid, family }), 'e2m', models).verdict).not.toBe('eligible');
      }),
    );
    if (models.models.get(model)?.e2m.allowed)
      expect(verdict(enterprisePhone({ model, vid: null }))).toBe('unknown G3');
  });
});

describe('from Enterprise to Multiplatform: firmware (G5)', () => {
  it.each([
    ['sip88xx.12-0-1MN-113', 'needs-upgrade E2M-1', 'absolute'],
    ['sip88xx.12-5-1-4', 'needs-upgrade G5', 'recommended'],
    ['sip88xx.14-0-1MN-1036', 'needs-upgrade G5', 'recommended'],
    ['sip88xx.14-2-1-0001-1', 'needs-upgrade G5', 'recommended'],
    ['sip88xx.14-2-1-0101-26', 'eligible G2 G5', null],
    ['sip88xx.14-3-1-0201-246', 'eligible G2 G5', null],
    ['SCCP 1.2.2.6', 'unknown G5', null],
    [null, 'unknown G5', null],
  ])('%s: %s', (softwareVersion, expected, below) => {
    const facts = enterprisePhone({ softwareVersion });
    expect(verdict(facts)).toBe(expected);
    expect(assess(facts, 'e2m', models).below).toBe(below);
  });
});

describe('from Enterprise to Multiplatform: what the phone runs now (G1)', () => {
  it('a Multiplatform phone is there already, also when its hardware version is not shown', () => {
    expect(verdict(mppPhone())).toBe('ineligible G1');
  });

  it('a phone on a transition load is unknown', () => {
    expect(verdict(mppPhone({ family: 'transition', softwareVersion: 'sip88xx.TLexE2M-11-2-3C-12' }))).toBe(
      'unknown G1',
    );
  });
});

describe('warnings before a move to Multiplatform', () => {
  function warned(facts: PhoneFacts): string[] {
    return assess(facts, 'e2m', models).warnings.map(({ rule }) => rule);
  }

  it.each(['8832', '8832NR'])('%s loses Wi-Fi and daisy chain (G2)', (model) => {
    expect(assess(enterprisePhone({ model }), 'e2m', models).warnings).toEqual([
      { rule: 'G2', text: 'Wi-Fi and daisy chain are not supported on it with Multiplatform firmware.' },
    ]);
  });

  it.each([
    ['8811', 'V14', ['FN74296']],
    ['8841', 'V14', ['FN74296']],
    ['8851', 'V14', ['FN74296']],
    ['8851NR', 'V14', ['FN74296']],
    ['8861', 'V14', ['FN74296']],
    ['8861', 'V15', []],
    ['8841', 'V15', []],
    ['8841', null, ['FN74296']],
    ['8845', 'V20', ['FN74296']],
    ['8865', 'V01', ['FN74296']],
    ['8865NR', 'V01', ['FN74296']],
    ['7841', 'V04', []],
  ])('%s %s: %j (field notice 74296)', (model, vid, expected) => {
    expect(warned(enterprisePhone({ model, vid }))).toEqual(expected);
  });

  it('are not given for the other direction', () => {
    expect(assess(mppPhone({ model: '8832', vid: 'V01' }), 'm2e', models).warnings).toEqual([]);
  });
});
