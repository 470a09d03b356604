import type { Depth } from '../../../src/phones/phones.js';
import { afterEach, describe, expect, it } from '@jest/globals';
import { usualWriteMethods, type WriteMethod, writeMethods } from '../../../src/domain/plan/write-methods.js';
import { missingFields } from '../../../src/domain/plan/page-fields.js';
import { factsOf, inShort } from '../support/network.js';
import { type Answer, type Asked, load, type WebPhone, webPhone } from '../support/web-phone.js';

let phone: WebPhone;
afterEach(() => phone.close());

const shell = `<html><head><title>CP-8841-3PCC Configuration Utility</title></head><body><div id="app">Loading</div>
<script src="/app.js"></script></body></html>`;
const row = '[0][01/01/2023 12:00:00][https://10.0.0.5/00CCFC123456.lic]Authorization Succeeded.';
const rule = 'http://10.0.0.5/x.loads';

interface Field {
  name: string;
  value: string;
  [key: string]: unknown;
}

const field = (name: string, value: string, more: object = {}): Field => ({ name, value, ...more });
const status = [
  field('Product Name', 'CP-8841-3PCC'),
  field('MAC Address', '00CCFC123456'),
  field('Software Version', load),
  field('Hardware Version', '5'),
  field('Transition Authorization Type', ''),
  field('Upgrade Status', 'Idle'),
];
const downloads = [field('Firmware Upgrade Status 1', 'Upgraded'), field('Transition Authorization Status', row)];

/** The tab Provisioning as it is now. */
let provisioning: Field[];

/** With ids under this key, or without. */
function withIds(idKey: string | null): Field[] {
  const id = (number: number): object => (idKey === null ? {} : { [idKey]: number });
  return [
    field('Profile Rule', '/$PSN.xml', id(7)),
    field('Upgrade Rule', '', id(101)),
    field('Transition Authorization Rule', '', id(102)),
    field('Transition Authorization Type', 'Classic', { ...id(103), options: ['Classic', 'WxC'] }),
  ];
}

function answer({ method, path, body }: Asked): Answer {
  if (method === 'POST' && path === '/admin/bcisco.csc') {
    for (const [name, value] of new URLSearchParams(body)) {
      const posted = provisioning.find(({ id, key, param }) => [id, key, param].map(String).includes(name));
      if (posted) posted.value = value;
    }
    return shell;
  }
  const tabs: Record<string, object> = { Status: status, 'Download%20Status': downloads, Provisioning: provisioning };
  const tab = /^\/admin\/advanced\/(.+)\.json$/.exec(path)?.[1];
  if (tab !== undefined) return tabs[tab] ? JSON.stringify(tabs[tab]) : 404;
  return path === '/admin/advanced' ? shell : 404;
}

const look = (depth: Depth = 'settings') => phone.phones.visit(phone.address, (visit) => visit.look(depth));
const write = (set: object) =>
  phone.phones.visit(phone.address, async (visit) => {
    await visit.look('settings');
    return visit.write(set, async () => {});
  });

