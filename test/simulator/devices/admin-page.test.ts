import { afterEach, describe, expect, it } from '@jest/globals';
import { buildScenario, startSimulator } from '../../../src/simulator/index.js';
import { HTML_DIALECTS } from '../../../src/simulator/scenario/scenario.js';
import { ask } from '../support/client.js';
import type { Lab } from '../support/lab.js';
import { lab, phoneWith } from '../support/lab.js';

let open: Lab | undefined;
afterEach(() => open?.close());

async function start(...given: Parameters<typeof lab>): Promise<Lab> {
  open = await lab(...given);
  return open;
}

async function pageOf(...given: Parameters<typeof lab>): Promise<string> {
  const { get } = await start(...given);
  return (await get('/admin/advanced')).body;
}

/** Text as a browser would show it, all blanks collapsed. */
function textOf(html: string): string {
  return html
    .replace(/<!--[\s\S]*?-->|<script[\s\S]*?<\/script>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ');
}

describe.each(HTML_DIALECTS)('the admin page in the %s dialect', (dialect) => {
  it('is one document of at least 150 KB on every model, with all tabs', async () => {
    for (const model of ['7811', '8841', '8851', '7861']) {
      const { get, close } = await lab({ model, dialect });
      const { status, bytes, body } = await get('/admin/advanced');
      await close();
      expect({ model, status, large: bytes >= 150 * 1024, small: bytes < 700 * 1024 }).toEqual({
        model,
        status: 200,
        large: true,
        small: true,
      });
      for (const tab of [
        'Status',
        'Debug Info',
        'Download Status',
        'Network Statistics',
        'System',
        'SIP',
        'Provisioning',
        'Regional',
        'Phone',
        'User',
        'Ext 1',
      ]) {
        expect(body).toContain(tab);
      }
      expect(body.includes('Att Console')).toBe(model === '8851');
    }
  });

  it('says who the phone is, and what it is called', async () => {
    const text = textOf(await pageOf(phoneWith({}, { dialect, serial: 'FCH2012ABCD', name: 'Reception' })));
    expect(text).toMatch(/Product Name:? CP-8841-3PCC/);
    expect(text).toMatch(/Software Version:? sip88xx\.12-0-3MPP0001-87/);
    expect(text).toMatch(/MAC Address:? 00CCFC123456/);
    expect(text).toMatch(/Serial Number:? FCH2012ABCD/);
    expect(text).toMatch(/Hardware Version:? V05/);
    expect(text).toMatch(/Host Name:? Reception/);
  });

  it('has the three fields once under their names, and the same labels in a comment and a script under other names', async () => {
    const { phone, get } = await start(phoneWith({}, { dialect }));
    const { body } = await get('/admin/advanced');
    for (const label of ['Upgrade Rule', 'Transition Authorization Rule', 'Transition Authorization Type']) {
      const name = phone.fieldName(label) ?? 'none';
      expect(name).toMatch(/^\d+$/);
      expect(body.match(new RegExp(`name="?${name}"?[ >]`, 'gi'))).toHaveLength(1);
    }
    const decoys = [...body.matchAll(/Upgrade Rule:<\/td><td><input name="(\d+)"/g)].map((match) => match[1]);
    expect(decoys).toHaveLength(2);
    expect(decoys).not.toContain(phone.fieldName('Upgrade Rule'));
  });

  it('names password inputs with a P, and no name twice', async () => {
    const body = await pageOf(phoneWith({}, { dialect }));
    const form = body.slice(body.search(/<form[^>]*csc"? method="?post|<form[^>]*spa method|<form method="post"/i));
    const names = [...form.replace(/<!--[\s\S]*?-->/g, '').matchAll(/ name="?(P?\d+)/gi)].map((match) => match[1]);
    expect(names.length).toBeGreaterThan(700);
    expect(new Set(names).size).toBe(names.length);
    for (const input of form.match(/<input type="?password[^>]*>/gi) ?? ['none']) expect(input).toMatch(/name="?P\d+/);
  });

  it('shows the license rows, the newest first', async () => {
    const { phone, get } = await start(
      phoneWith({ previousRows: ['{files}/$MAU.lic', 'http://192.0.2.9/x.lic'] }, { dialect }),
    );
    const text = textOf((await get('/admin/advanced')).body);
    for (const row of phone.snapshot().authorizationRows) expect(text).toContain(row);
    expect(text.indexOf('00CCFC123456.lic]')).toBeLessThan(text.indexOf('x.lic]'));
  });

  it('escapes what was typed into a field', async () => {
    const { phone, get, post } = await start(phoneWith({}, { dialect }));
    await post({ 'Upgrade Rule': '"><script>alert(1)</script>' });
    expect(phone.snapshot().upgradeRule).toBe('"><script>alert(1)</script>');
    expect((await get('/admin/advanced')).body).not.toContain('<script>alert');
  });
});

describe('the markup', () => {
  it('is of three generations', async () => {
    const legacy = await pageOf(phoneWith({}, { dialect: 'legacy' }));
    await open?.close();
    const bcisco = await pageOf(phoneWith({ previousRows: ['{files}/x.lic'] }, { dialect: 'bcisco' }));
    await open?.close();
    const modern = await pageOf(phoneWith({}, { dialect: 'modern' }));

    expect(legacy).toMatch(
      /<TR bgcolor=#dcdcdc><TD>&nbsp;Product Name:<TD><FONT color=darkblue>CP-8841-3PCC<\/FONT><TD>&nbsp;Serial Number:<TD>/,
    );
    expect(legacy).not.toMatch(/<\/TD>/);
    expect(legacy).toMatch(/action=bsipura\.spa/);
    expect(bcisco).toContain('<form action="bcisco.csc" method="post"');
    expect(bcisco).toContain('<div id="Download Status"');
    expect(bcisco).toMatch(/<td class="info" colspan="3">\[0\]\[[^<]*Authorization Succeeded\.<\/td>/);
    expect(modern).toMatch(/^<!DOCTYPE html>/);
    expect(modern).toContain('CP&#x2D;8841&#x2D;3PCC');
  });

  it('is sent in the encoding it claims, or in another, or without saying', async () => {
    const { get } = await start(phoneWith({ charset: 'iso-8859-1' }, { dialect: 'modern' }));
    const latin = await get('/admin/advanced');
    expect(latin.headers['content-type']).toBe('text/html; charset=iso-8859-1');
    expect(latin.body).toContain('Français');
    await open?.close();
    const { get: getUnsaid } = await start(phoneWith({ charset: 'unsaid' }, { dialect: 'modern' }));
    const unsaid = await getUnsaid('/admin/advanced');
    expect(unsaid.headers['content-type']).toBe('text/html');
    expect(unsaid.body).toContain('Français');
  });
});

describe('the transition fields', () => {
  it.each([
    ['sip88xx.11-3-2MPP0001-609', '8841', false, null, false],
    ['sip88xx.11-3-3MPP0001-161', '8841', false, '', false],
    ['sip88xx.11-3-5MPP0001-117', '8841', true, '', false],
    ['sip88xx.12-0-2MPP0001-1', '8841', true, '', true],
    ['sip68xx.12-0-3MPP0001-87', '6841', false, null, false],
    ['sip88xx.TLexE2M-11-2-3C-12', '8841', true, null, false],
  ])(
    'on %s of a %s: fields %s, Product Information row %j, retry delay %s',
    async (load, model, fields, row, delay) => {
      const { phone } = await start({ model, load });
      expect(phone.fieldName('Upgrade Rule')).not.toBeNull();
      expect(phone.fieldName('Transition Authorization Rule') !== null).toBe(fields);
      expect(phone.fieldName('Transition Authorization Type') !== null).toBe(fields);
      expect(phone.fieldName('Transition Authorization Error Retry Delay') !== null).toBe(delay);
      expect(phone.snapshot().transitionAuthorizationType).toBe(row);
    },
  );

  it('go by other labels where a flag says so', async () => {
    const { phone, get } = await start(
      phoneWith({ ruleLabel: 'Transition Load Authorization Rule', typeLabel: 'Transition Authorization Typ' }),
    );
    expect(phone.fieldName('Transition Load Authorization Rule')).not.toBeNull();
    expect(phone.fieldName('Transition Authorization Typ')).not.toBeNull();
    expect(phone.fieldName('Transition Authorization Rule')).toBeNull();
    expect((await get('/admin/advanced')).body).toContain('Transition Load Authorization Rule');
  });

  it('show Classic in the select of a phone that has no license', async () => {
    const body = await pageOf(phoneWith({}, { dialect: 'bcisco' }));
    expect(body).toContain('<option value="Classic" selected>Classic</option><option value="WxC">WxC</option>');
    expect(body).toContain('<td>Transition Authorization Type:</td><td class="info">&nbsp;</td>');
  });

  it('have options that post an index where a flag says so', async () => {
    const body = await pageOf(phoneWith({ selectPosts: 'index' }, { dialect: 'bcisco' }));
    expect(body).toContain('<option value="0" selected>Classic</option><option value="1">WxC</option>');
  });
});

describe('field names', () => {
  it('differ by model and by firmware, and not by phone', async () => {
    const names = new Set<string | null>();
    for (const group of [
      phoneWith(),
      phoneWith({}, { mac: '00CCFC123457' }),
      phoneWith({}, { model: '8851' }),
      phoneWith({}, { load: 'sip88xx.12-0-7MPP0501-123' }),
    ]) {
      const { phone, close } = await lab(group);
      names.add(phone.fieldName('Upgrade Rule'));
      await close();
    }
    expect(names.size).toBe(3);
  });
});

describe('a short page', () => {
  it.each(HTML_DIALECTS)('is less than half as long, and has what a migration reads and sets (%s)', async (dialect) => {
    const scenario = buildScenario({
      name: 'short',
      subnet: '127.77.8.0/24',
      seed: 7,
      phones: [{ model: '8841', dialect }],
    });
    const pages: string[] = [];
    for (const shortPages of [false, true]) {
      const simulator = await startSimulator(scenario, { shortPages });
      const { body } = await ask(simulator.httpPort, scenario.phones[0]?.address ?? '', '/admin/advanced');
      await simulator.close();
      pages.push(body);
    }
    const [long = '', short = ''] = pages;
    expect(short.length).toBeLessThan(long.length / 2);
    for (const shown of [
      'Product Information',
      'MAC Address',
      'Firmware Upgrade',
      'Upgrade Rule',
      'Transition Authorization Rule',
    ])
      expect([shown, textOf(short).includes(shown), textOf(long).includes(shown)]).toEqual([shown, true, true]);
  });
});
