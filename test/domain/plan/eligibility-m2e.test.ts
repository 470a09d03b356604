import { describe, expect, it } from '@jest/globals';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { assess, type ExtraMinimums, naturalDirection } from '../../../src/domain/plan/eligibility.js';
import { type FirmwareVersion, parseVersion } from '../../../src/domain/firmware/version.js';
import type { DirectionRule, Models } from '../../../src/domain/phone/models.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import { enterprisePhone, mppPhone } from '../support/facts.js';

const models = loadModels();

function version(text: string): FirmwareVersion {
  return parseVersion(text) as FirmwareVersion;
}

/** Verdict, what it is below, and the rules it rests on, as `needs-upgrade recommended G5`. */
function verdict(facts: PhoneFacts, extra?: ExtraMinimums): string {
  const { verdict: word, below, reasons } = assess(facts, 'm2e', models, extra);
  return [word, ...(below === null ? [] : [below]), ...reasons.map(({ rule }) => rule)].join(' ');
}

describe('from Multiplatform to Enterprise: model (G2)', () => {
  it.each([
    ['7811', 'sip78xx'],
    ['7821', 'sip78xx'],
    ['7841', 'sip78xx'],
    ['7861', 'sip78xx'],
    ['7832', 'sip7832'],
    ['8811', 'sip88xx'],
    ['8841', 'sip88xx'],
    ['8851', 'sip88xx'],
    ['8851NR', 'sip88xx'],
    ['8861', 'sip88xx'],
    ['8845', 'sip8845_65'],
    ['8865', 'sip8845_65'],
    ['8865NR', 'sip8845_65'],
  ])('%s may, whatever its hardware version, shown or not', (model, loadFamily) => {
    for (const vid of [null, 'V00', 'V01', 'V24', 'V25']) {
      const facts = mppPhone({ model, vid, softwareVersion: `${loadFamily}.12-0-3MPP0001-87` });
      expect(verdict(facts)).toBe('eligible G2 G5');
    }
  });

  it.each(['8832', '8832NR'])('%s may', (model) => {
    expect(verdict(mppPhone({ model, softwareVersion: 'sip8832.12-0-3MPP0101-92' }))).toBe('eligible G2 G5');
  });

  it.each(['6821', '6841', '6851', '6861', '6871'])('%s runs Multiplatform firmware only (G1)', (model) => {
    expect(verdict(mppPhone({ model }))).toBe('ineligible G1');
  });

  it.each(['8821', '8831'])('%s never', (model) => {
    expect(verdict(mppPhone({ model }))).toBe('ineligible G2');
  });

  it('a hardware range in the data holds here too: not shown is unknown, outside is ineligible', () => {
    const m2e: DirectionRule = { allowed: true, rule: 'G2', vidFrom: 3, source: 'test', asOf: '2026-11-22' };
    const rule = models.models.get('8841');
    const ranged: Models = { ...models, models: new Map([['8841', { ...rule!, m2e }]]) };
    expect(assess(mppPhone(), 'm2e', ranged).verdict).toBe('unknown');
    expect(assess(mppPhone({ vid: 'V02' }), 'm2e', ranged).verdict).toBe('ineligible');
    expect(assess(mppPhone({ vid: 'V03' }), 'm2e', ranged).verdict).toBe('eligible');
  });
});

describe('from Multiplatform to Enterprise: firmware (G5, M2E-1)', () => {
  it.each([
    ['sip88xx.10-4-1MPP-10', 'needs-upgrade absolute M2E-1'],
    ['sip88xx.11-2-3MPP-398', 'needs-upgrade absolute M2E-1'],
    ['sip88xx.11-3-4MPP0001-1', 'needs-upgrade absolute M2E-1'],
    ['sip88xx.11-3-5MPP0001-1', 'needs-upgrade recommended G5'],
    ['sip88xx.12-0-2MPP0001-1', 'needs-upgrade recommended G5'],
    ['sip88xx.12-0-3MPP0001-87', 'eligible G2 G5'],
    ['sip88xx.12-0-7MPP0501-123', 'eligible G2 G5'],
    ['unreadable', 'unknown G5'],
    [null, 'unknown G5'],
  ])('8841 on %s: %s', (softwareVersion, expected) => {
    expect(verdict(mppPhone({ softwareVersion }))).toBe(expected);
  });

  it.each([
    ['8832', 'sip8832.12-0-3MPP0001-87', 'needs-upgrade absolute G5'],
    ['8832NR', 'sip8832.12-0-3MPP0001-87', 'needs-upgrade absolute G5'],
    ['8832', 'sip8832.11-3-7MPP0001-272', 'needs-upgrade absolute G5'],
    ['8832', 'sip8832.12-0-3MPP0101-92', 'eligible G2 G5'],
    ['7832', 'sip7832.12-0-3MPP0001-87', 'eligible G2 G5'],
  ])('%s on %s: %s (12.0(3)SR1 is for the 8832 alone)', (model, softwareVersion, expected) => {
    expect(verdict(mppPhone({ model, softwareVersion }))).toBe(expected);
  });

  it('says from what to what', () => {
    const { reasons } = assess(mppPhone({ softwareVersion: 'sip88xx.11-2-3MPP-398' }), 'm2e', models);
    expect(reasons[0]?.text).toBe('It runs 11.2(3); at least 11.3(5) is required (below it there is no direct way).');
  });
});

describe("a profile's own minimums", () => {
  it('hold when they are stricter', () => {
    const facts = mppPhone({ softwareVersion: 'sip88xx.12-0-3MPP0001-87' });
    expect(verdict(facts, { absolute: null, recommended: version('12.0(7)') })).toBe(
      'needs-upgrade recommended profile',
    );
    expect(verdict(facts, { absolute: version('12.0(4)'), recommended: null })).toBe('needs-upgrade absolute profile');
  });

  it('change nothing when they are laxer or the same', () => {
    const old = mppPhone({ softwareVersion: 'sip88xx.11-2-3MPP-398' });
    const middle = mppPhone({ softwareVersion: 'sip88xx.11-3-5MPP0001-1' });
    const lax = { absolute: version('11.0(1)'), recommended: version('11.3(5)') };
    const same = { absolute: version('11.3(5)'), recommended: version('12.0(3)') };
    for (const extra of [lax, same]) {
      expect(verdict(old, extra)).toBe('needs-upgrade absolute M2E-1');
      expect(verdict(middle, extra)).toBe('needs-upgrade recommended G5');
    }
  });

  it('do not lower the exception of a load family', () => {
    const facts = mppPhone({ model: '8832', softwareVersion: 'sip8832.12-0-3MPP0001-87' });
    expect(verdict(facts, { absolute: null, recommended: version('12.0(3)') })).toBe('needs-upgrade absolute G5');
  });
});

describe('from Multiplatform to Enterprise: what the phone runs now (G1)', () => {
  it('an Enterprise phone is there already, also when its hardware version is not shown', () => {
    expect(verdict(enterprisePhone())).toBe('ineligible G1');
    expect(verdict(enterprisePhone({ vid: null }))).toBe('ineligible G1');
  });

  it('a phone on a transition load is unknown', () => {
    expect(verdict(mppPhone({ family: 'transition' }))).toBe('unknown G1');
  });
});

it('the natural direction leads away from the family a phone runs', () => {
  expect(naturalDirection('enterprise')).toBe('e2m');
  expect(naturalDirection('multiplatform')).toBe('m2e');
  expect(naturalDirection('transition')).toBe('e2m');
});