describe('a phone whose admin page is filled in by scripts', () => {
  it('is read from its tabs, as the page would show it', async () => {
    provisioning = withIds('id');
    phone = await webPhone(answer);
    expect(factsOf(await look())).toMatchObject({
      family: 'multiplatform',
      mac: '00CCFC123456',
      softwareVersion: load,
      transitionAuthorizationType: '',
      upgradeStatus: 'Idle',
      firmwareUpgradeRows: ['Upgraded'],
      authorizationRows: [expect.objectContaining({ text: row })],
      settings: { upgradeRule: '', authorizationType: 'Classic', authorizationTypesOffered: ['Classic', 'WxC'] },
      readFrom: '/admin/advanced/Status.json',
    });
    expect(phone.log().slice(1)).toEqual([
      'GET /admin/advanced/Status.json',
      'GET /admin/advanced/Download%20Status.json',
      'GET /admin/advanced/Provisioning.json',
    ]);
  });

  it('is asked for one tab less in an audit', async () => {
    provisioning = withIds('id');
    phone = await webPhone(answer);
    expect(factsOf(await look('status')).settings).toBeNull();
    expect(phone.log().at(-1)).toBe('GET /admin/advanced/Download%20Status.json');
  });

  it.each(['id', 'key', 'param'])('is written to where its fields have ids, under %s', async (idKey) => {
    provisioning = withIds(idKey);
    phone = await webPhone(answer);
    const result = await write({ upgradeRule: rule, authorizationRule: 'http://x/$MAU.lic', authorizationType: 'WxC' });
    expect(result).toMatchObject({ result: 'confirmed', via: 'partial form' });
    const [post] = phone.asked.filter(({ method }) => method === 'POST');
    expect([...new URLSearchParams(post?.body)]).toEqual([
      ['101', rule],
      ['102', 'http://x/$MAU.lic'],
      ['103', 'WxC'],
    ]);
  });

  it.each([
    ['no ids', withIds(null)],
    ['one id for two fields', withIds('id').map((one) => ({ ...one, id: 101 }))],
    ['an id that is no number', withIds('id').map((one) => ({ ...one, id: 'Upgrade_Rule' }))],
    ['an id for one only', withIds('id').map(({ id, ...one }) => (id === 101 ? { ...one, id } : one))],
  ])('shows its settings, but no fields to post, with %s', async (_what, tab) => {
    provisioning = tab as Field[];
    phone = await webPhone(answer);
    const facts = factsOf(await look());
    expect(facts.settings).toMatchObject({ upgradeRule: '', withoutForm: true });
    const step = { step: 'upgrade', load, set: { upgradeRule: rule } } as const;
    const missing = (ways: readonly WriteMethod[]): string | undefined => missingFields(step, facts, ways)?.code;
    expect([missing(usualWriteMethods), missing(['resync']), missing(writeMethods)]).toEqual([
      'fields-missing',
      undefined,
      undefined,
    ]);
    await expect(write({ upgradeRule: rule })).rejects.toMatchObject({ code: 'fields-missing' });
    expect(phone.asked.some(({ method }) => method === 'POST')).toBe(false);
  });

  it('gives no settings where one of them is there twice', async () => {
    provisioning = [...withIds('id'), field('Upgrade Rule', 'http://other/x.loads', { id: 900 })];
    phone = await webPhone(answer);
    expect(factsOf(await look()).settings).toBeNull();
  });

  it.each([
    ['an unknown path', '<form method="post" action="/save.cgi">', 'posts to "/save.cgi"'],
    [
      'one of two',
      '<form method="post" action="bcisco.csc"></form><form method="post" action="x">',
      'which of its forms',
    ],
    ['a base address', '<base href="/other/"><form method="post" action="bcisco.csc">', 'which of its forms'],
  ])('shows its settings, but no fields to post, where its form goes to %s', async (_what, form, text) => {
    provisioning = withIds('id');
    phone = await webPhone((asked) =>
      asked.path === '/admin/advanced' ? shell.replace('<div', `${form}</form><div`) : answer(asked),
    );
    const facts = factsOf(await look());
    expect(facts.settings).toMatchObject({ upgradeRule: '', withoutForm: true });
    expect(facts.settingsProblem).toMatchObject({ code: 'form-unknown', message: expect.stringContaining(text) });
    await expect(write({ upgradeRule: rule })).rejects.toMatchObject({ message: expect.stringContaining(text) });
    expect(phone.asked.some(({ method }) => method === 'POST')).toBe(false);
  });

  it.each([
    ['no tabs', ({ path }: Asked): Answer => (path === '/admin/advanced' ? shell : 404)],
    ['pages instead of tabs', (): Answer => shell],
  ])('is known as unreadable with %s', async (_what, says) => {
    phone = await webPhone(says);
    expect(inShort(await look())).toBe('page-unreadable');
  });

  it('of another maker is not asked for our tabs', async () => {
    phone = await webPhone(() => shell.replace('CP-8841-3PCC', 'Printer'));
    expect(inShort(await look())).toBe('not-a-phone');
    expect(phone.log().some((line) => line.includes('.json'))).toBe(false);
  });
});
