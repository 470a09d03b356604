import { afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior } from '../../../src/simulator/index.js';
import type { Lab } from '../support/lab.js';
import { lab, M2E_LOAD, phoneWith } from '../support/lab.js';

let open: Lab | undefined;
afterEach(() => open?.close());

async function start(hostileText: Behavior['hostileText'], more: Parameters<typeof phoneWith>[1] = {}): Promise<Lab> {
  await open?.close();
  open = await lab(phoneWith({ hostileText }, { dialect: 'bcisco', ...more }));
  return open;
}

/** What stands in a page, as a reader of its markup gets it. */
function unescaped(text: string): string {
  const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
  return text
    .replace(/&#x([0-9a-f]+);/gi, (_all, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&(\w+);/g, (whole, name: string) => names[name] ?? whole);
}

describe('a hostile phone', () => {
  it.each<[Behavior['hostileText'], RegExp]>([
    ['terminal', /\u001b\[2J\u001b\]0;owned serial\u0007/],
    ['html', /<script>alert\("serial"\)<\/script>/],
    ['csv', /=cmd\|' \/C calc serial'!A0/],
    ['lines', /serial\r?\n2026-01-01T00:00:00Z info 127\.0\.0\.1 done\n\{"event":"done"/],
    ['long', /serial A{65536}/],
    ['bidi', /\u202eserial \u2066elbaton\u2069/],
  ])('shows %s texts in its page and its status file', async (hostileText, pattern) => {
    const { get } = await start(hostileText);
    for (const path of ['/admin/advanced', '/admin/status.xml', '/'])
      expect([path, pattern.test(unescaped((await get(path)).body))]).toEqual([path, true]);
  });

  it('begins a cell with its formula', async () => {
    const { get } = await start('csv');
    const { body } = await get('/admin/status.xml');
    expect(body).toContain('<Serial_Number>=cmd|');
    expect(body).toContain('<Host_Name>=cmd|');
  });

  it('names a server and a title of its own', async () => {
    const { get } = await start('html');
    const { headers, body } = await get('/');
    expect(headers.server).toMatch(/^<script>alert\("server"\)/);
    expect(unescaped(/<title>([^<]*)<\/title>/.exec(body)?.[1] ?? '')).toMatch(
      /^CP-8841-3PCC Configuration Utility <script>/,
    );
  });

  it('is still the phone it is', async () => {
    const { get, phone } = await start('all');
    const { body } = await get('/admin/status.xml');
    expect(body).toContain('<Product_Name>CP-8841-3PCC<');
    expect(body).toContain('<MAC_Address>00CCFC123456<');
    expect(phone.snapshot()).toMatchObject({ upgradeStatus: '', load: 'sip88xx.12-0-3MPP0001-87' });
  });

  it('may run Enterprise firmware, or be no phone', async () => {
    const enterprise = await start('csv', { load: M2E_LOAD });
    expect((await enterprise.get('/DeviceInformationX')).body).toMatch(/<serialNumber>=cmd\|/);
    await open?.close();
    open = await lab({ kind: 'web-app', behavior: { hostileText: 'html' } });
    expect(unescaped((await open.get('/')).body)).toMatch(/<title><script>alert\("title"\)/);
  });
});
