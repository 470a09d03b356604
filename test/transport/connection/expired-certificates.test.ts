import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Peer, unknownPeer } from '../../../src/transport/connection/peer.js';
import type { TlsSettings } from '../../../src/transport/connection/trust.js';
import { page } from '../support/raw-server.js';
import { openSession } from '../support/sessions.js';
import { certificateFor, type Pem, secureServer, type SecureServer } from '../support/tls-server.js';

const servers: SecureServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const day = 86_400_000;
const mac = '00CCFC123456';
const phoneName = `CP-8841-SEP${mac}`;
const ranOut = { notBeforeDate: new Date(Date.now() - 3700 * day), notAfterDate: new Date('2026-01-31T12:00:00Z') };
const notYet = { notBeforeDate: new Date(Date.now() + day), notAfterDate: new Date(Date.now() + 9 * day) };
const mayClaim = { name: 'extKeyUsage', clientAuth: true } as const;

function authority(name: string, dates = {}): Promise<Pem> {
  const extensions = [
    { name: 'basicConstraints' as const, cA: true, critical: true },
    { name: 'keyUsage' as const, keyCertSign: true, critical: true },
  ];
  return certificateFor(name, { ...dates, extensions });
}

let manufacturing: Pem;
let second: Pem;
let impostor: Pem;
beforeAll(async () => {
  [manufacturing, second, impostor] = await Promise.all([
    authority('Manufacturing CA', { notBeforeDate: new Date(0), notAfterDate: new Date('2025-01-01') }),
    authority('Manufacturing CA III'),
    authority('Manufacturing CA'),
  ]);
});

/** What one reading comes to: the body, or the failure. Trusts both authorities, in files of their own. */
async function read(certificate: Pem, more: Partial<TlsSettings> = {}, peer: Peer = unknownPeer()): Promise<string> {
  const at = await secureServer((_head, { socket }) => socket.write(page('hello')), certificate);
  servers.push(at);
  const tls = { ca: [manufacturing.cert, second.cert], insecure: false, allowExpired: true, ...more };
  const session = openSession(at.port, { endpoint: { scheme: 'https', port: at.port }, tls, peer });
  try {
    return (await session.get('/')).body;
  } catch (error) {
    expect(at.requests).toEqual([]);
    return `${(error as { code: string }).code}: ${(error as Error).message}`;
  } finally {
    session.close();
  }
}

describe('a manufacturing certificate that has expired', () => {
  it('is refused without --allow-expired-mic, and without --ca', async () => {
    const phone = await certificateFor(phoneName, { ...ranOut, ca: second });
    expect(await read(phone, { allowExpired: false })).toMatch(/^certificate-expired: /);
    expect(await read(phone, { ca: [] })).toMatch(/^certificate-/);
  });

  it('is taken with both where it names the MAC, and the visit remembers it', async () => {
    const peer = unknownPeer();
    expect(await read(await certificateFor(phoneName, { ...ranOut, ca: second }), {}, peer)).toBe('hello');
    expect(peer).toEqual({ certified: mac, read: null, expiredAt: '2026-01-31' });
  });

  it('may be signed by an authority that has expired as well', async () => {
    expect(await read(await certificateFor(phoneName, { ...ranOut, ca: manufacturing }))).toBe('hello');
  });

  it.each([
    ['by nobody we trust', async () => certificateFor(phoneName, ranOut)],
    ['by another authority of the same name', async () => certificateFor(phoneName, { ...ranOut, ca: impostor })],
    [
      'by a certificate that may not sign',
      async () =>
        certificateFor(phoneName, { ...ranOut, ca: await certificateFor('CP-8841-SEP00CCFC000001', { ca: second }) }),
    ],
    ['for no web server', async () => certificateFor(phoneName, { ...ranOut, ca: second, extensions: [mayClaim] })],
  ])('is not trusted where it is signed %s', async (_what, made) => {
    expect(await read(await made())).toMatch(/^certificate-untrusted: its certificate expired on 2026-01-31, /);
  });

  it('is refused where it names no MAC: then nothing says whose it is', async () => {
    const altNames = [{ type: 7 as const, ip: '127.0.0.1' }];
    const named = await certificateFor('phone', {
      ...ranOut,
      ca: second,
      extensions: [{ name: 'subjectAltName', altNames }],
    });
    expect(await read(named)).toMatch(/^certificate-expired: .*names no phone's MAC/);
  });

  it('is refused where it names another phone than the page did', async () => {
    const phone = await certificateFor(phoneName, { ...ranOut, ca: second });
    expect(await read(phone, {}, { certified: null, read: '00CCFC000002' })).toMatch(/^certificate-mismatch: /);
  });
});

describe('with --allow-expired-mic, any other certificate is held to the same as without', () => {
  it('valid ones are taken', async () => {
    const peer = unknownPeer();
    expect(await read(await certificateFor(phoneName, { ca: second }), {}, peer)).toBe('hello');
    expect(peer).toEqual({ certified: mac, read: null });
  });

  it('others are not', async () => {
    expect(await read(await certificateFor(phoneName))).toMatch(/^certificate-untrusted: /);
    expect(await read(await certificateFor(phoneName, { ...notYet, ca: second }))).toMatch(/^certificate-expired: /);
    expect(await read(await certificateFor('elsewhere.example', { ca: second }))).toMatch(/^certificate-mismatch: /);
    const other = { certified: null, read: '00CCFC000002' };
    expect(await read(await certificateFor(phoneName, { ca: second }), {}, other)).toMatch(/^certificate-mismatch: /);
  });
});
