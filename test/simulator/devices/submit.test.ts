import { afterEach, describe, expect, it } from '@jest/globals';
import type { Lab } from '../support/lab.js';
import { E2M_LOAD, formOf, lab, M2E_LOAD, phoneWith, toEnterprise } from '../support/lab.js';

let open: Lab | undefined;
afterEach(() => open?.close());

async function start(...given: Parameters<typeof lab>): Promise<Lab> {
  open = await lab(...given);
  return open;
}

const RULE = 'Transition Authorization Rule';

/** Every field of the form as a browser would post it, read off a bcisco page; blank passwords left out or not. */
function wholeForm(html: string, withPasswords: boolean): URLSearchParams {
  const main = html.slice(html.indexOf('<form action="bcisco.csc"')).replace(/<!--[\s\S]*?-->/g, '');
  const form = new URLSearchParams();
  const controls =
    /<input(?: type="(hidden|password)")?[^>]*? name="(P?\d+)" value="([^"]*)"|<select[^>]* name="(\d+)">(.*?)<\/select>/g;
  for (const [, type, name, value, select, options] of main.matchAll(controls)) {
    if (select !== undefined) form.set(select, /value="([^"]*)" selected/.exec(options ?? '')?.[1] ?? '');
    else if (name !== undefined && (type !== 'password' || withPasswords)) form.set(name, unescape(value ?? ''));
  }
  return form;
}

