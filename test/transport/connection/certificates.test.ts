import { afterEach, describe, expect, it } from '@jest/globals';
import type tls from 'node:tls';
import type { TlsSettings } from '../../../src/transport/connection/trust.js';
import { certificateMismatch, type Peer, unknownPeer } from '../../../src/transport/connection/peer.js';
import { page } from '../support/raw-server.js';
import { openSession } from '../support/sessions.js';
import { certificateFor, secureServer, type SecureServer } from '../support/tls-server.js';

const servers: SecureServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const day = 86_400_000;
const mac = '00CCFC123456';
const phoneName = `CP-8841-SEP${mac}`;

/** A server with a certificate, and who is told to trust it. */
async function server(
  ...certificate: Parameters<typeof certificateFor>
): Promise<{ at: SecureServer; tls: TlsSettings }> {
  const made = await certificateFor(...certificate);
  const at = await secureServer((_head, { socket }) => socket.write(page('hello')), made);
  servers.push(at);
  return { at, tls: { ca: [made.cert], insecure: false } };
}

/** What one reading comes to: the body, or the failure. */
async function read(at: SecureServer, settings: TlsSettings, peer: Peer = unknownPeer()): Promise<string> {
  const session = openSession(at.port, { endpoint: { scheme: 'https', port: at.port }, tls: settings, peer });
  try {
    return (await session.get('/')).body;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  } finally {
    session.close();
  }
}

const insecure: TlsSettings = { ca: [], insecure: true };

describe('a certificate', () => {
  it.each([
    ['has expired', { notBeforeDate: new Date(Date.now() - 9 * day), notAfterDate: new Date(Date.now() - day) }],
    ['is not valid yet', { notBeforeDate: new Date(Date.now() + day), notAfterDate: new Date(Date.now() + 9 * day) }],
  ])('that %s has a failure of its own, and nothing is asked', async (_what, dates) => {
    const { at, tls } = await server(phoneName, dates);
    expect(await read(at, tls)).toMatch(
      /^certificate-expired: its certificate is out of date by the clock of this machine: .* \(CERT_/,
    );
    expect(at.requests).toEqual([]);
    expect(await read(at, insecure)).toBe('hello');
  });

  it('that names a MAC is that of the phone, whatever its address', async () => {
    const { at, tls } = await server(phoneName);
    const peer = unknownPeer();
    expect(await read(at, tls, peer)).toBe('hello');
    expect(peer).toEqual({ certified: mac, read: null });
  });

  it('that names the address is taken without a MAC', async () => {
    const altNames = [{ type: 7 as const, ip: '127.0.0.1' }];
    const { at, tls } = await server('phones.example', { extensions: [{ name: 'subjectAltName', altNames }] });
    const peer = unknownPeer();
    expect(await read(at, tls, peer)).toBe('hello');
    expect(peer.certified).toBeNull();
  });

  it('that is trusted but names neither is refused, as anybody could have one; but for --insecure', async () => {
    const { at, tls } = await server('www.example.com');
    expect(await read(at, tls)).toBe(
      "certificate-mismatch: it shows another device's certificate: it is issued to www.example.com: neither a phone's MAC nor 127.0.0.1",
    );
    expect(at.requests).toEqual([]);
    expect(await read(at, insecure)).toBe('hello');
  });
});

describe('a new connection in a visit', () => {
  it.each<[string, Peer]>([
    ['the certificate before it', { certified: '00CCFC000001', read: null }],
    ['the page that was read', { certified: null, read: '00CCFC000001' }],
  ])('is held to the MAC of %s before anything is asked', async (_what, peer) => {
    const { at, tls } = await server(phoneName);
    expect(await read(at, tls, peer)).toMatch(
      /^certificate-mismatch: .*it names 00CCFC123456, but the phone is 00CCFC000001$/,
    );
    expect(at.requests).toEqual([]);
  });

  it('is as good as the first with the same MAC', async () => {
    const { at, tls } = await server(phoneName);
    expect(await read(at, tls, { certified: mac, read: mac })).toBe('hello');
  });

  it('is held to nothing with --insecure, and nothing is learned from it', async () => {
    const { at } = await server(phoneName);
    const peer = { certified: null, read: '00CCFC000001' };
    expect(await read(at, insecure, peer)).toBe('hello');
    expect(peer.certified).toBeNull();
  });
});

describe('a certificate with several names', () => {
  const named = (...names: string[]): tls.PeerCertificate =>
    ({ subject: { CN: names } }) as unknown as tls.PeerCertificate;
  const macIn = (text: string): string | null => /SEP(.*)/.exec(text)?.[1] ?? null;

  it('counts by the one MAC in it, and not at all with two', () => {
    expect(certificateMismatch(named('x', 'SEP1'), 'h', macIn, unknownPeer())).toBeNull();
    expect(certificateMismatch(named('SEP1', 'SEP2'), 'h', macIn, unknownPeer())?.code).toBe('certificate-mismatch');
  });
});
