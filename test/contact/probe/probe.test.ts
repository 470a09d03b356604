import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { probeInWords } from '../../../src/contact/probe/words.js';
import { type Encounters, startPhones, withPassword } from '../support/meet.js';
import type { DeviceGroup } from '../../../src/simulator/index.js';

const load = 'sip88xx.12-0-3MPP0001-87';
const phones: DeviceGroup[] = [
  ...(['legacy', 'bcisco', 'modern', 'fieldset', 'json'] as const).map((dialect): DeviceGroup => ({
    name: dialect,
    model: '8841',
    load,
    dialect,
    vid: 'V05',
  })),
  {
    name: 'license',
    model: '8841',
    load,
    behavior: { returnsWithoutLicense: 'WxC', previousRows: ['{files}/$MAU.lic'] },
  },
  {
    name: 'secret rule',
    model: '8841',
    load,
    behavior: {
      staleRule: '[--key Tr0ub4dor] http://me:Hunter2@192.0.2.9/a.loads',
      previousRows: ['https://me:Hunter2@files.example.org/$MAU.lic'],
    },
  },
  {
    name: 'signs in',
    model: '8845',
    load: 'sip8845_65.12-0-7MPP0501-123',
    behavior: {
      scheme: 'redirect',
      certificate: 'manufacturing',
      auth: 'form',
      password: 'Twelve-0-7',
      formToken: 'hidden',
    },
  },
  {
    name: 'signs in with a Referer',
    model: '8845',
    load: 'sip8845_65.12-0-7MPP0501-123',
    behavior: { auth: 'form', password: 'Twelve-0-7', refererRule: 'same-origin-required' },
  },
  { name: 'digest', model: '8841', load, behavior: { auth: 'digest', password: 'Right-One-1' } },
  { name: 'broken page', model: '8841', load, behavior: { adminPage: 'error-500' } },
  { name: 'odd form', model: '8841', load, behavior: { oddForm: 'unknown-action' } },
  { name: 'enterprise', model: '8811', load: 'sip88xx.14-2-1-0101-26', vid: 'V09' },
  {
    name: 'enterprise html',
    model: '8811',
    load: 'sip88xx.14-2-1-0101-26',
    vid: 'V09',
    behavior: { enterprisePages: 'html-only', locale: 'de' },
  },
  { name: 'printer', kind: 'printer' },
];

let net: Encounters;
beforeAll(async () => {
  net = await startPhones(phones);
});
afterAll(() => net.close());

