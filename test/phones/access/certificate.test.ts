import { afterEach, describe, expect, it } from '@jest/globals';
import { namedMacOf } from '../../../src/phones/access/certificate.js';
import { createPhones } from '../../../src/phones/create-phones.js';
import type { Phones } from '../../../src/phones/phones.js';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';
import { page } from '../../transport/support/raw-server.js';
import { certificateFor, type Pem, secureServer, type SecureServer } from '../../transport/support/tls-server.js';
import { inShort } from '../support/network.js';
import { mac, paperPhone } from '../support/paper-phone.js';

let server: SecureServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const ours = certificateFor(`CP-8841-SEP${mac}`);
const anothers = certificateFor('CP-8841-SEP00CCFC000001');

/** A phone over https that closes each connection, and us, who trust its certificate and that of another phone. */
async function start(shown: Pem, insecure = false): Promise<Phones> {
  const paper = paperPhone({ 1: '', 2: '', 3: '0' });
  const at = await secureServer(
    (_head, { socket }) => socket.end(page(paper.page().body, 'Content-Type: text/html\r\nConnection: close')),
    shown,
  );
  server = at;
  return createPhones({
    profiles: { multiplatform, enterprise },
    clock: systemClock,
    ...{ scheme: 'https', httpPort: 80, httpsPort: at.port, timeoutMs: 5_000, settleMs: 1, userAgent: 'test' },
    tls: { ca: [(await ours).cert, (await anothers).cert], insecure },
  });
}

const asked = (): string[] => (server?.requests ?? []).map((head) => head.split(' HTTP')[0] ?? '');
const intent = async (): Promise<void> => {};
const set = { upgradeRule: 'http://127.0.0.1/x.loads' };

describe('a phone over https', () => {
  it('is held to the MAC in its certificate, and the evidence says so', async () => {
    const phones = await start(await ours);
    const look = await phones.visit('127.0.0.1', (visit) => visit.look('settings'));
    expect(look).toMatchObject({
      kind: 'phone',
      notes: [{ kind: 'access', text: `open over https (TLSv1.3), certificate names ${mac}` }],
    });
  });

  it('that shows the certificate of another phone is neither read nor written', async () => {
    const phones = await start(await anothers);
    await phones.visit('127.0.0.1', async (visit) => {
      expect(await visit.look('settings')).toMatchObject({
        kind: 'unreadable',
        failure: { code: 'certificate-mismatch', message: expect.stringContaining('names 00CCFC000001') },
      });
      await expect(visit.write(set, intent)).rejects.toMatchObject({ code: 'fields-missing' });
    });
    expect(asked()).toEqual(['GET /admin/advanced']);
  });

  it('that another one answers for just before the write gets no request at all', async () => {
    const phones = await start(await ours);
    let told = 0;
    await phones.visit('127.0.0.1', async (visit) => {
      expect(inShort(await visit.look('settings'))).toBe('multiplatform');
      server?.show(await anothers);
      const writing = visit.write(set, async () => void (told += 1));
      await expect(writing).rejects.toMatchObject({ code: 'certificate-mismatch' });
    });
    expect([told, asked()]).toEqual([0, ['GET /admin/advanced']]);
  });

  it('is held to nothing with --insecure, and the evidence says that', async () => {
    const phones = await start(await anothers, true);
    const look = await phones.visit('127.0.0.1', (visit) => visit.look('settings'));
    expect(look).toMatchObject({
      notes: [{ kind: 'access', text: 'open over https (TLSv1.3), certificate not checked' }],
    });
  });
});

describe('the MAC in a certificate’s name', () => {
  it.each([
    ['CP-8851-SEP00CCFC123456', '00CCFC123456'],
    ['CP-8832NR-SEP00ccfc123456', '00CCFC123456'],
    ['SEP00CCFC123456', null],
    ['CP-8851-SEP00CCFC123456.example.com', null],
    ['www.CP-8851-SEP00CCFC123456', null],
    ['CP-8851-SEP00CCFC12345', null],
    ['CP-8851-SEP000000000000', null],
    ['', null],
  ])('%s: %s', (name, expected) => expect(namedMacOf(multiplatform)(name)).toBe(expected));
});
