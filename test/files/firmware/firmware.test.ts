import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import type { Clock } from '../../../src/domain/ports/clock.js';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { createPreflight, type Preflight } from '../../../src/files/preflight.js';
import { LOAD, SERVER, URL_OF_LOAD, preflight, serveLoads, serveImages } from '../nocked-server.js';
import { loadsBytes } from '../support.js';

// Other test files in this process do without.
afterAll(() => nock.restore());
afterEach(() => {
  nock.cleanAll();
});

describe('firmware on the file server', () => {
  it('is accepted when the .loads file and all images are there', async () => {
    serveLoads();
    serveImages('kern.sbn', 'rootfs.sbn');
    expect(await preflight().firmware(URL_OF_LOAD, LOAD)).toEqual({
      ok: true,
      url: URL_OF_LOAD,
      bytes: loadsBytes().length,
      images: [
        { name: 'kern.sbn', bytes: 9 },
        { name: 'rootfs.sbn', bytes: 9 },
      ],
      warnings: [],
    });
    expect(nock.isDone()).toBe(true);
  });

  it('may be named with its ending, and be looked for with a query', async () => {
    nock(SERVER).get(`/${LOAD}.loads`).query({ try: '2' }).reply(200, Buffer.from(loadsBytes()));
    serveImages('kern.sbn', 'rootfs.sbn');
    expect(await preflight().firmware(`${URL_OF_LOAD}?try=2`, `${LOAD}.loads`)).toMatchObject({ ok: true });
  });

  it('is looked for in the folder of the .loads file', async () => {
    nock(SERVER)
      .get(`/image/${LOAD}.loads`)
      .reply(200, Buffer.from(loadsBytes({ text: 'kern.sbn' })));
    serveImages('image/kern.sbn');
    expect(await preflight().firmware(`${SERVER}/image/${LOAD}.loads`, LOAD)).toMatchObject({
      ok: true,
      images: [{ name: 'kern.sbn' }],
    });
  });

  it('without a name of its own is accepted with a warning', async () => {
    serveLoads({ name: null });
    serveImages('kern.sbn', 'rootfs.sbn');
    const check = await preflight().firmware(URL_OF_LOAD, LOAD);
    expect(check).toMatchObject({ ok: true, warnings: [expect.stringContaining('carries no load name inside')] });
  });

  it.each([
    [{ name: 'sip88xx.12-0-1-8.loads' }, LOAD, 'is signed as sip88xx.12-0-1-8, not as sip88xx.14-2-1-0101-26'],
    [{ name: 'SIP88XX.14-2-1-0101-26.loads' }, LOAD, 'is signed as SIP88XX'],
    [{ name: null }, 'sip78xx.14-2-1-0101-26', 'is not the file of the load sip78xx.14-2-1-0101-26'],
    [{}, 'sip78xx.14-2-1-0101-26', 'is not the file of the load sip78xx.14-2-1-0101-26'],
  ])('of another name is refused: %j as %s', async (parts, expected, message) => {
    serveLoads(parts);
    serveImages('kern.sbn', 'rootfs.sbn');
    const check = await preflight().firmware(URL_OF_LOAD, expected);
    expect(check).toMatchObject({
      ok: false,
      code: 'firmware-name-mismatch',
      message: expect.stringContaining(message),
    });
  });

  it.each([404, 410, 403, 401])('that is answered with %d is missing, and is not asked for again', async (status) => {
    const scope = nock(SERVER).get(`/${LOAD}.loads`).reply(status);
    const check = await preflight().firmware(URL_OF_LOAD, LOAD);
    expect(check).toMatchObject({
      ok: false,
      code: 'firmware-missing',
      message: expect.stringContaining(`answered with ${status} (`),
    });
    expect(scope.isDone()).toBe(true);
  });

  it.each([
    ['a web page', 200, '<html><body>Please log in</body></html>', {}, 'a web page'],
    ['a web page by its type', 200, 'a.sbn', { 'content-type': 'text/html; charset=utf-8' }, 'a web page'],
    ['nothing', 200, '', {}, 'it is empty'],
    ['no content', 204, '', {}, '204'],
    ['something else', 200, 'This is not a list', {}, 'not a file name'],
    ['too much', 200, 'a.sbn\n'.repeat(20_000), {}, 'larger than 64 KB'],
  ])('of which the server sends %s is unreadable', async (_what, status, body, headers, message) => {
    nock(SERVER).get(`/${LOAD}.loads`).reply(status, body, headers);
    const check = await preflight().firmware(URL_OF_LOAD, LOAD);
    expect(check).toMatchObject({ ok: false, code: 'firmware-unreadable', message: expect.stringContaining(message) });
  });

  it('of a URL that is none is refused without a request', async () => {
    expect(await preflight().firmware('', LOAD)).toMatchObject({ ok: false, code: 'files-bad-url' });
  });
});

