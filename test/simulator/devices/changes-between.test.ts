import { once } from 'node:events';
import net from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior } from '../../../src/simulator/index.js';
import type { Lab } from '../support/lab.js';
import { formOf, lab, phoneWith } from '../support/lab.js';

const RULE = 'Upgrade Rule';
const VALUE = 'http://127.0.0.1/mine.loads';

let open: Lab | undefined;
afterEach(() => open?.close());

async function start(behavior: Partial<Behavior>): Promise<Lab> {
  open = await lab(phoneWith(behavior));
  return open;
}

describe('between a read and a post', () => {
  it('field names may change on every page: those of the newest page work', async () => {
    const { get, post, phone } = await start({ changesBetween: 'names' });
    const names = new Set<string>();
    for (let turn = 0; turn < 3; turn += 1) {
      const { body } = await get('/admin/advanced');
      const name = phone.fieldName(RULE) ?? '';
      expect(body.includes(`name="${name}"`)).toBe(true);
      names.add(name);
    }
    expect(names.size).toBe(3);
    const [oldest = ''] = names;
    await get(phone.formPath(), { method: 'POST', body: `${oldest}=x` });
    expect(phone.snapshot().upgradeRule).toBe('');
    await post({ [RULE]: VALUE });
    expect(phone.snapshot().upgradeRule).toBe(VALUE);
  });

  it('they may change once, just before the first post, which is then lost without a word', async () => {
    const { get, post, phone } = await start({ changesBetween: 'names-once' });
    await get('/admin/advanced');
    const before = phone.fieldName(RULE);
    expect((await post({ [RULE]: VALUE })).status).toBe(200);
    expect(phone.snapshot()).toMatchObject({ upgradeRule: '', posts: 1, postsApplied: 0 });
    expect(phone.fieldName(RULE)).not.toBe(before);
    await get('/admin/advanced');
    await post({ [RULE]: VALUE });
    expect(phone.snapshot()).toMatchObject({ upgradeRule: VALUE, postsApplied: 1 });
    expect(phone.violations).toEqual([]);
  });

  it('somebody else may set the Upgrade Rule, once', async () => {
    const { get, post, phone } = await start({ changesBetween: 'setting' });
    expect((await get('/admin/advanced')).body.includes('192.0.2.77')).toBe(false);
    expect(phone.snapshot().upgradeRule).toBe('http://192.0.2.77/firmware/other.loads');
    expect((await get('/admin/advanced')).body.includes('192.0.2.77')).toBe(true);
    await post({ [RULE]: VALUE });
    await get('/admin/advanced');
    expect(phone.snapshot()).toMatchObject({ upgradeRule: VALUE, phase: 'idle' });
  });
});

/** Sends a request over a connection that stays open, and reads the whole answer. */
async function exchange(socket: net.Socket, request: string): Promise<void> {
  socket.write(request);
  let answer = '';
  for (;;) {
    const [part] = (await once(socket, 'data')) as [Buffer];
    answer += part.toString('latin1');
    const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? Number.NaN);
    if (answer.length >= answer.indexOf('\r\n\r\n') + 4 + length) return;
  }
}

describe('another phone may have the address by the time of the post', () => {
  it('and gets it, where the post comes over a connection of its own', async () => {
    const { get, post, simulator, phone } = await start({ identitySwapped: 'after-last-read' });
    await get('/admin/advanced');
    await get('/admin/advanced');
    expect(simulator.phones).toHaveLength(1);
    await post({ [RULE]: VALUE });
    expect(simulator.phones.map((one) => one.snapshot().upgradeRule)).toEqual(['', VALUE]);
    expect((await get('/admin/advanced')).body.includes(phone.mac)).toBe(false);
    simulator.assertNoViolations();
  });

  it('but not over the connection of the reading: nobody else can be at its other end', async () => {
    const { simulator, phone } = await start({ identitySwapped: 'after-last-read' });
    const socket = net.connect(simulator.httpPort, phone.address);
    await exchange(socket, 'GET /admin/advanced HTTP/1.1\r\nHost: x\r\n\r\n');
    const body = formOf(phone, { [RULE]: VALUE });
    const head = `POST ${phone.formPath()} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`;
    await exchange(socket, head + body);
    socket.destroy();
    expect(simulator.phones.map((one) => one.snapshot().upgradeRule)).toEqual([VALUE]);
  });
});

describe('the Referer of a request', () => {
  const status = async (path: string, referer?: string, method = 'GET'): Promise<number> => {
    const own = `http://${open?.phone.address}:${open?.simulator.httpPort}`;
    const headers = referer === undefined ? {} : { referer: referer.replace('{own}', own) };
    return (await (open as Lab).get(path, { headers, method, ...(method === 'POST' ? { body: '' } : {}) })).status;
  };

  it.each<[Behavior['refererRule'], number[]]>([
    ['any', [200, 200, 200]],
    ['none-allowed', [200, 403, 403]],
    ['same-origin-required', [403, 200, 403]],
    ['foreign-refused', [200, 200, 403]],
  ])('%s: none, the same origin, another', async (refererRule, expected) => {
    await start({ refererRule });
    const path = '/admin/advanced';
    expect([await status(path), await status(path, '{own}/admin'), await status(path, 'http://192.0.2.1/')]).toEqual(
      expected,
    );
    expect(await status('/', 'http://192.0.2.1/')).toBe(200);
  });

  it('may matter to posts only', async () => {
    const { phone } = await start({ refererRule: 'same-origin-required', refererAppliesTo: 'post' });
    expect(await status('/admin/advanced')).toBe(200);
    expect(await status(phone.formPath(), undefined, 'POST')).toBe(403);
    expect(await status(phone.formPath(), '{own}/admin/advanced', 'POST')).toBe(200);
    expect(phone.violations).toEqual([]);
  });
});
