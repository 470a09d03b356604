import { describe, expect, it } from '@jest/globals';
import type { LicensePlan } from '../../../src/domain/licenses/plan.js';
import { renderPlan, renderPlanCsv, renderPlanJson } from '../../../src/report/licenses/plan-text.js';

const plan: LicensePlan = {
  schema: 'fleet-migrate/licenses@1',
  direction: 'e2m',
  from: { run: '20261128-1' },
  orders: [{ sku: 'L-CP-E2M-88XX-CNV=', supportSku: 'CON-SW-LCPE2M8V', needed: 3, held: 1, toOrder: 2 }],
  notNeeded: 0,
  missing: [{ address: '10.0.0.3', mac: null, missing: ['mac', 'vid'], unread: 'No response.' }],
  phones: [
    {
      ...{ address: '10.0.0.1', mac: '00CCFC000001', productId: 'CP-8841-K9', vid: 'V05', serial: '=1+1' },
      ...{ sku: 'L-CP-E2M-88XX-CNV=', state: 'needed', replaces: '00CCFCFFFFFF' },
    },
    {
      ...{ address: '10.0.0.3', mac: null, productId: 'CP-8841-K9', vid: null, serial: null },
      ...{ sku: 'L-CP-E2M-88XX-CNV=', state: 'unknown', replaces: null },
    },
  ],
  left: { otherFamily: 2, neverMove: [{ address: '10.0.0.9', mac: '00CCFC000009', reason: 'Never. (G2)' }] },
  ...{ untold: 0, familyUnknown: 0, unidentified: 0, notAmong: 4 },
};

describe('a license plan for people', () => {
  const text = renderPlan(plan);

  it('has a line for each order number', () => {
    expect(text).toMatch(/^order number +its support +needed +held +to order$/m);
    expect(text).toMatch(/^L-CP-E2M-88XX-CNV= +CON-SW-LCPE2M8V +3 +1 +2$/m);
  });

  it('says what is missing, and how to get it', () => {
    expect(text).toMatch(/^For 1 phone no license can be ordered yet:$/m);
    expect(text).toMatch(/^ {2}10\.0\.0\.3 +MAC, VID not known: No response\.$/m);
    expect(text).toMatch(/The VID: an audit reads it off an Enterprise phone/);
    expect(text).toMatch(/The MAC: read the phone/);
    expect(text).not.toMatch(/The PID:/);
  });

  it('says who needs none: customers of Webex Calling, phones that never move, phones of the other family', () => {
    expect(text).toMatch(/Control Hub makes them[^]*\(G12\)[^]*Cloud Upgrader/);
    expect(renderPlan({ ...plan, direction: 'm2e' })).not.toMatch(/Control Hub/);
    expect(text).toMatch(/10\.0\.0\.9 +00CCFC000009 +Never\. \(G2\)/);
    expect(text).toMatch(/2 phones run Multiplatform firmware already and do not count/);
    expect(text).toMatch(/4 phones of earlier runs are not among these/);
    expect(renderPlan({ ...plan, notNeeded: 1 })).toMatch(/1 phone may return to Enterprise without a license \(G10\)/);
  });

  it('sends the owner of a replacement to licensing', () => {
    expect(text.replace(/\s+/g, ' ')).toContain(
      '00CCFC000001 stands where 00CCFCFFFFFF was, whose license is held: it cannot be used for another phone. If one replaces the other, ask Cisco licensing for a new license (G4)',
    );
  });

  it('says that none is needed only where nothing is missing, and that rows name no phone', () => {
    const none = { ...plan, orders: [], phones: [] };
    expect(renderPlan({ ...none, missing: [] })).toMatch(/^No license is needed\.$/m);
    expect(renderPlan(none)).toMatch(/^What is needed cannot be counted yet\.$/m);
    expect(renderPlan({ ...plan, unidentified: 2 }).replace(/\s+/g, ' ')).toContain(
      '2 rows of the lists may be phones, and do not say which',
    );
  });

  it('shows the first of many', () => {
    const missing = Array.from({ length: 30 }, (_, nth) => ({
      ...plan.missing[0],
      address: `10.0.1.${nth}`,
    })) as LicensePlan['missing'];
    expect(renderPlan({ ...plan, missing })).toMatch(/… and 10 more \(--output json lists all\)\./);
  });
});

describe('a license plan for programs', () => {
  it('is JSON of its schema, with the same notes', () => {
    const { notes, ...rest } = JSON.parse(renderPlanJson(plan)) as { notes: string[] };
    expect(rest).toEqual(plan);
    expect(notes.join()).toContain('Control Hub');
  });

  it('is CSV, one line per phone, in which no phone writes a formula', () => {
    expect(renderPlanCsv(plan).split('\r\n')).toEqual([
      'address,mac,productId,vid,serial,sku,state,replaces,missing',
      "10.0.0.1,00CCFC000001,CP-8841-K9,V05,'=1+1,L-CP-E2M-88XX-CNV=,needed,00CCFCFFFFFF,",
      '10.0.0.3,,CP-8841-K9,,,L-CP-E2M-88XX-CNV=,unknown,,mac | vid',
      '',
    ]);
  });
});
