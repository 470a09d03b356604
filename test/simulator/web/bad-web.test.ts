import net from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { WebFault } from '../../../src/simulator/index.js';
import { gzipBomb } from '../../../src/simulator/web/endless.js';
import { ask, converse, rawTalk } from '../support/client.js';
import type { Lab } from '../support/lab.js';
import { lab, phoneWith } from '../support/lab.js';

let open: Lab | undefined;
afterEach(() => open?.close());

async function start(web: WebFault): Promise<Lab> {
  open = await lab(phoneWith({ web }));
  return open;
}

describe('an address', () => {
  it('without a device resets the connection before a byte is sent', async () => {
    const { simulator } = await start('ok');
    const { bytes, error } = await rawTalk(simulator.httpPort, '127.77.7.200', 'GET / HTTP/1.1\r\n\r\n');
    expect({ bytes: bytes.length, error }).toEqual({ bytes: 0, error: 'ECONNRESET' });
    expect((await ask(simulator.httpsPort, '127.77.7.200', '/', { secure: true })).error).toBe('ECONNRESET');
    expect(simulator.log).toEqual([]);
  });

  it('whose web server is off does the same', async () => {
    const { get } = await start('off');
    expect((await get('/')).error).toBe('ECONNRESET');
  });
});

describe('a broken web server', () => {
  it('hangs: accepts and never answers', async () => {
    const { get, simulator } = await start('hang');
    expect((await get('/', { timeoutMs: 200 })).error).toBe('timeout');
    expect(simulator.log[0]).toMatchObject({ path: '/', status: null });
  });

  it('sends half a page and leaves', async () => {
    const { get } = await start('half-page');
    const seen = await get('/admin/advanced');
    expect(seen).toMatchObject({ status: 200, error: 'ECONNRESET' });
    expect(seen.bytes).toBeLessThan(Number(seen.headers['content-length']));
  });

  it('sends garbage', async () => {
    const { get } = await start('garbage');
    expect((await get('/')).error).toMatch(/^HPE_/);
  });

  it('sends a body without end', async () => {
    const { get } = await start('endless-body');
    const seen = await get('/', { most: 3_000_000 });
    expect(seen.error).toBe('too much');
    expect(seen.bytes).toBeGreaterThan(3_000_000);
  });

  it('sends 20 KB of headers', async () => {
    const { get, phone, simulator } = await start('huge-headers');
    expect((await get('/')).error).toBe('HPE_HEADER_OVERFLOW');
    const { bytes } = await rawTalk(simulator.httpPort, phone.address, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(bytes.length).toBeGreaterThan(20_000);
  });

  it('redirects for ever', async () => {
    const { get } = await start('redirect-loop');
    let path = '/admin/advanced';
    for (let turn = 1; turn <= 5; turn += 1) {
      const seen = await get(path);
      expect(seen.status).toBe(302);
      path = seen.headers.location ?? '';
      expect(path).toBe(`/admin/advanced?turn=${turn}`);
    }
  });

  it('answers 200 with nothing', async () => {
    const { get } = await start('empty-200');
    expect(await get('/admin/advanced')).toMatchObject({ status: 200, bytes: 0, error: '' });
  });

  it('resets once it has the request', async () => {
    const { get, simulator } = await start('reset-after-request');
    expect((await get('/')).error).toBe('ECONNRESET');
    expect(simulator.log).toHaveLength(1);
  });

  it('speaks TLS on the http port', async () => {
    const { phone, simulator } = await start('tls-on-http');
    const { bytes } = await rawTalk(simulator.httpPort, phone.address, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(bytes[0]).toBe(0x15);
    expect((await ask(simulator.httpPort, phone.address, '/', { secure: true })).status).toBe(200);
  });

  it('speaks plain HTTP on the https port', async () => {
    const { phone, simulator } = await start('plain-on-https');
    expect((await ask(simulator.httpsPort, phone.address, '/', { secure: true })).error).toMatch(/SSL|EPROTO/);
    expect((await ask(simulator.httpsPort, phone.address, '/')).status).toBe(200);
  });
});

describe('a web server that never ends', () => {
  const ASKED = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

  it.each([
    ['drip' as const, /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n<html><head><title>x{3}$/],
    ['drip-headers' as const, /^HTTP\/1\.1 200 OK\r\nContent-Type: text\/html\r\nX-Filler: x{3}$/],
  ])('sends a byte every three simulated seconds: %s', async (web, received) => {
    const { phone, simulator, pass } = await start(web);
    const socket = net.connect(simulator.httpPort, phone.address, () => socket.write(ASKED));
    let text = '';
    socket.on('data', (part) => (text += part.toString('latin1')));
    while (!text.includes(web === 'drip' ? '<title>' : 'X-Filler: '))
      await new Promise((resolve) => setImmediate(resolve));
    await pass(9);
    while (!received.test(text)) await new Promise((resolve) => setImmediate(resolve));
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });

  it('announces a chunk of 64 GB and fills it', async () => {
    const { get } = await start('endless-chunk');
    const seen = await get('/', { most: 3_000_000 });
    expect(seen).toMatchObject({ status: 200, error: 'too much', headers: { 'transfer-encoding': 'chunked' } });
  });

  it('sends 5,000 headers', async () => {
    const { phone, simulator } = await start('many-headers');
    const { bytes } = await rawTalk(simulator.httpPort, phone.address, ASKED);
    expect(bytes.toString('latin1').match(/^X-\d+: y\r$/gm)).toHaveLength(5000);
  });

  it('sends a gigabyte in a megabyte', async () => {
    const { get } = await start('gzip-bomb');
    const seen = await get('/');
    expect(seen.headers['content-encoding']).toBe('gzip');
    expect(seen.bytes).toBe(Number(seen.headers['content-length']));
    expect(seen.bytes).toBeLessThan(2_000_000);
    const member = gunzipSync(gzipBomb().subarray(0, gzipBomb().length / 1024));
    expect(member.length * 1024).toBe(1024 ** 3);
  });

  it('is done with that megabyte: who then asks again breaks no rule', async () => {
    const { simulator, phone } = await start('gzip-bomb');
    const conversation = await converse(simulator.httpPort, phone.address);
    for (const path of ['/', '/admin']) expect((await conversation.get(path)).head).toContain('Content-Encoding: gzip');
    await conversation.close();
    expect(phone.violations).toEqual([]);
  });

  it('sends interim answers and no final one', async () => {
    const { phone, simulator } = await start('informational-flood');
    const socket = net.connect(simulator.httpPort, phone.address, () => socket.write(ASKED));
    let text = '';
    socket.on('data', (part) => (text += part.toString('latin1')));
    while (text.length < 500_000) await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    expect(new Set(text.match(/HTTP\/1\.1 \d+/g))).toEqual(new Set(['HTTP/1.1 103']));
  });
});

describe('connections', () => {
  it('stay open for the next request unless a flag says otherwise', async () => {
    const { simulator, phone } = await start('ok');
    const conversation = await converse(simulator.httpPort, phone.address);
    expect((await conversation.get('/')).head).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Connection: keep-alive/);
    expect((await conversation.get('/admin/advanced')).body).toMatch(/Product Information/);
    await conversation.close();
    expect(phone.violations).toEqual([]);
    await open?.close();

    open = await lab(phoneWith({ closesConnection: true }));
    const closing = await open.get('/');
    expect(closing.headers).toMatchObject({ connection: 'close', 'content-length': String(closing.bytes) });
    await open.close();

    open = await lab(phoneWith({ missingContentLength: true }));
    const bare = await open.get('/admin/advanced');
    expect(bare.headers).toMatchObject({ connection: 'close' });
    expect(bare.headers['content-length']).toBeUndefined();
    expect(bare.headers['transfer-encoding']).toBeUndefined();
    expect(bare.body).toMatch(/<\/html>\s*$/i);
  });

  it('carry chunks where a flag says so, a missing length winning over them', async () => {
    open = await lab(phoneWith({ chunked: true }));
    const seen = await open.get('/admin/advanced');
    expect(seen.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
    expect(seen.headers['content-length']).toBeUndefined();
    expect(seen.body).toMatch(/<\/html>\s*$/i);
    await open.close();
    open = await lab(phoneWith({ chunked: true, missingContentLength: true, slow: false }));
    expect((await open.get('/')).headers['transfer-encoding']).toBeUndefined();
  });

  it('to both ports are noted once both carry a request', async () => {
    open = await lab(phoneWith({ scheme: 'both' }));
    const { phone, simulator, get } = open;
    const probe = net.connect(simulator.httpsPort, phone.address);
    await new Promise((resolve) => probe.once('connect', resolve));
    expect((await get('/')).status).toBe(200);
    probe.destroy();
    expect(phone.violations).toEqual([]);
    const kept = await converse(simulator.httpPort, phone.address);
    await kept.get('/');
    expect((await get('/', { secure: true })).status).toBe(200);
    await kept.get('/');
    await kept.close();
    expect(phone.violations).toEqual(['held two connections at once']);
  });

  it('are noted when two are open at once, and the second is reset where only one is taken', async () => {
    open = await lab(phoneWith({ oneConnection: true }));
    const { phone, simulator, get } = open;
    const first = net.connect(simulator.httpPort, phone.address);
    await new Promise((resolve) => first.once('connect', resolve));
    const seen = await get('/');
    first.destroy();
    expect(seen.error).toBe('ECONNRESET');
    expect(phone.violations).toEqual(['held two connections at once']);
  });

  it('one after the other are fine, however quickly', async () => {
    open = await lab(phoneWith({ oneConnection: true }));
    for (let index = 0; index < 50; index += 1) expect((await open.get('/')).status).toBe(200);
    expect(open.phone.violations).toEqual([]);
  });

  it('are noted when a request does not wait for the last answer', async () => {
    const { phone, simulator } = await start('hang');
    const talk = rawTalk(
      simulator.httpPort,
      phone.address,
      'GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n',
    );
    while (phone.violations.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await simulator.close();
    await talk;
    expect(phone.violations).toEqual(['sent a request before the last one was answered']);
  });
});
