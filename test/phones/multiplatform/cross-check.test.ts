import { afterEach, describe, expect, it } from '@jest/globals';
import type { CrossCheck } from '../../../src/domain/phone/cross-check.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import { factsOf } from '../support/network.js';
import { adminHtml, type Answer, load, type Shown, type WebPhone, webPhone } from '../support/web-phone.js';

let phone: WebPhone;
afterEach(() => phone.close());

const rule = 'http://10.0.0.5/x.loads';
const leaves = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([tag, value]) => `<${tag}>${value}</${tag}>`)
    .join('');
const statusXml = (values: Record<string, string> = {}): string =>
  `<?xml version="1.0"?><status><Product_Information>${leaves({
    Product_Name: 'CP-8841-3PCC',
    Serial_Number: 'FCH2012ABCD',
    Software_Version: load,
    Hardware_Version: '5',
    MAC_Address: '00CCFC123456',
    ...values,
  })}</Product_Information></status>`;
const configXml = (values: Record<string, string>): string =>
  `<device><flat-profile>${leaves(values)}</flat-profile></device>`;

/** What a look that precedes a write hears of a phone with these pages. */
async function consult(status: Answer, config: Answer, page: Shown = {}): Promise<CrossCheck> {
  phone = await webPhone(({ path }) => {
    if (path === '/admin/advanced') return adminHtml({ rule, ...page });
    return path === '/admin/status.xml' ? status : path === '/admin/cfg.xml' ? config : 404;
  });
  const { witnesses } = factsOf(await phone.phones.visit(phone.address, (visit) => visit.look('settings', true)));
  if (!witnesses) throw new Error('nobody was asked');
  return witnesses;
}

