import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FileServer, FileServerOptions } from '../../../src/simulator/index.js';
import { imagesOf, makeLicense, makeLoads, startFileServer } from '../../../src/simulator/index.js';
import { licenseFits } from '../../../src/simulator/files/licenses.js';
import { readLoads } from '../../../src/simulator/files/loads.js';

const LOAD = 'sip88xx.14-2-1-0101-26';

let server: FileServer | undefined;
afterEach(() => server?.close());

async function serve(options: FileServerOptions = {}): Promise<(path: string, method?: string) => Promise<Response>> {
  server = await startFileServer(options);
  const { url } = server;
  return (path, method = 'GET') => fetch(`${url}${path}`, { method });
}

describe('a .loads container', () => {
  it('is a TLV header with its own length, a signature, its name, and image names as text', () => {
    const bytes = makeLoads(`${LOAD}.loads`, ['a.sbn', 'b.sbn']);
    expect(bytes.subarray(0, 5).toString('hex')).toBe('0100020101');
    expect(bytes.subarray(5, 8).toString('hex')).toBe('020002');
    const length = bytes.readUInt16BE(8);
    expect(length % 4).toBe(0);
    expect(bytes.subarray(length).toString()).toBe('#HARDWARE_COMP_1 15\r\na.sbn \r\nb.sbn \r\n');
    expect(bytes.indexOf(Buffer.from('0c0100', 'hex'))).toBeGreaterThan(0);
    expect(bytes.indexOf(`${LOAD}.loads\0`)).toBeLessThan(length);
    expect(bytes.length).toBeGreaterThan(400);
    expect(bytes.length).toBeLessThan(1100);
  });

  it('reads back as it was made, for any names', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9._-]{1,60}$/);
    fc.assert(
      fc.property(name, fc.array(name), (own, images) => {
        expect(readLoads(makeLoads(own, images))).toEqual({ name: own, images });
      }),
    );
  });

  it('is not seen in other bytes, and reading them never throws', () => {
    expect(readLoads(Buffer.from('<html>404</html>'))).toBeNull();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => void readLoads(Buffer.from(bytes))));
    const whole = makeLoads(`${LOAD}.loads`, ['a.sbn']);
    fc.assert(
      fc.property(fc.nat({ max: 300 }), (length) => {
        expect(readLoads(whole.subarray(0, length))).toBeNull();
      }),
    );
  });
});

describe('a license', () => {
  it('fits one phone and one direction', () => {
    const license = makeLicense('00CCFC123456', 'm2e');
    expect(licenseFits(license, '00CCFC123456', 'm2e')).toBe(true);
    expect(licenseFits(license, '00CCFC123456', 'e2m')).toBe(false);
    expect(licenseFits(license, '00CCFC123457', 'm2e')).toBe(false);
  });
});

describe('the file server', () => {
  it('has every load of a known family, and its images', async () => {
    const get = await serve();
    const answered = await get(`/${LOAD}.loads`);
    expect(answered.status).toBe(200);
    const content = readLoads(Buffer.from(await answered.arrayBuffer()));
    expect(content).toEqual({ name: `${LOAD}.loads`, images: imagesOf(LOAD) });
    for (const image of imagesOf(LOAD)) expect((await get(`/${image}`)).status).toBe(200);
    expect((await get('/sip9999.14-2-1-0101-26.loads')).status).toBe(404);
    expect((await get('/other.txt')).status).toBe(404);
  });

  it('has licenses for both directions, by name', async () => {
    const get = await serve({ licensedMacs: new Set(['00CCFC123456']) });
    expect(await (await get('/00CCFC123456.lic')).text()).toContain('direction=e2m');
    expect(await (await get('/00CCFC123456_M2E.lic')).text()).toContain('direction=m2e');
    expect((await get('/00ccfc123456.lic')).status).toBe(404);
    expect((await get('/00CCFC999999.lic')).status).toBe(404);
  });

  it('ignores folders and queries, answers HEAD, and refuses to write', async () => {
    const get = await serve();
    expect((await get(`/image/${LOAD}.loads?try=2`)).status).toBe(200);
    const head = await get(`/${LOAD}.loads`, 'HEAD');
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(400);
    expect(await head.text()).toBe('');
    expect((await get('/x.loads', 'POST')).status).toBe(405);
    expect(server?.requests.map((request) => [request.method, request.path, request.status])).toEqual([
      ['GET', `/image/${LOAD}.loads`, 200],
      ['HEAD', `/${LOAD}.loads`, 200],
      ['POST', '/x.loads', 405],
    ]);
  });

  it('lacks or garbles what it is told to', async () => {
    const mac = '00CCFC123456';
    const get = await serve({
      files: {
        loads: [LOAD, 'sip88xx.12-0-3MPP0001-87'],
        missingLoads: ['sip88xx.12-0-3MPP0001-87'],
        missingImages: [LOAD],
        wrongNames: [LOAD],
        missingLicenses: ['00CCFC000001'],
        wrongDirectionLicenses: [mac],
        foreignLicenses: [mac],
      },
    });
    expect((await get('/sip88xx.12-0-3MPP0001-87.loads')).status).toBe(404);
    expect((await get('/sip88xx.14-1-1MN-366.loads')).status).toBe(404);
    expect((await get('/00CCFC000001.lic')).status).toBe(404);
    expect(readLoads(Buffer.from(await (await get(`/${LOAD}.loads`)).arrayBuffer()))?.name).toBe(`other-${LOAD}.loads`);
    expect((await get(`/${imagesOf(LOAD).at(-1)}`)).status).toBe(404);
    expect((await get(`/${imagesOf(LOAD)[0]}`)).status).toBe(200);
    const license = await (await get(`/${mac}_M2E.lic`)).text();
    expect(license).toContain('direction=e2m');
    expect(license).not.toContain(mac);
  });

  it('serves what is put there, and no longer what is removed', async () => {
    const get = await serve();
    server?.put('note.txt', 'hello');
    expect(await (await get('/note.txt')).text()).toBe('hello');
    server?.remove(`${LOAD}.loads`);
    expect((await get(`/${LOAD}.loads`)).status).toBe(404);
  });

  it('breaks connections off for a time after a phone has fetched a load, where it is told to', async () => {
    const turns: (() => void)[] = [];
    const wait = (): Promise<void> => new Promise((resolve) => turns.push(resolve));
    const outage = { afterLoads: 1, delayMs: 1, lastsMs: 1 };
    const get = await serve({ files: { outage }, wait });
    const next = (): Promise<void> => Promise.resolve(turns.shift()?.());
    expect((await get(`/${LOAD}.loads`)).status).toBe(200);
    expect((await get('/x')).status).toBe(404);
    await next();
    await expect(get('/x')).rejects.toThrow();
    await next();
    expect((await get('/x')).status).toBe(404);
  });

  it('waits before it answers where it is told to', async () => {
    const waited: number[] = [];
    const wait = (ms: number): Promise<void> => Promise.resolve(void waited.push(ms));
    const get = await serve({ files: { latencyMs: 250 }, wait });
    expect((await get(`/${LOAD}.loads`)).status).toBe(200);
    expect(waited).toEqual([250]);
  });
});
