import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createPreflight } from '../../src/files/preflight.js';
import { systemClock } from '../../src/conduct/system-clock.js';
import { loadsBytes } from './support.js';

const LOAD = 'sip88xx.14-2-1-0101-26';
let server: Server | undefined;

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const closed = (request: IncomingMessage): Promise<void> =>
  new Promise((done) => request.socket.once('close', () => done()));

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((done) => (server ? server.close(done) : done(undefined)));
  server = undefined;
});

describe('preflight against a real server', () => {
  it('finds firmware without downloading its images', async () => {
    const requests: string[] = [];
    let gaveUp: Promise<void> | undefined;
    let imageBytes = 0;
    const base = await serve((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      if (request.url === `/${LOAD}.loads`) response.end(loadsBytes({ text: 'kern.sbn\nrootfs.sbn' }));
      else if (request.method === 'HEAD' && request.url === '/rootfs.sbn') response.writeHead(501).end();
      else if (request.method === 'HEAD') response.writeHead(200, { 'content-length': '80000000' }).end();
      else {
        gaveUp = closed(request);
        response.writeHead(200, { 'content-length': '80000000' });
        const more = (): void => {
          imageBytes += 65_536;
          if (imageBytes < 80_000_000 && !response.destroyed && response.write(Buffer.alloc(65_536)))
            setImmediate(more);
        };
        response.on('drain', more);
        more();
      }
    });
    const check = await createPreflight({ fetch, timeoutMs: 5_000, clock: systemClock }).firmware(
      `${base}/${LOAD}.loads`,
      LOAD,
    );
    expect(check).toMatchObject({ ok: true, images: [{ bytes: 80_000_000 }, { bytes: 80_000_000 }] });
    expect(requests).toEqual([`GET /${LOAD}.loads`, 'HEAD /kern.sbn', 'HEAD /rootfs.sbn', 'GET /rootfs.sbn']);
    await gaveUp;
    expect(imageBytes).toBeLessThan(20_000_000);
  });

  it('does not take the size of a compressed response for that of the file', async () => {
    const packed = gzipSync(Buffer.alloc(5_000));
    const base = await serve((request, response) => {
      if (request.url === `/${LOAD}.loads`) return response.end(loadsBytes({ text: 'kern.sbn' }));
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': String(packed.length) });
      return response.end(request.method === 'HEAD' ? undefined : packed);
    });
    const files = createPreflight({ fetch, timeoutMs: 5_000, clock: systemClock });
    expect(await files.firmware(`${base}/${LOAD}.loads`, LOAD)).toMatchObject({
      ok: true,
      images: [{ name: 'kern.sbn', bytes: null }],
    });
  });

  it('reads no more than 64 KB of an endless body', async () => {
    let stopped: Promise<void> | undefined;
    const base = await serve((request, response) => {
      stopped = closed(request);
      const more = (): void => {
        if (!response.destroyed && response.write('a.sbn\n'.repeat(2_000))) setImmediate(more);
      };
      response.on('drain', more);
      more();
    });
    const preflight = createPreflight({ fetch, timeoutMs: 5_000, clock: systemClock });
    expect(await preflight.firmware(`${base}/${LOAD}.loads`, LOAD)).toMatchObject({ code: 'firmware-unreadable' });
    await stopped;
    expect(await preflight.license(`${base}/00CCFC123456.lic`, '00CCFC123456')).toMatchObject({
      code: 'license-unreadable',
    });
  });

  it('gives up on a server that says nothing, or stops half-way', async () => {
    const base = await serve((request, response) => {
      if (request.url?.startsWith('/half')) response.write('half a license');
    });
    const preflight = createPreflight({ fetch, timeoutMs: 60, clock: systemClock });
    for (const path of ['00CCFC123456.lic', 'half/00CCFC123456.lic']) {
      expect(await preflight.license(`${base}/${path}`, '00CCFC123456')).toMatchObject({
        code: 'files-unreachable',
        message: expect.stringContaining('no complete response within 60 ms'),
      });
    }
  });

  it('says why nobody could be reached', async () => {
    const base = await serve(() => undefined);
    await new Promise((done) => server?.close(done));
    server = undefined;
    expect(
      await createPreflight({ fetch, timeoutMs: 5_000, clock: systemClock }).license(
        `${base}/00CCFC123456.lic`,
        '00CCFC123456',
      ),
    ).toMatchObject({
      code: 'files-unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