describe('a load whose images are named for other phones', () => {
  const files = (): Preflight =>
    createPreflight({ fetch, timeoutMs: 1_000, clock: systemClock }, ['sip78xx', 'sip88xx', 'sip8845_65']);

  it('alone is refused, whether or not they are there', async () => {
    serveLoads({ text: 'kern78xx.1.sbn\nrootfs2.78xx.1.sbn\n' });
    serveImages('kern78xx.1.sbn');
    nock(SERVER).head('/rootfs2.78xx.1.sbn').reply(404).get('/rootfs2.78xx.1.sbn').reply(404);
    expect(await files().firmware(URL_OF_LOAD, LOAD)).toMatchObject({
      ok: false,
      code: 'firmware-other-family',
      message: `${URL_OF_LOAD} lists images of another load family: kern78xx.1.sbn and 1 more for phones of sip78xx, and none that is named for its own.`,
    });
  });

  it('beside its own is accepted with a warning', async () => {
    serveLoads({ text: 'kern88xx.1.sbn\nrootfs8845_65.1.sbn\n' });
    serveImages('kern88xx.1.sbn', 'rootfs8845_65.1.sbn');
    expect(await files().firmware(URL_OF_LOAD, LOAD)).toMatchObject({
      ok: true,
      warnings: [expect.stringContaining('also lists rootfs8845_65.1.sbn, which by name is for phones of sip8845_65')],
    });
  });
});

describe('a file server in trouble', () => {
  it.each([500, 503, 429])('is tried twice when it answers with %d', async (status) => {
    nock(SERVER).get(`/${LOAD}.loads`).reply(status);
    serveLoads();
    serveImages('kern.sbn', 'rootfs.sbn');
    expect(await preflight().firmware(URL_OF_LOAD, LOAD)).toMatchObject({ ok: true });

    nock(SERVER).get(`/${LOAD}.loads`).twice().reply(status);
    expect(await preflight().firmware(URL_OF_LOAD, LOAD)).toMatchObject({ ok: false, code: 'files-unreachable' });
    expect(nock.isDone()).toBe(true);
  });

  it('is tried twice when it breaks the connection, and named with the reason', async () => {
    nock(SERVER).get(`/${LOAD}.loads`).twice().replyWithError({ code: 'ECONNRESET', message: 'secret' });
    expect(await preflight().firmware(URL_OF_LOAD, LOAD)).toEqual({
      ok: false,
      url: URL_OF_LOAD,
      code: 'files-unreachable',
      message: 'files.example.com:6970 could not be reached: ECONNRESET.',
      warnings: [],
      images: [],
      noResponse: true,
      troubleForMs: expect.any(Number),
    });
    expect(nock.isDone()).toBe(true);
  });

  it('is given up after one timeout, which is the one that is told', async () => {
    const timers: number[] = [];
    let now = 0;
    const clock: Pick<Clock, 'after' | 'monotonic'> = {
      monotonic: () => now,
      after: (ms, run) => {
        timers.push(ms);
        now += ms;
        queueMicrotask(run);
        return () => undefined;
      },
    };
    const silent = createPreflight({ fetch: silentFetch, timeoutMs: 7_000, clock });
    expect(await silent.firmware(URL_OF_LOAD, LOAD)).toMatchObject({
      code: 'files-unreachable',
      message: 'files.example.com:6970 could not be reached: no complete response within 7000 ms.',
    });
    expect(timers).toEqual([7_000]);
  });
});

describe('redirects', () => {
  it('are followed, and said', async () => {
    nock(SERVER)
      .get(`/${LOAD}.loads`)
      .reply(302, '', { location: `/moved/${LOAD}.loads` });
    nock(SERVER)
      .get(`/moved/${LOAD}.loads`)
      .reply(200, Buffer.from(loadsBytes({ text: 'kern.sbn' })));
    serveImages('kern.sbn');
    const check = await preflight().firmware(URL_OF_LOAD, LOAD);
    expect(check).toMatchObject({
      ok: true,
      warnings: [`${URL_OF_LOAD} is redirected to ${SERVER}/moved/${LOAD}.loads.`],
    });
  });

  it('of a kind that phones may not follow are warned about', async () => {
    nock(SERVER).get(`/${LOAD}.loads`).reply(308, '', { location: '/moved' });
    nock(SERVER)
      .get('/moved')
      .reply(200, Buffer.from(loadsBytes({ text: 'kern.sbn' })));
    serveImages('kern.sbn');
    const check = await preflight().firmware(URL_OF_LOAD, LOAD);
    expect(check).toMatchObject({ ok: true, warnings: [expect.stringContaining('perhaps not 308')] });
  });

  it('end after three', async () => {
    nock(SERVER)
      .persist()
      .get(/.*/)
      .reply(301, '', { location: `/${LOAD}.loads` });
    const check = await preflight().firmware(URL_OF_LOAD, LOAD);
    expect(check).toMatchObject({
      ok: false,
      code: 'files-unreachable',
      message: expect.stringContaining('more than 3 times'),
    });
  });

  it.each(['ftp://h/a', 'http://', 'http://user:secret@h/a'])('to %s are not followed', async (location) => {
    nock(SERVER).persist().get(`/${LOAD}.loads`).reply(302, '', { location });
    const check = await preflight().firmware(URL_OF_LOAD, LOAD);
    expect(check).toMatchObject({ ok: false, code: 'files-unreachable' });
    expect(JSON.stringify(check)).not.toContain('secret');
  });
});

/** A server that never answers: it ends only when it is given up. */
const silentFetch: typeof fetch = (_input, init) =>
  new Promise((_resolve, reject) => {
    const giveUp = (): void => reject(new DOMException('aborted', 'AbortError'));
    if (init?.signal?.aborted) giveUp();
    else init?.signal?.addEventListener('abort', giveUp);
  });
