import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior } from '../../../src/simulator/index.js';
import type { Lab } from '../support/lab.js';
import { lab, M2E_LOAD, phoneWith } from '../support/lab.js';

let open: Lab | undefined;
afterEach(() => open?.close());

async function start(behavior: Partial<Behavior>, load?: string): Promise<Lab> {
  open = await lab(phoneWith({ scheme: 'https', ...behavior }, load === undefined ? {} : { load }));
  return open;
}

interface Shaken {
  /** The code of the failure; `''` when there was none. */
  error: string;
  protocol: string | null;
  certificate: X509Certificate | null;
}

/** Shakes hands with the phone, trusting its CA and nobody else, whatever name is in the certificate. */
function shake({ simulator, phone }: Lab, options: tls.ConnectionOptions = {}): Promise<Shaken> {
  return new Promise((resolve) => {
    const socket = tls.connect({
      host: phone.address,
      port: simulator.httpsPort,
      ca: simulator.ca,
      checkServerIdentity: () => undefined,
      ...options,
    });
    const end = (error: string): void => {
      const raw = socket.getPeerX509Certificate();
      const certificate = raw === undefined ? null : new X509Certificate(raw.raw);
      resolve({ error, protocol: socket.getProtocol(), certificate });
      socket.destroy();
    };
    socket.once('secureConnect', () => end(''));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'unknown'));
  });
}

describe('the certificate of a phone', () => {
  it('from manufacturing is signed by the simulated CA and names product, serial and MAC', async () => {
    const running = await start({ certificate: 'manufacturing' });
    const { error, certificate } = await shake(running);
    expect(error).toBe('');
    expect(certificate?.subject.split('\n')).toEqual([
      expect.stringMatching(/^serialNumber=PID:CP-8841-3PCC SN:FCH\w{8}$/),
      'CN=CP-8841-3PCC-SEP00CCFC123456',
      'OU=CTG',
      'O=Cisco Systems Inc.',
    ]);
    expect(certificate?.issuer).toMatch(/CN=Simulated Manufacturing CA/);
    expect(certificate?.subjectAltName).toBeUndefined();
  });

  it('of a phone that was made with Enterprise firmware names the product without 3PCC', async () => {
    const { certificate } = await shake(await start({ certificate: 'manufacturing' }, M2E_LOAD));
    expect(certificate?.subject).toMatch(/CN=CP-8841-SEP00CCFC123456/);
  });

  it.each<[Behavior['certificate'], RegExp, RegExp]>([
    ['self-signed', /DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY/, /CN=CP-8841-3PCC-SEP00CCFC123456$/m],
    ['expired', /CERT_HAS_EXPIRED/, /CN=CP-8841-3PCC-SEP00CCFC123456$/m],
    ['other-mac', /^$/, /CN=CP-8841-3PCC-SEP00CCFCEDCBA9$/m],
    ['no-mac', /^$/, /CN=CP-8841-3PCC$/m],
  ])('may be %s', async (certificate, problem, subject) => {
    const running = await start({ certificate });
    expect((await shake(running)).error).toMatch(problem);
    const shown = await shake(running, { rejectUnauthorized: false });
    expect(shown.certificate?.subject).toMatch(subject);
  });

  it('differs between two phones of one simulator', async () => {
    open = await lab(phoneWith(), {
      phones: [1, 2].map(() => ({ model: '8841', behavior: { scheme: 'https', certificate: 'manufacturing' } })),
    });
    const names = [];
    for (const phone of open.simulator.phones) {
      const { certificate } = await shake({ ...open, phone });
      names.push(certificate?.subject.includes(`SEP${phone.mac}`));
    }
    expect(names).toEqual([true, true]);
  });
});

describe('old TLS', () => {
  const legacy = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;

  it('is refused by a client of today, and taken by one that allows it', async () => {
    const running = await start({ tls: 'old', certificate: 'manufacturing' });
    expect((await shake(running)).error).toMatch(/^E/);
    const { error, protocol, certificate } = await shake(running, legacy);
    expect([error, protocol]).toEqual(['', 'TLSv1.1']);
    expect(certificate?.publicKey.asymmetricKeyDetails?.modulusLength).toBe(1024);
    expect(certificate?.subject).toMatch(/SEP00CCFC123456/);
  });

  it('is not what other phones speak', async () => {
    const running = await start({ certificate: 'manufacturing' });
    expect((await shake(running, { ...legacy, maxVersion: 'TLSv1.1' })).error).not.toBe('');
  });
});

describe('a redirect to https', () => {
  it.each<[Behavior['redirectTarget'], (running: Lab) => string]>([
    ['same', ({ phone, simulator }) => `https://${phone.address}:${simulator.httpsPort}/admin/advanced`],
    ['other-host', ({ simulator }) => `https://127.77.7.2:${simulator.httpsPort}/admin/advanced`],
    ['other-port', ({ phone, simulator }) => `https://${phone.address}:${simulator.httpPort}/admin/advanced`],
  ])('may lead to: %s', async (redirectTarget, location) => {
    const phones = [phoneWith({ scheme: 'redirect', redirectTarget }), { model: '8851' }];
    open = await lab(phoneWith(), { phones });
    expect((await open.get('/admin/advanced')).headers.location).toBe(location(open));
  });
});