describe('witnesses', () => {
  it('are asked once each, over the same connection, and what they agree on is told', async () => {
    const config = configXml({ Upgrade_Rule: rule, Trans_Auth_Type: 'Classic' });
    expect(await consult(statusXml(), config)).toEqual({
      agreed: [
        {
          where: '/admin/status.xml',
          what: ['MAC', 'product name', 'software version', 'hardware version', 'serial number'],
        },
        { where: '/admin/cfg.xml', what: ['upgrade rule', 'authorization type'] },
      ],
      disagreements: [],
    });
    expect(phone.log()).toEqual(['GET /admin/advanced', 'GET /admin/status.xml', 'GET /admin/cfg.xml']);
  });

  it.each([
    ['an audit', 'identity', false],
    ['a poll', 'status', false],
    ['reading back later', 'settings', false],
  ] as const)('are not asked for %s', async (_what, depth, crossCheck) => {
    phone = await webPhone(({ path }) => (path === '/admin/advanced' ? adminHtml() : 404));
    const look = await phone.phones.visit(phone.address, (visit) => visit.look(depth, crossCheck));
    expect(factsOf(look).witnesses).toBeUndefined();
    expect(phone.log()).toEqual(['GET /admin/advanced']);
  });

  describe('that have agreed with the same page before', () => {
    const agreeing = configXml({ Upgrade_Rule: rule });
    /** What is asked in a second look, after a first one with these pages. */
    async function askedAgain(first: { config: Answer }, second: { page?: Shown; config?: Answer } = {}) {
      let now: { page: Shown; config: Answer } = { page: { rule }, ...first };
      phone = await webPhone(({ path }) => {
        if (path === '/admin/advanced') return adminHtml(now.page);
        return path === '/admin/status.xml' ? statusXml({ Software_Version: now.page.load ?? load }) : now.config;
      });
      const look = (earlier: true | PhoneFacts) =>
        phone.phones.visit(phone.address, async (visit) => factsOf(await visit.look('settings', earlier)));
      const planned = await look(true);
      now = { ...now, ...second };
      phone.asked.length = 0;
      const { witnesses } = await look(planned);
      return { asked: phone.log().map((line) => line.replace('GET /admin/', '')), witnesses, planned };
    }

    it('are not asked again: before a write the page alone is read once more', async () => {
      const { asked, witnesses, planned } = await askedAgain({ config: agreeing });
      expect(asked).toEqual(['advanced']);
      expect(witnesses).toEqual(planned.witnesses);
      expect(witnesses?.agreed).toHaveLength(2);
    });

    it.each<[string, Shown]>([
      ['its rule', { rule: 'http://10.0.0.5/y.loads' }],
      ['its type', { rule, type: 'WxC' }],
      ['its firmware', { rule, load: 'sip88xx.12-0-4MPP0001-90' }],
      ['who it is', { rule, mac: '00CCFC654321' }],
    ])('are all asked where the page shows another value: %s', async (_, page) => {
      const { asked } = await askedAgain({ config: agreeing }, { page });
      expect(asked).toEqual(['advanced', 'status.xml', 'cfg.xml']);
    });

    it('are all asked where one has disagreed: what it said then is not forgotten', async () => {
      const { asked, witnesses } = await askedAgain({ config: configXml({ Upgrade_Rule: 'tftp://x' }) });
      expect(asked).toEqual(['advanced', 'status.xml', 'cfg.xml']);
      expect(witnesses?.disagreements).toHaveLength(1);
    });

    it.each<[string, Answer]>([
      ['an error', 500],
      ['nothing', configXml({})],
      ['that there is no such file', 404],
      ['half of it', '<device><flat-profile><Upgrade_Ru'],
      ['a connection that broke off', null],
    ])('are asked again after %s: what they say now counts', async (_, config) => {
      const { asked, witnesses } = await askedAgain({ config }, { config: configXml({ Upgrade_Rule: 'tftp://x' }) });
      expect(asked).toEqual(['advanced', 'cfg.xml']);
      expect(witnesses?.disagreements).toEqual([expect.objectContaining({ what: 'upgrade rule' })]);
    });
  });

  it('spell things their own way', async () => {
    const other = {
      Product_Name: '8841-3PCC',
      MAC_Address: '00:cc:fc:12:34:56',
      Software_Version: `${load.toUpperCase()}.loads`,
      Serial_Number: ' fch2012abcd ',
    };
    const { agreed, disagreements } = await consult(statusXml(other), 404);
    expect([agreed[0]?.what.length, disagreements]).toEqual([5, []]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['MAC', { MAC_Address: '00CCFC999999' }, '00CCFC999999'],
    ['product name', { Product_Name: 'CP-8851-3PCC' }, 'CP-8851-3PCC'],
    ['software version', { Software_Version: 'sip88xx.11-3-2MPP0001-609' }, 'sip88xx.11-3-2MPP0001-609'],
    ['hardware version', { Hardware_Version: '15' }, '15'],
    ['serial number', { Serial_Number: 'FCH9999ZZZZ' }, 'FCH9999ZZZZ'],
  ])('that disagree on the %s are told with both values and where they were read', async (what, values, value) => {
    const { disagreements } = await consult(statusXml(values), 404);
    expect(disagreements).toEqual([
      {
        what,
        page: { value: expect.any(String), where: '/admin/advanced' },
        witness: { value, where: '/admin/status.xml' },
      },
    ]);
  });

  it('disagree with a page that shows a field as empty where the file has a value', async () => {
    const { disagreements } = await consult(404, configXml({ Trans_Auth_Rule: 'http://10.0.0.5/a.lic' }), {
      license: '',
    });
    expect(disagreements).toEqual([
      {
        what: 'authorization rule',
        page: { value: '', where: '/admin/advanced' },
        witness: { value: 'http://10.0.0.5/a.lic', where: '/admin/cfg.xml' },
      },
    ]);
  });

  it.each<[string, Record<string, string>]>([
    ['upgrade rule', { Upgrade_Rule: 'http://10.0.0.5/other.loads' }],
    ['authorization rule', { Trans_Auth_Rule: 'http://10.0.0.5/other.lic' }],
    ['authorization type', { Trans_Auth_Type: 'WxC' }],
  ])('that disagree on the %s of the form are told, too', async (what, values) => {
    const { disagreements } = await consult(404, configXml(values), { license: 'http://10.0.0.5/a.lic' });
    expect(disagreements).toEqual([expect.objectContaining({ what })]);
  });

  it.each<[string, Answer, Answer]>([
    ['missing', 404, 404],
    ['empty', '', ''],
    ['broken off', null, null],
    ['no XML', 'Resource Exhausted', '<html><body>Login</body></html>'],
    [
      'cut off',
      statusXml({ MAC_Address: '00CCFC999999' }).slice(0, 60),
      '<device><flat-profile><Upgrade_Rule>http://o',
    ],
    ['hidden', '<status/>', configXml({ Upgrade_Rule: '********', Trans_Auth_Rule: '', Trans_Auth_Type: 'xxxxxx' })],
    ['in two minds', statusXml().replace('</status>', '<MAC_Address>00CCFC999999</MAC_Address></status>'), 404],
  ])('that are %s are none', async (_what, status, config) => {
    const { disagreements } = await consult(status, config);
    expect(disagreements).toEqual([]);
  });

  it('that are another phone’s, which took the address meanwhile, are not this one’s', async () => {
    let asked = 0;
    phone = await webPhone(
      ({ path }) => {
        asked += 1;
        const other = asked > 1 ? '00CCFC999999' : '00CCFC123456';
        if (path === '/admin/advanced') return adminHtml({ mac: other });
        return path === '/admin/status.xml' ? statusXml({ MAC_Address: other }) : 404;
      },
      { keepAlive: false },
    );
    await phone.phones.visit(phone.address, async (visit) => {
      const { mac, witnesses } = factsOf(await visit.look('settings', true));
      expect(mac).toBe('00CCFC123456');
      expect(witnesses).toEqual({ agreed: [], disagreements: [], another: '00CCFC999999' });
      const writing = visit.write({ upgradeRule: rule }, async () => {});
      await expect(writing).rejects.toMatchObject({ code: 'identity-changed' });
    });
    expect(phone.asked.some(({ method }) => method === 'POST')).toBe(false);
  });
});

describe('a page that is old when it is to be written to, because its connection is gone', () => {
  it.each<[string, Shown, string]>([
    ['other settings', { rule: 'http://10.0.0.6/y.loads' }, 'phone-changed'],
    ['another firmware', { load: 'sip88xx.12-0-7MPP0501-123' }, 'phone-changed'],
    ['another MAC', { mac: '00CCFC999999' }, 'identity-changed'],
  ])('is read once more, and with %s nothing is written', async (_what, later, code) => {
    let told = 0;
    phone = await webPhone(({ method }) => (method === 'GET' ? adminHtml(phone.asked.length > 1 ? later : {}) : 404), {
      keepAlive: false,
    });
    await phone.phones.visit(phone.address, async (visit) => {
      await visit.look('settings');
      const writing = visit.write({ upgradeRule: rule }, async () => void (told += 1));
      await expect(writing).rejects.toMatchObject({ code });
    });
    expect([phone.log(), told]).toEqual([['GET /admin/advanced', 'GET /admin/advanced'], 0]);
  });
});
