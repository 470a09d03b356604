import { describe, expect, it } from '@jest/globals';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { assessInPlace } from '../../../src/domain/plan/eligibility.js';
import { returnWithoutLicense } from '../../../src/domain/licenses/way-back.js';
import { brokenFloor } from '../../../src/domain/plan/hardware-floor.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import { withLabelVid } from '../../../src/domain/phone/hardware.js';
import { type Load, parseLoad } from '../../../src/domain/firmware/load.js';
import { enterprisePhone, mppPhone } from '../support/facts.js';

const models = loadModels();

describe('a license for a Multiplatform phone (G8)', () => {
  it('needs the fields, which exist from 11.3(5)', () => {
    const judge = (softwareVersion: string | null) => assessInPlace(mppPhone({ softwareVersion }), 'authorize', models);
    expect(judge('sip88xx.11-3-5MPP0001-1')).toMatchObject({ verdict: 'eligible', below: null });
    expect(judge('sip88xx.11-3-4MPP0001-1')).toMatchObject({
      verdict: 'needs-upgrade',
      below: 'absolute',
      reasons: [{ rule: 'XMLREF' }],
    });
    expect(judge('?')).toMatchObject({ verdict: 'unknown' });
    expect(judge(null)).toMatchObject({ verdict: 'unknown' });
  });

  it('does not depend on the hardware version', () => {
    expect(assessInPlace(mppPhone({ model: '7821', vid: 'V25' }), 'authorize', models).verdict).toBe('eligible');
  });
});

describe.each(['authorize', 'upgrade'] as const)('to %s in place', (goal) => {
  const judge = (facts: Parameters<typeof assessInPlace>[0]) => assessInPlace(facts, goal, models);

  it('takes a Multiplatform phone of a model that has loads of ours', () => {
    expect(judge(mppPhone())).toMatchObject({ verdict: 'eligible' });
  });

  it('takes no Enterprise phone, no 6800 and no unknown model', () => {
    expect(judge(enterprisePhone())).toMatchObject({ verdict: 'ineligible', reasons: [{ rule: 'G1' }] });
    expect(judge(mppPhone({ model: '6841' }))).toMatchObject({ verdict: 'ineligible', reasons: [{ rule: 'G1' }] });
    expect(judge(mppPhone({ model: '9999' }))).toMatchObject({ verdict: 'ineligible', reasons: [{ rule: 'G2' }] });
    expect(judge(mppPhone({ model: null }))).toMatchObject({ verdict: 'unknown', reasons: [{ rule: 'G3' }] });
    expect(judge(mppPhone({ family: 'transition' }))).toMatchObject({ verdict: 'unknown', reasons: [{ rule: 'G1' }] });
  });
});

it('an upgrade in place takes firmware of any age', () => {
  expect(assessInPlace(mppPhone({ softwareVersion: 'sip88xx.11-0-1MPP-376' }), 'upgrade', models).verdict).toBe(
    'eligible',
  );
});

describe('whether a phone may return without a license (G10)', () => {
  it.each([
    ['sip88xx.12-0-3MPP0001-87', 'Classic', 'yes'],
    ['sip88xx.12-0-3MPP0001-87', 'WxC', 'yes'],
    ['sip88xx.12-0-3MPP0001-87', ' wxc\u00a0', 'yes'],
    ...['None', 'N/A', 'Expired', 'Unauthorized', '0', 'Classic (expired)'].map(
      (type) => ['sip88xx.12-0-3MPP0001-87', type, 'unknown'] as const,
    ),
    ['sip88xx.12-0-3MPP0001-87', '', 'no'],
    ['sip88xx.12-0-3MPP0001-87', ' \u00a0', 'no'],
    ['sip88xx.11-3-3MPP0001-1', 'Classic', 'yes'],
    ['sip88xx.11-3-3MPP0001-1', '', 'no'],
    ['sip88xx.11-3-2MPP0001-609', 'Classic', 'unknown'],
    ['sip88xx.11-3-2MPP0001-609', '', 'unknown'],
    ['sip88xx.12-0-3MPP0001-87', null, 'unknown'],
    ['unreadable', 'Classic', 'unknown'],
    [null, 'Classic', 'unknown'],
  ])('%s showing %j: %s', (softwareVersion, transitionAuthorizationType, expected) => {
    expect(returnWithoutLicense(mppPhone({ softwareVersion, transitionAuthorizationType }), models)).toBe(expected);
  });

  it('is no question for an Enterprise phone', () => {
    expect(returnWithoutLicense(enterprisePhone({ transitionAuthorizationType: 'Classic' }), models)).toBe('unknown');
  });
});

