import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { LOAD, SERVER, URL_OF_LOAD, preflight, serveLoads, serveImages } from '../nocked-server.js';
import { loadsBytes } from '../support.js';

// Other test files in this process do without.
afterAll(() => nock.restore());
afterEach(() => {
  nock.cleanAll();
});

describe('the images of a load', () => {
  const image = (): nock.Scope => {
    serveLoads({ text: 'kern.sbn' });
    return nock(SERVER);
  };

  it.each([405, 501, 404, 403, 500])('are asked for with GET when HEAD is answered with %d', async (status) => {
    image().head('/kern.sbn').reply(status).get('/kern.sbn').reply(200, 'image');
    expect(await preflight().firmware(URL_OF_LOAD, LOAD)).toMatchObject({ ok: true, images: [{ name: 'kern.sbn' }] });
    expect(nock.isDone()).toBe(true);
  });

  it('are asked for with GET when HEAD breaks the connection', async () => {
    image().head('/kern.sbn').replyWithError({ code: 'ECONNRESET' }).get('/kern.sbn').reply(200, 'image');
    expect(await preflight().firmware(URL_OF_LOAD, LOAD)).toMatchObject({ ok: true });
  });

  it.each([
    ['missing', 404, '', {}, 'answered with 404 (Not Found)'],
    ['empty', 200, '', { 'content-length': '0' }, 'which is empty'],
    ['a web page', 200, '<html>', { 'content-type': 'text/html' }, 'a web page'],
  ])('that are %s are named', async (_what, status, body, headers, message) => {
    image().head('/kern.sbn').reply(status, '', headers).get('/kern.sbn').reply(status, body, headers);
    const check = await preflight().firmware(URL_OF_LOAD, LOAD);
    expect(check).toMatchObject({
      ok: false,
      code: 'firmware-image-missing',
      message: expect.stringContaining(message),
    });
    expect(check).toMatchObject({ message: expect.stringContaining(`${SERVER}/kern.sbn`) });
  });

  it('may have a size that the server does not tell, which is not 0', async () => {
    image().head('/kern.sbn').reply(200).get('/kern.sbn').reply(200, 'image', { 'transfer-encoding': 'chunked' });
    expect(await preflight().firmware(URL_OF_LOAD, LOAD)).toMatchObject({
      ok: true,
      images: [{ name: 'kern.sbn', bytes: null }],
    });
    image().head('/kern.sbn').reply(405).get('/kern.sbn').reply(200, '');
    expect(await preflight().firmware(URL_OF_LOAD, LOAD)).toMatchObject({
      message: expect.stringContaining('kern.sbn, which is empty'),
    });
  });

  it('are all looked for, and those that are missing counted', async () => {
    serveLoads({ text: 'kern.sbn\nrootfs.sbn\nsb2.sbn' });
    serveImages('rootfs.sbn');
    for (const name of ['kern.sbn', 'sb2.sbn']) nock(SERVER).head(`/${name}`).reply(404).get(`/${name}`).reply(404);
    const check = await preflight().firmware(URL_OF_LOAD, LOAD);
    expect(check).toMatchObject({
      code: 'firmware-image-missing',
      message: `${URL_OF_LOAD} lists ${SERVER}/kern.sbn, which was answered with 404 (Not Found), and 1 more of its 3 images are not there; phones would fail half-way.`,
      images: [{ bytes: null }, { name: 'rootfs.sbn', bytes: 9 }, { bytes: null }],
    });
  });

  it('that several loads share are asked for once', async () => {
    const other = 'sip88xx.14-3-1-0001-1';
    serveLoads({ text: 'fbi.sbn' });
    nock(SERVER)
      .get(`/${other}.loads`)
      .reply(200, Buffer.from(loadsBytes({ name: `${other}.loads`, text: 'fbi.sbn' })));
    serveImages('fbi.sbn');
    const files = preflight();
    expect(await files.firmware(URL_OF_LOAD, LOAD)).toMatchObject({ ok: true });
    expect(await files.firmware(`${SERVER}/${other}.loads`, other)).toMatchObject({ ok: true });
  });

  it('matter less than a wrong name', async () => {
    serveLoads({ name: 'other.loads', text: 'kern.sbn' });
    nock(SERVER).head('/kern.sbn').reply(404).get('/kern.sbn').reply(404);
    expect(await preflight().firmware(URL_OF_LOAD, LOAD)).toMatchObject({ code: 'firmware-name-mismatch' });
  });
});