function unescape(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

describe('a submit', () => {
  it('is logged by label and by name', async () => {
    const { phone, simulator, post } = await start(phoneWith());
    await post({ [RULE]: 'http://127.0.0.1/x.lic' });
    const entry = simulator.log.find((candidate) => candidate.method === 'POST');
    expect(entry).toMatchObject({
      mac: '00CCFC123456',
      kind: 'multiplatform',
      port: 'http',
      path: '/admin/bcisco.csc',
      status: 200,
    });
    expect(entry?.fields).toEqual({
      [RULE]: 'http://127.0.0.1/x.lic',
      [phone.fieldName(RULE) ?? '']: 'http://127.0.0.1/x.lic',
    });
    expect(phone.requests).toEqual([entry]);
  });

  it.each([
    ['page', 200, /Product Information/],
    ['redirect', 302, /^$/],
    ['empty', 200, /^$/],
    ['friendly-text', 200, /apply your changes/],
  ] as const)('is applied and answered with: %s', async (answerToSubmit, status, body) => {
    const { phone, post } = await start(phoneWith({ answerToSubmit }));
    const answered = await post({ [RULE]: 'http://127.0.0.1/x.lic' });
    expect(answered.status).toBe(status);
    expect(answered.body).toMatch(body);
    expect(phone.snapshot().authorizationRule).toBe('http://127.0.0.1/x.lic');
  });

  it.each([{ dropsAfterSubmit: true }, { answerToSubmit: 'drop' as const }])(
    'is applied and never answered with %j',
    async (behavior) => {
      const { phone, post, simulator } = await start(phoneWith(behavior));
      expect((await post({ [RULE]: 'http://127.0.0.1/x.lic' })).error).toBe('ECONNRESET');
      expect(phone.snapshot()).toMatchObject({ authorizationRule: 'http://127.0.0.1/x.lic', postsApplied: 1 });
      expect(simulator.log.at(-1)?.status).toBeNull();
    },
  );

  it('of some fields is ignored by a phone that wants the whole form, which it then takes', async () => {
    const { phone, get, post } = await start(phoneWith({ ignoresPartialPost: true }, { dialect: 'bcisco' }));
    expect((await post({ [RULE]: 'http://127.0.0.1/x.lic' })).status).toBe(200);
    expect(phone.snapshot()).toMatchObject({ authorizationRule: '', postsApplied: 0, posts: 1 });

    const form = wholeForm((await get('/admin/advanced')).body, false);
    form.set(phone.fieldName(RULE) ?? '', 'http://127.0.0.1/x.lic');
    await get(phone.formPath(), { method: 'POST', body: form.toString() });
    expect(phone.snapshot()).toMatchObject({
      authorizationRule: 'http://127.0.0.1/x.lic',
      postsApplied: 1,
      passwordWiped: false,
    });
    expect(phone.violations).toEqual([]);
  });

  it('is ignored for good by some', async () => {
    const { phone, post } = await start(phoneWith({ ignoresAllPosts: true }));
    expect((await post({ [RULE]: 'http://127.0.0.1/x.lic' })).status).toBe(200);
    expect(phone.snapshot().authorizationRule).toBe('');
  });

  it('takes the index of the type where the page offers indexes, and not its text', async () => {
    const { phone, post } = await start(phoneWith({ selectPosts: 'index' }));
    await post({ 'Transition Authorization Type': '1' });
    expect(phone.snapshot().authorizationType).toBe('WxC');
    expect(phone.violations).toEqual([]);
    await post({ 'Transition Authorization Type': 'Classic' });
    expect(phone.snapshot().authorizationType).toBe('WxC');
    expect(phone.violations[0]).toMatch(/does not offer/);
  });
});

describe('what no client should do', () => {
  it('is noted: a field that does not exist', async () => {
    const { phone, get } = await start(phoneWith());
    await get(phone.formPath(), { method: 'POST', body: 'nonsense=1' });
    expect(phone.violations).toContain('posted the unknown field nonsense');
  });

  it('is noted: a blank password, which wipes it', async () => {
    const { phone, get } = await start(phoneWith({}, { dialect: 'bcisco' }));
    const form = wholeForm((await get('/admin/advanced')).body, true);
    form.set(phone.fieldName(RULE) ?? '', 'http://127.0.0.1/x.lic');
    await get(phone.formPath(), { method: 'POST', body: form.toString() });
    expect(phone.snapshot().passwordWiped).toBe(true);
    expect(phone.violations).toEqual(['posted a blank password']);
  });

  it('is noted: part of the form beyond the three fields, and a change of another field', async () => {
    const { phone, post } = await start(phoneWith());
    await post({ [RULE]: 'http://127.0.0.1/x.lic', 'Upgrade Enable': '0' });
    expect(phone.violations[0]).toMatch(/^posted 1 fields beyond the three, but not the whole form/);
    expect(phone.violations[1]).toBe('changed Upgrade Enable, which is none of the three fields');
  });

  it('is noted: the same post again', async () => {
    const { phone, post } = await start(phoneWith({ ignoresAllPosts: true }));
    await post({ [RULE]: 'http://127.0.0.1/x.lic' });
    expect(phone.violations).toEqual([]);
    await post({ [RULE]: 'http://127.0.0.1/x.lic' });
    expect(phone.violations).toEqual(['posted the same values twice in a row']);
  });

  it('is noted: a post of what the phone already has', async () => {
    const { phone, post, simulator } = await start(phoneWith({ staleRule: `{files}/${M2E_LOAD}.loads` }));
    await post({ 'Upgrade Rule': `${simulator.files.url}/${M2E_LOAD}.loads` });
    expect(phone.violations).toEqual(['posted what the phone already has']);
  });

  it('is noted: a post during an upgrade', async () => {
    const { phone, post, simulator, pass } = await start(phoneWith());
    await post(toEnterprise(simulator));
    await pass(10);
    await post({ 'Upgrade Rule': 'http://127.0.0.1/other.loads' });
    expect(phone.violations).toEqual(['posted while an upgrade was going on']);
  });

  it('is noted: a post elsewhere, to another kind of device, or a GET that acts', async () => {
    const { phone, get } = await start(phoneWith());
    await get('/admin/other.csc', { method: 'POST', body: 'a=b' });
    await get('/admin/reboot');
    expect(phone.violations).toEqual([
      "posted to /admin/other.csc, which is not the form's action",
      'called /admin/reboot, which acts on a GET',
    ]);
    await open?.close();
    for (const group of [
      { kind: 'printer' as const },
      { kind: 'spa-phone' as const },
      { model: '8841', load: M2E_LOAD },
    ]) {
      const { phone: other, get: getOther, close } = await lab(group);
      await getOther('/admin/bsipura.spa', { method: 'POST', body: 'a=b' });
      expect(other.violations[0]).toMatch(/^posted to a device that is no MPP phone/);
      await close();
    }
  });

  it('is not noted for a clean read and post', async () => {
    const { phone, get, post, simulator } = await start(phoneWith());
    await get('/admin/advanced');
    await post(toEnterprise(simulator));
    await get('/admin/advanced');
    expect(phone.violations).toEqual([]);
    expect(phone.snapshot()).toMatchObject({ load: E2M_LOAD, posts: 1 });
    expect(formOf(phone, { 'Upgrade Rule': 'x' })).toMatch(/^\d+=x$/);
  });
});
