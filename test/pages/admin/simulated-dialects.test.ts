import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAdminPageQuickly, readWholeAdminPage } from '../../../src/pages/admin/admin-page.js';
import { readIdentity } from '../../../src/pages/identity/read.js';
import { headingIndex } from '../../../src/pages/admin/headings.js';
import { scanPage } from '../../../src/pages/admin/section-scanner.js';
import { findFormQuickly, readWholeUpgradeForm } from '../../../src/pages/upgrade-form/find.js';
import { buildScenario, type SimulatedPhone, type Simulator, startSimulator } from '../../../src/simulator/index.js';
import { MARKUP } from '../../../src/simulator/behavior/markup.js';
import { HTML_DIALECTS } from '../../../src/simulator/scenario/scenario.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';
import { ask } from '../../simulator/support/client.js';

const spellings = (['tagCase', 'attributeQuotes', 'endTags', 'entityLabels', 'labelColons', 'labelDecoration'] as const)
  .flatMap((flag) => MARKUP.others[flag].map((value) => ({ flag, value })))
  .concat([{ flag: 'labelColons', value: 'dialect' }]);

const pages = HTML_DIALECTS.flatMap((dialect) => spellings.map((spelling) => ({ dialect, ...spelling })));
const load = 'sip88xx.12-0-3MPP0001-87';

describe('the admin page of a simulated phone', () => {
  let simulator: Simulator;
  const read = async (at: number): Promise<{ phone: SimulatedPhone | undefined; html: string }> => {
    const phone = simulator.phones[at];
    const { body } = await ask(simulator.httpPort, phone?.address ?? '', '/admin/advanced', {});
    return { phone, html: body };
  };

  beforeAll(async () => {
    const phones = pages.map(({ dialect, flag, value }) => ({
      model: '8841',
      load,
      dialect,
      behavior: { [flag]: value },
    }));
    simulator = await startSimulator(buildScenario({ name: 'dialects', subnet: '127.77.9.0/24', seed: 3, phones }), {
      shortPages: true,
    });
  });
  afterAll(() => simulator.close());

  it.each(pages.map((page, at) => ({ ...page, at })))(
    'is read from its sections alone, and as from the whole page: $dialect, $flag $value',
    async ({ at }) => {
      const { phone, html } = await read(at);
      const page = readAdminPageQuickly(html, multiplatform);
      expect(page?.productInformation).toMatchObject({
        mac: phone?.mac,
        softwareVersion: load,
        transitionAuthorizationType: '',
      });
      expect(page).toEqual(readWholeAdminPage(html, multiplatform));
      // Of a page that is arriving still: nothing, or what the whole page says.
      expect(readIdentity(html, multiplatform)?.admin.productInformation).toEqual(page?.productInformation);
      for (let length = 0; length < html.length; length += 331) {
        const early = readIdentity(html.slice(0, length), multiplatform);
        if (early) expect(early.admin.productInformation).toEqual(page?.productInformation);
      }
      const form = findFormQuickly(html, scanPage(html, headingIndex(multiplatform)), multiplatform);
      expect(form?.oddity).toBeNull();
      expect(form?.found?.fields).toEqual(readWholeUpgradeForm(html, multiplatform));
      expect(form?.found?.fields.upgradeRule?.name).toBe(phone?.fieldName('Upgrade Rule'));
      expect(form?.found?.fields.authorizationType?.name).toBe(phone?.fieldName('Transition Authorization Type'));
    },
  );
});
