import { afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior } from '../../../src/simulator/index.js';
import type { Dialect } from '../../../src/simulator/scenario/scenario.js';
import { HTML_DIALECTS } from '../../../src/simulator/scenario/scenario.js';
import type { Lab } from '../support/lab.js';
import { lab, phoneWith } from '../support/lab.js';

let open: Lab | undefined;
afterEach(() => open?.close());

/** The admin page without its scripts and comments. */
async function page(behavior: Partial<Behavior>, dialect: Dialect = 'bcisco'): Promise<string> {
  await open?.close();
  open = await lab(phoneWith({ previousRows: ['http://127.0.0.1/$MAU.lic'], ...behavior }, { dialect }));
  return (await open.get('/admin/advanced')).body.replace(/<script[^]*?<\/script>|<!--[^]*?-->/gi, '');
}

describe.each(HTML_DIALECTS)('in the %s dialect', (dialect) => {
  it('element and attribute names may be in capitals, values as they were', async () => {
    const usual = await page({}, dialect);
    const capitals = await page({ tagCase: 'upper' }, dialect);
    expect(capitals.match(/<\/?[a-z]/g)).toBeNull();
    expect(capitals.match(/<[A-Z]+[^>]*? [a-z-]+="/g)).toBeNull();
    expect(capitals.toLowerCase()).toBe(usual.toLowerCase());
    expect(/ACTION="?(?:\/admin\/)?(?:bcisco\.csc|bsipura\.spa)/.test(capitals)).toBe(true);
  });

  it('attribute values may be without quotes where they need none', async () => {
    const bare = await page({ attributeQuotes: 'unquoted' }, dialect);
    expect(/name=\d+[ >]/.test(bare)).toBe(true);
    expect(bare.match(/ name="\d+"/g)).toBeNull();
    expect(/value="[^"]* [^"]*"/.test(bare)).toBe(true);
  });

  it('cells, rows and options may be left open', async () => {
    const openCells = await page({ endTags: 'unclosed' }, dialect);
    expect(openCells.match(/<\/(?:td|th|tr|option)>/gi)).toBeNull();
    expect(/<\/table>/i.test(openCells)).toBe(true);
    expect(openCells).toContain('Authorization Succeeded.');
  });

  it('labels may be full of character references', async () => {
    const text = await page({ entityLabels: true }, dialect);
    expect(/>(?:&nbsp;)?Upgrade Rule/.test(text)).toBe(false);
    expect(text).toMatch(dialect === 'legacy' ? /&nbsp;&#85;pgrade&nbsp;Rule/ : /&#85;pgrade&nbsp;Rule/);
  });

  it('labels may lose their colon or gain one', async () => {
    expect(/Upgrade Rule:(?=<)/.test(await page({ labelColons: 'without' }, dialect))).toBe(false);
    expect(/Upgrade Rule:(?=<)/.test(await page({ labelColons: 'with' }, dialect))).toBe(true);
  });

  it('passwords may show as asterisks, which are not the password', async () => {
    const text = await page({ passwordsShown: 'masked' }, dialect);
    expect(/<input[^>]*type="?password[^>]*name="?P\d+"?[^>]*value="\*{8}"/i.test(text)).toBe(true);
    expect(open?.phone.violations).toEqual([]);
  });
});

describe('a masked password', () => {
  it('that is posted back is noted, and the password is gone', async () => {
    const text = await page({ passwordsShown: 'masked' });
    const name = /type="password"[^>]*name="(P\d+)"/.exec(text)?.[1] ?? '';
    await open?.get(open.phone.formPath(), { method: 'POST', body: `${name}=********` });
    expect(open?.phone.violations).toContain('posted a masked password');
    expect(open?.phone.snapshot().passwordWiped).toBe(true);
  });
});

describe('the JSON tabs', () => {
  async function tab(title: string, behavior: Partial<Behavior> = {}): Promise<Record<string, unknown>[]> {
    await open?.close();
    open = await lab(phoneWith({ previousRows: ['http://127.0.0.1/$MAU.lic'], ...behavior }, { dialect: 'json' }));
    const seen = await open.get(`/admin/advanced/${encodeURIComponent(title)}.json`);
    expect(seen.headers['content-type']).toBe('application/json');
    return JSON.parse(seen.body) as Record<string, unknown>[];
  }

  it('are files of their own beside a page with a form and no field', async () => {
    expect(await page({}, 'json')).toMatch(/<form method="post" action="bcisco\.csc">/);
    const inputs = (await page({}, 'json')).match(/<(?:input|select)[^>]*>/g) ?? [];
    expect(inputs.filter((input) => !input.includes('type="hidden"'))).toEqual([]);
    expect((await open?.get('/admin/advanced/Nonsense.json'))?.status).toBe(404);
  });

  it('say who the phone is and what it did', async () => {
    expect(await tab('Status')).toContainEqual({ name: 'MAC Address', value: '00CCFC123456' });
    const rows = (await tab('Download Status')).filter(({ name }) => name === 'Transition Authorization Status');
    expect(rows).toEqual([{ name: rows[0]?.['name'], value: expect.stringMatching(/Authorization Succeeded\.$/) }]);
  });

  it('carry the name to post under and the options, or do not', async () => {
    const fields = await tab('Provisioning', { selectPosts: 'index' });
    const id = open?.phone.fieldName('Transition Authorization Type');
    expect(fields).toContainEqual({
      ...{ name: 'Transition Authorization Type', value: '0', id },
      options: [
        { name: 'Classic', value: '0' },
        { name: 'WxC', value: '1' },
      ],
    });
    const bare = await tab('Provisioning', { jsonIds: 'without' });
    expect(bare).toContainEqual({ name: 'Transition Authorization Type', value: 'Classic' });
  });

  it('show what was posted to the form', async () => {
    await tab('Status');
    await open?.post({ 'Upgrade Rule': 'http://127.0.0.1/x.loads' });
    const after = await open?.get('/admin/advanced/Provisioning.json');
    expect(after?.body).toContain('"name":"Upgrade Rule","value":"http://127.0.0.1/x.loads"');
    expect(open?.phone.violations).toEqual([]);
  });

  it('of other dialects do not exist', async () => {
    await page({}, 'modern');
    expect((await open?.get('/admin/advanced/Status.json'))?.status).toBe(404);
  });
});
