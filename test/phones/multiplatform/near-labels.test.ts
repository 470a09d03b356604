import { afterEach, describe, expect, it } from '@jest/globals';
import { missingFields } from '../../../src/domain/plan/page-fields.js';
import { factsOf } from '../support/network.js';
import { adminHtml, type WebPhone, webPhone } from '../support/web-phone.js';

let phone: WebPhone;
afterEach(() => phone.close());

const show = async (page: string): Promise<void> => {
  phone = await webPhone(({ path }) => (path === '/admin/advanced' ? page : 404));
};
const look = () => phone.phones.visit(phone.address, (visit) => visit.look('settings'));
const step = { step: 'convert', load: null, set: { upgradeRule: 'a', authorizationRule: 'b' } } as const;

describe('a page with labels that are nearly known ones', () => {
  it('says so where it was not understood', async () => {
    await show(adminHtml().replace('MAC Address', 'MAC Adress'));
    expect(await look()).toMatchObject({
      kind: 'unreadable',
      failure: {
        code: 'page-unreadable',
        message: expect.stringMatching(/It shows "MAC Adress:" \(did you mean "MAC Address"\?\).*--phone-profiles/),
      },
    });
  });

  it.each([
    [
      'a field',
      'Transition Authorization Rule',
      'Transition Authorisation Rule',
      /no field for the transition authorization rule\. It shows/,
    ],
    [
      'the whole section',
      'Firmware Upgrade',
      'Firmware Upgrades',
      /section was not found for certain\. It shows "Firmware Upgrades"/,
    ],
  ])('says so where %s is missing for a write', async (_what, label, shown, says) => {
    await show(adminHtml().replace(label, shown));
    const facts = factsOf(await look());
    expect(facts.nearLabels).toContainEqual({ shown: expect.stringContaining(shown), meant: label });
    expect(missingFields(step, facts)).toMatchObject({ code: 'fields-missing', message: expect.stringMatching(says) });
  });

  it('says nothing where everything was found', async () => {
    await show(adminHtml());
    const facts = factsOf(await look());
    expect(facts).not.toHaveProperty('nearLabels');
    expect(missingFields(step, facts)).toBeNull();
  });
});