describe('a probe', () => {
  it.each(['legacy', 'bcisco', 'modern', 'fieldset'])('says that a page is read by its sections: %s', async (name) => {
    const report = await net.probe(name);
    expect(report.page).toMatchObject({ path: '/admin/advanced', kind: 'admin page in HTML' });
    expect(report.page?.reader).toMatch(/^by its sections/);
    expect(report.settings.map(({ control }) => control)).toEqual([
      expect.any(String),
      expect.any(String),
      expect.any(String),
    ]);
    expect(report.form).toMatchObject({ method: 'post', page: '/admin/advanced' });
    expect(report.missing).toEqual([]);
  });

  it('says which tabs a page was filled in from', async () => {
    const report = await net.probe('json');
    expect(report.page).toMatchObject({ kind: 'tabs as JSON' });
    expect(report.settings[0]).toMatchObject({ setting: 'upgradeRule', label: 'Upgrade Rule', value: '' });
  });

  it('tells each fact with the page and the label that it was read beside', async () => {
    const { facts } = await net.probe('license');
    const told = Object.fromEntries(facts.map(({ name, value, label, page }) => [name, [value, label, page]]));
    const page = '/admin/advanced';
    expect(told).toMatchObject({
      product: ['CP-8841-3PCC', expect.stringMatching(/^Product Name/), page],
      MAC: [net.phone('license').mac, expect.stringMatching(/^MAC Address/), page],
      firmware: [load, expect.stringMatching(/^Software Version/), page],
      'transition authorization type': ['WxC', expect.stringMatching(/^Transition Authorization Type/), page],
      'authorization rows': [
        [expect.stringMatching(/Authorization Succeeded/)],
        expect.stringMatching(/Authorization Status/),
        page,
      ],
    });
  });

  it('reads Enterprise pages in XML, and in HTML of another language', async () => {
    const xml = await net.probe('enterprise');
    expect(xml).toMatchObject({
      family: { name: 'enterprise' },
      page: { path: '/DeviceInformationX' },
      writeMethods: [],
    });
    expect(xml.facts.find(({ name }) => name === 'VID')).toMatchObject({ value: 'V09', label: 'udi' });
    const html = await net.probe('enterprise html');
    expect(html.page?.kind).toBe('Enterprise device page in HTML');
    expect(html.facts.find(({ name }) => name === 'serial number')).toMatchObject({ label: 'Seriennummer' });
    expect(html.facts.find(({ name }) => name === 'VID')).toMatchObject({ value: 'V09', label: 'UDI' });
  });

  it('that takes its login form back only with a Referer is signed in to', async () => {
    const report = await net.probe('signs in with a Referer', withPassword('Twelve-0-7'));
    expect(report).toMatchObject({ result: 'phone', failure: null, access: { signedInBy: 'a login form' } });
  });

  it('tells how it got in, with the certificate, and shows no secret', async () => {
    const report = await net.probe('signs in', withPassword('Twelve-0-7'));
    expect(report.access).toMatchObject({ scheme: 'https', signedInBy: 'a login form', certificateChecked: false });
    const [, https] = report.ports;
    expect(https?.tls).toMatchObject({
      trusted: false,
      certificate: { subject: expect.stringContaining(net.phone('signs in').mac) },
    });
    expect(report.exchanges.map(({ method }) => method)).toContain('POST');
    const words = probeInWords(report);
    expect(words).toMatch(/leads to https:\/\//);
    expect(words + JSON.stringify(report)).not.toMatch(/Twelve-0-7/);
    expect(report.form?.hidden.length).toBeGreaterThan(0);
  });

  it('hides what is secret in a rule', async () => {
    const report = await net.probe('secret rule');
    expect(report.settings[0]?.value).toBe('[--key [secret]] http://[secret]@192.0.2.9/a.loads');
    expect(JSON.stringify(report)).not.toMatch(/Tr0ub4dor|Hunter2/);
  });

  it('says what is missing for a write', async () => {
    expect((await net.probe('digest')).missing).toEqual([expect.stringMatching(/^auth-required: /)]);
    expect((await net.probe('odd form')).missing).toEqual([expect.stringMatching(/^form-unknown: /)]);
    const broken = await net.probe('broken page');
    expect(broken).toMatchObject({
      page: { kind: 'status file', path: '/admin/status.xml' },
      failure: { code: 'http-error' },
    });
    expect(broken.writeMethods).toEqual([]);
  });

  it('of something else says what it seems to be', async () => {
    const report = await net.probe('printer');
    expect(report).toMatchObject({ result: 'not-a-phone', detail: expect.stringMatching(/^Not a phone/) });
    expect(probeInWords(report)).toMatch(/not a phone/);
  });

  it('never posts anything but a login form', () => {
    for (const phone of net.simulator.phones) {
      const posts = phone.requests.filter(({ method }) => method === 'POST');
      expect(posts.map(({ path }) => path)).not.toContain(phone.formPath());
      expect(phone.snapshot()).toMatchObject({ postsApplied: 0, directActions: 0 });
    }
    expect(net.phone('signs in').snapshot().logins).toBeGreaterThan(0);
  });
});

describe('the order of write methods', () => {
  it('begins with the form, and offers the others only where a profile allows them', async () => {
    const { writeMethods } = await net.probe('modern');
    expect(writeMethods[0]).toMatchObject({ method: 'partial form', possible: 'yes' });
    expect(writeMethods.filter(({ possible }) => possible === 'if-allowed').map(({ method }) => method)).toEqual(
      expect.arrayContaining(['Direct Action resync', 'XML post']),
    );
  });
});
