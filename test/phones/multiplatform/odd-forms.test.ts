import { afterEach, describe, expect, it } from '@jest/globals';
import { missingFields } from '../../../src/domain/plan/page-fields.js';
import type { FormValues, PlanStep } from '../../../src/domain/plan/plan.js';
import { MARKUP } from '../../../src/simulator/behavior/markup.js';
import { HTML_DIALECTS } from '../../../src/simulator/scenario/scenario.js';
import { factsOf, MPP, type Network, network } from '../support/network.js';

let net: Network | undefined;
afterEach(async () => {
  expect(net?.violations()).toEqual([]);
  await net?.close();
});

const set: FormValues = { upgradeRule: 'http://127.0.0.1:1/x.loads' };
const step: PlanStep = { step: 'upgrade', load: 'x', set };
const ofTheForm: ReadonlySet<string> = new Set(['unknown-action', 'button-elsewhere']);

describe.each(HTML_DIALECTS)('a phone with %s pages', (dialect) => {
  it.each(MARKUP.others.oddForm)('and an odd form (%s) is read, not planned, and not written to', async (oddForm) => {
    net = await network([{ model: '8841', load: MPP, dialect, behavior: { oddForm } }]);
    const { phones, phone } = net;
    await phones.visit(phone().address, async (visit) => {
      const facts = factsOf(await visit.look('settings'));
      expect(facts.mac).toBe(phone().mac);
      const code = ofTheForm.has(oddForm) ? 'form-unknown' : 'fields-unclear';
      expect(facts.settingsProblem?.message).toMatch(/^\/admin\/advanced: /);
      expect(missingFields(step, facts)?.code).toBe(code);
      await expect(visit.write(set, async () => {})).rejects.toMatchObject({ code: 'fields-missing' });
    });
    expect(phone().requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('and a sound form is planned: none of this is so for want of a field', async () => {
    net = await network([{ model: '8841', load: MPP, dialect }]);
    const { phones, phone } = net;
    const look = await phones.visit(phone().address, (visit) => visit.look('settings'));
    expect(missingFields(step, factsOf(look))).toBeNull();
  });
});