describe('firmware that a phone of this hardware can never run', () => {
  const load = (name: string) => parseLoad(name, models.loadNames) as Load;
  const rule = (model: string, vid: string | null, name: string) =>
    brokenFloor(mppPhone({ model, vid }), load(name), models)?.rule ?? null;

  it.each(['8811', '8841', '8851', '8851NR', '8861'])(
    '%s from V15: no Multiplatform firmware below 11.3(3) (G2)',
    (model) => {
      expect(rule(model, 'V15', 'sip88xx.11-3-2MPP0001-609')).toBe('G2');
      expect(rule(model, 'V99', 'sip88xx.11-2-3MPP-398')).toBe('G2');
      expect(rule(model, 'V14', 'sip88xx.11-3-2MPP0001-609')).toBeNull();
      expect(rule(model, 'V15', 'sip88xx.11-3-3MPP0001-1')).toBeNull();
      expect(rule(model, 'V99', 'sip88xx.11-2-3MSR1-1')).toBe('G2');
      expect(rule(model, 'V14', 'sip88xx.11-0-1-1')).toBeNull();
    },
  );

  it('7841 from V18: no Multiplatform firmware below 11.3(5), no Enterprise below 14.0(1) (RN1135)', () => {
    expect(rule('7841', 'V18', 'sip78xx.11-3-4MPP0001-1')).toBe('RN1135');
    expect(rule('7841', 'V18', 'sip78xx.11-3-5MPP0001-1')).toBeNull();
    expect(rule('7841', 'V18', 'sip78xx.12-5-1SR1-4')).toBe('RN1135');
    expect(rule('7841', 'V18', 'sip78xx.14-0-1MN-1036')).toBeNull();
    expect(rule('7841', 'V17', 'sip78xx.12-5-1SR1-4')).toBeNull();
    expect(rule('7821', 'V18', 'sip78xx.12-5-1SR1-4')).toBeNull();
  });

  it.each(['8811', '8841', '8851', '8851NR', '8861'])(
    '%s from V15: no Enterprise firmware below 12.6 (FN70546)',
    (model) => {
      expect(rule(model, 'V15', 'sip88xx.12-5-1SR3-74')).toBe('FN70546');
      expect(rule(model, 'V15', 'sip88xx.12-6-1MN-1')).toBeNull();
      expect(rule(model, 'V14', 'sip88xx.12-5-1SR3-74')).toBeNull();
    },
  );

  it.each(['7821', '7841', '7861'])('%s from V20: no Enterprise firmware below 14.0 (FN70546)', (model) => {
    expect(rule(model, 'V20', 'sip78xx.12-8-1-0001-455')).not.toBeNull();
    expect(rule(model, 'V20', 'sip78xx.14-0-1MN-1036')).toBeNull();
    expect(rule('7811', 'V20', 'sip78xx.12-5-1SR1-4')).toBeNull();
    expect(rule('7821', 'V19', 'sip78xx.12-5-1SR1-4')).toBeNull();
  });

  it.each(['8832', '8832NR'])('%s from V08: no Multiplatform firmware below 12.0(2) (FN72583)', (model) => {
    expect(rule(model, 'V08', 'sip8832.12.0.1MPP0001.245')).toBe('FN72583');
    expect(rule(model, 'V08', 'sip8832.11-2-3MPP-412')).toBe('FN72583');
    expect(rule(model, 'V08', 'sip8832.12-0-2MPP0001-116')).toBeNull();
    expect(rule(model, 'V07', 'sip8832.11-2-3MPP-412')).toBeNull();
    expect(rule('7832', 'V08', 'sip7832.11-2-3MPP-412')).toBeNull();
  });

  it('holds where the label or the page says so, and names which of them (G2)', () => {
    const told = (facts: Partial<PhoneFacts>, name = 'sip88xx.11-2-3MPP-398'): string | null =>
      brokenFloor(mppPhone({ model: '8841', ...facts }), load(name), models)?.text ?? null;
    const page = { vid: 'V31', hardwareVersion: 'V31', vidSource: 'hardware-version' } as const;
    expect(told(page)).toMatch(
      /^8841 of Hardware Version V31 \(its page\) can run no Multiplatform firmware below 11\.3\(3\)/,
    );
    expect(told(withLabelVid(mppPhone({ ...page }), { vid: '09' }))).toMatch(
      /^8841 of Hardware Version V31 \(its page\)/,
    );
    const newer = withLabelVid(mppPhone({ ...page, vid: 'V05', hardwareVersion: 'V05' }), { vid: '16' });
    expect(told(newer)).toMatch(/^8841 of VID V16 \(inventory\)/);
    expect(told(withLabelVid(mppPhone({ ...page, vid: 'V05', hardwareVersion: 'V05' }), { vid: '05' }))).toBeNull();
    expect(told({ vid: null, hardwareVersion: '41' })).toMatch(/^8841 of Hardware Version 41 \(its page\)/);
    // The revision of an Enterprise page is known to be another number.
    const enterprise = { family: 'enterprise', vid: 'V09', vidSource: 'udi', hardwareVersion: 'V31' } as const;
    expect(told(enterprise, 'sip88xx.12-5-1SR1-4')).toBeNull();
    expect(told({ ...enterprise, vid: 'V15' }, 'sip88xx.12-5-1SR1-4')).toMatch(/^8841 of VID V15 \(UDI\)/);
  });

  it('holds where only the page says that this hardware has none: its number need not be the label’s', () => {
    const page = { model: '8841', vid: 'V02', hardwareVersion: 'V02', vidSource: 'hardware-version' } as const;
    const told = (facts: PhoneFacts) => brokenFloor(facts, load('sip88xx.12-5-1SR1-4'), models)?.text ?? null;
    expect(told(mppPhone(page))).toBe(
      '8841 V15 or later can run no Enterprise firmware below 12.6(1), and its VID is not known: its Hardware Version V02 (its page) need not be that of the label; the load is 12.5(1)SR1. If the VID of the label is below V15, give it in an inventory (column vid).',
    );
    expect(told(withLabelVid(mppPhone(page), { vid: '02' }))).toBeNull();
  });

  it('holds for a phone whose hardware version is not shown: nothing is written on a guess', () => {
    expect(rule('7841', null, 'sip78xx.12-5-1SR1-4')).toBe('RN1135');
    expect(rule('8841', 'unreadable', 'sip88xx.11-2-3MPP-398')).toBe('G2');
    expect(rule('8841', null, 'sip88xx.12-0-3MPP0001-87')).toBeNull();
    expect(rule('8845', null, 'sip8845_65.11-2-3MPP-398')).toBeNull();
  });

  it('is said with hardware, floor and load', () => {
    const facts = mppPhone({ model: '8841', vid: 'V15' });
    expect(brokenFloor(facts, load('sip88xx.11-2-3MPP-398'), models)?.text).toBe(
      '8841 of VID V15 (UDI) can run no Multiplatform firmware below 11.3(3); the load is 11.2(3).',
    );
    expect(brokenFloor({ ...facts, vid: null }, load('sip88xx.11-2-3MPP-398'), models)?.text).toBe(
      '8841 V15 or later can run no Multiplatform firmware below 11.3(3), and the hardware version is not shown; the load is 11.2(3). If the VID of the label is below V15, give it in an inventory (column vid).',
    );
  });

  it('is never a load that is shipped', () => {
    for (const name of [
      'sip78xx.14-2-1-0101-26',
      'sip88xx.14-2-1-0101-26',
      'sip78xx.12-0-3MPP0001-87',
      'sip88xx.12-0-3MPP0001-87',
    ]) {
      for (const model of models.models.keys()) expect(rule(model, 'V99', name)).toBeNull();
    }
  });
});
