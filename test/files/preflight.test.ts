import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { createPreflight, type Preflight } from '../../src/files/preflight.js';
import { systemClock } from '../../src/conduct/system-clock.js';
import { LOAD, SERVER, URL_OF_LOAD, preflight, serveLoads, serveImages } from './nocked-server.js';

// Other test files in this process do without.
afterAll(() => nock.restore());
afterEach(() => {
  nock.cleanAll();
});

describe('the memory of a run', () => {
  it('lets callers for the same URL share one check, also later', async () => {
    serveLoads();
    serveImages('kern.sbn', 'rootfs.sbn');
    const files = preflight();
    const checks = await Promise.all(Array.from({ length: 50 }, () => files.firmware(URL_OF_LOAD, LOAD)));
    checks.push(await files.firmware(URL_OF_LOAD, LOAD));
    expect(checks.every(({ ok }) => ok)).toBe(true);
    expect(await files.firmware(URL_OF_LOAD, 'sip78xx.1-2')).toMatchObject({ code: 'firmware-name-mismatch' });
  });

  it('gives each caller warnings of its own', async () => {
    serveLoads({ name: null });
    serveImages('kern.sbn', 'rootfs.sbn');
    const files = preflight();
    for (let turn = 0; turn < 3; turn += 1) expect((await files.firmware(URL_OF_LOAD, LOAD)).warnings).toHaveLength(1);
  });

  it('keeps that a file is missing', async () => {
    nock(SERVER).get(`/${LOAD}.loads`).reply(404);
    const files = preflight();
    for (let turn = 0; turn < 2; turn += 1)
      expect(await files.firmware(URL_OF_LOAD, LOAD)).toMatchObject({ code: 'firmware-missing' });
  });

  it('says in words that a response was not complete', async () => {
    nock(SERVER).get(`/${LOAD}.loads`).twice().replyWithError({ code: 'UND_ERR_SOCKET' });
    expect(await preflight().firmware(URL_OF_LOAD, LOAD)).toMatchObject({
      message: expect.stringMatching(
        /could not be reached: it ended the connection before its response was complete\.$/,
      ),
    });
  });

  it('is for a moment that the server could not be reached, and counts for how long it has been silent', async () => {
    const { clock, files } = timed();
    const reset = (times: number): void =>
      void nock(SERVER).get(`/${LOAD}.loads`).times(times).replyWithError({ code: 'ECONNRESET' });
    reset(4);
    expect(await files.firmware(URL_OF_LOAD, LOAD)).toMatchObject({ code: 'files-unreachable', troubleForMs: 0 });
    clock.ms = 900;
    expect(await files.firmware(URL_OF_LOAD, LOAD)).toMatchObject({ troubleForMs: 900 });
    clock.ms = 5_000;
    expect(await files.firmware(URL_OF_LOAD, LOAD)).toMatchObject({ troubleForMs: 5_000 });
    expect(nock.isDone()).toBe(true);
    clock.ms = 7_000;
    serveLoads();
    serveImages('kern.sbn', 'rootfs.sbn');
    expect(await files.firmware(URL_OF_LOAD, LOAD)).toMatchObject({ ok: true });
    files.anew(0);
    reset(2);
    expect(await files.firmware(URL_OF_LOAD, LOAD)).toMatchObject({ troubleForMs: 0 });
  });

  it('keeps a server that is silent from being asked for every phone, but not one that is in trouble over one file', async () => {
    const { clock, files } = timed();
    const license = (mac: string): ReturnType<Preflight['license']> => files.license(`${SERVER}/${mac}.lic`, mac);
    nock(SERVER).get('/00CCFC000001.lic').twice().replyWithError({ code: 'ECONNRESET' });
    expect(await license('00CCFC000001')).toMatchObject({ code: 'files-unreachable', noResponse: true });
    expect(await license('00CCFC000002')).toMatchObject({
      url: `${SERVER}/00CCFC000002.lic`,
      code: 'files-unreachable',
      troubleForMs: 0,
    });
    clock.ms = 1_000;
    nock(SERVER).get('/00CCFC000002.lic').twice().reply(503).get('/00CCFC000003.lic').reply(200, 'opaque');
    expect(await license('00CCFC000002')).toMatchObject({ code: 'files-unreachable', troubleForMs: 0 });
    expect(await license('00CCFC000003')).toMatchObject({ ok: true });
    nock(SERVER).get('/00CCFC000002.lic').twice().reply(503);
    clock.ms = 3_000;
    expect(await license('00CCFC000002')).toMatchObject({ troubleForMs: 2_000 });
  });

  it('ends when a wave begins, and after half an hour', async () => {
    const { clock, files } = timed();
    const license = `${SERVER}/00CCFC123456.lic`;
    const serve = (status: number): void => {
      nock(SERVER).get(`/${LOAD}.loads`).reply(404);
      nock(SERVER).get('/00CCFC123456.lic').reply(status, 'opaque');
    };
    const ask = async (): Promise<boolean> => {
      await files.firmware(URL_OF_LOAD, LOAD);
      return (await files.license(license, '00CCFC123456')).ok;
    };
    serve(200);
    expect([await ask(), await ask()]).toEqual([true, true]);
    clock.ms = 60_000;
    files.anew(120_000);
    expect(await ask()).toBe(true);
    files.anew(0);
    serve(404);
    expect([await ask(), await ask()]).toEqual([false, false]);
    clock.ms += 30 * 60_000;
    serve(200);
    expect(await ask()).toBe(true);
    expect(nock.isDone()).toBe(true);
  });

  it('is as short as a caller asks, for images too; what is looked at now is shared by all', async () => {
    const { clock, files } = timed();
    const ask = (maxAgeMs?: number): ReturnType<Preflight['firmware']> => files.firmware(URL_OF_LOAD, LOAD, maxAgeMs);
    serveLoads();
    serveImages('kern.sbn', 'rootfs.sbn');
    expect(await ask()).toMatchObject({ ok: true });
    clock.ms = 60_000;
    expect(await ask(60_001)).toMatchObject({ ok: true });
    serveLoads();
    serveImages('kern.sbn');
    nock(SERVER).head('/rootfs.sbn').reply(404).get('/rootfs.sbn').reply(404);
    const [first, second] = await Promise.all([ask(60_000), ask(60_000)]);
    expect([first, second, await ask()].map((check) => !check.ok && check.code)).toEqual(
      Array.from({ length: 3 }, () => 'firmware-image-missing'),
    );
    expect(nock.isDone()).toBe(true);
  });
});

/** A preflight with a clock that stands. */
function timed(): { clock: { ms: number }; files: Preflight } {
  const clock = { ms: 0 };
  const standing = { monotonic: () => clock.ms, after: systemClock.after };
  return { clock, files: createPreflight({ fetch, timeoutMs: 1_000, clock: standing }) };
}
