import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { createPreflight, type Preflight } from '../../../src/files/preflight.js';
import { startTftpServer } from '../../../src/tftp/server.js';
import type { TftpEvent, TftpServer, TftpServerOptions } from '../../../src/tftp/serving.js';
import { sourceOf } from '../../tftp/support/files.js';
import { freePort } from '../../tftp/support/ports.js';
import { loadsBytes, silentPort } from '../support.js';

const LOAD = 'sip88xx.14-2-1-0101-26';
const MAC = '00CCFC123456';
let server: TftpServer | undefined;
afterEach(() => server?.close());

/** A TFTP server with these files, and a preflight. */
async function serve(
  files: Record<string, Uint8Array | string>,
  more: Partial<TftpServerOptions> = {},
): Promise<{ base: string; files: Preflight; asked: string[]; sent: () => number }> {
  const asked: string[] = [];
  const events: TftpEvent[] = [];
  const listening = await freePort((port) =>
    startTftpServer({
      address: '127.0.0.1',
      port,
      clock: systemClock,
      onEvent: (event) => events.push(event),
      open: (name) => {
        asked.push(name);
        const bytes = files[name];
        return Promise.resolve(bytes === undefined ? null : sourceOf(Buffer.from(bytes)));
      },
      ...more,
    }),
  );
  server = listening.value;
  return {
    base: `tftp://127.0.0.1:${listening.port}`,
    files: createPreflight({ fetch, timeoutMs: 5_000, clock: systemClock }),
    asked,
    sent: () => events.reduce((sum, event) => sum + (event.kind === 'ended' ? event.bytes : 0), 0),
  };
}

describe('firmware over TFTP', () => {
  it('is found with the sizes of its images, which are not downloaded', async () => {
    const image = new Uint8Array(3_000_000);
    const { base, files, asked, sent } = await serve({
      [`image/${LOAD}.loads`]: loadsBytes({ text: 'kern.sbn\nrootfs.sbn' }),
      'image/kern.sbn': image,
      'image/rootfs.sbn': image,
    });
    const check = await files.firmware(`${base}/image/${LOAD}.loads`, LOAD);
    expect(check).toMatchObject({ ok: true, images: [{ bytes: image.length }, { bytes: image.length }] });
    expect(asked).toEqual([`image/${LOAD}.loads`, 'image/kern.sbn', 'image/rootfs.sbn']);
    expect(sent()).toBeLessThan(100_000);
  });

  it('may be named without a scheme, as in a rule', async () => {
    const { base, files } = await serve({ [`${LOAD}.loads`]: loadsBytes({ text: 'kern.sbn' }), 'kern.sbn': 'image' });
    expect(await files.firmware(`${base.slice('tftp://'.length)}/${LOAD}.loads`, LOAD)).toMatchObject({ ok: true });
  });

  it.each([
    ['no load', {}, 'firmware-missing', 'was answered with TFTP error 1 ('],
    [
      'no image',
      { [`${LOAD}.loads`]: loadsBytes() },
      'firmware-image-missing',
      'which was answered with TFTP error 1 (',
    ],
    [
      'an empty image',
      { [`${LOAD}.loads`]: loadsBytes({ text: 'kern.sbn' }), 'kern.sbn': '' },
      'firmware-image-missing',
      'which is empty',
    ],
    ['half a load', { [`${LOAD}.loads`]: loadsBytes().subarray(0, 100) }, 'firmware-unreadable', 'not a .loads file'],
  ])('%s', async (_what, served, code, message) => {
    const { base, files } = await serve(served);
    expect(await files.firmware(`${base}/${LOAD}.loads`, LOAD)).toMatchObject({
      ok: false,
      code,
      message: expect.stringContaining(message),
    });
  });

  it('that a server refuses for now says nothing about the file', async () => {
    const { base, files } = await serve({}, { open: () => Promise.reject(new Error('busy')) });
    expect(await files.firmware(`${base}/${LOAD}.loads`, LOAD)).toMatchObject({
      code: 'files-unreachable',
      message: expect.stringMatching(/was answered with TFTP error 0 \(.*\), twice\./),
    });
  });

  it('of a server that is silent is not known', async () => {
    const { port, close } = await silentPort();
    const files = createPreflight({ fetch, timeoutMs: 60, clock: systemClock });
    const check = await files.firmware(`tftp://127.0.0.1:${port}/${LOAD}.loads`, LOAD);
    close();
    expect(check).toMatchObject({ code: 'files-unreachable', noResponse: true });
  });
});

describe('a license over TFTP', () => {
  it.each([
    ['opaque license', null],
    ['', 'license-unreadable'],
    ['<html><body>gone</body></html>', 'license-unreadable'],
    ['{"error": "no such file"}', 'license-unreadable'],
    ['device=00CCFC999999', 'license-other-phone'],
  ])('%j', async (text, code) => {
    const { base, files } = await serve({ [`${MAC}.lic`]: text });
    const check = await files.license(`${base}/${MAC}.lic`, MAC);
    expect(check).toMatchObject(code === null ? { ok: true } : { ok: false, code });
  });

  it('that is missing is missing, case included', async () => {
    const { base, files } = await serve({ [`${MAC}.lic`]: 'opaque' });
    expect(await files.license(`${base}/${MAC.toLowerCase()}.lic`, MAC)).toMatchObject({
      code: 'license-missing',
      message: expect.stringContaining('use $MAU in the rule'),
    });
  });

  it('is asked for in turn with others, as a server has few transfers to spare', async () => {
    const macs = Array.from({ length: 40 }, (_, n) => `00CCFC0000${n.toString(16).toUpperCase().padStart(2, '0')}`);
    const { base, files } = await serve(Object.fromEntries(macs.map((mac) => [`${mac}.lic`, mac])));
    const checks = await Promise.all(macs.map((mac) => files.license(`${base}/${mac}.lic`, mac)));
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});
