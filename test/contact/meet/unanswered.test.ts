import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { buildCapture } from '../../../src/contact/capture/build.js';
import { fromCapture } from '../../../src/contact/capture/open.js';
import type { Encounter } from '../../../src/contact/meet/encounter.js';
import { meetPhone } from '../../../src/contact/meet/meet-phone.js';
import { describeEncounter } from '../../../src/contact/probe/describe.js';
import { probeInWords } from '../../../src/contact/probe/words.js';
import { words } from '../support/disguise.js';
import { profiles } from '../support/meet.js';

let server: Server;
beforeAll(async () => {
  server = createServer((request) => request.socket.resetAndDestroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

const meet = (): Promise<Encounter> =>
  meetPhone(
    '127.0.0.1',
    {
      profiles,
      clock: systemClock,
      scheme: 'auto',
      httpPort: (server.address() as AddressInfo).port,
      httpsPort: 1,
      tls: { ca: [], insecure: false },
      timeoutMs: 2_000,
      userAgent: 'fleet-migrate/test',
    },
    { further: true },
  );

describe('a phone that resets every connection', () => {
  it('was not spoken to, live or from its capture', async () => {
    const live = await meet();
    const capture = buildCapture(live, { profiles, words, secret: Buffer.alloc(32, 1), version: '0.0.0' });
    const again = await fromCapture(capture, 'x.zip', { profiles, clock: systemClock });
    // What earlier versions kept: the endpoint that was tried last.
    const invented = { ...capture.manifest, access: tried };
    const earlier = await fromCapture({ ...capture, manifest: invented }, 'x.zip', { profiles, clock: systemClock });
    for (const encounter of [live, again, earlier]) {
      const report = describeEncounter(encounter, profiles, '0.0.0');
      expect(report).toMatchObject({ result: 'unreadable', access: null, failure: { code: 'connect-reset' } });
      expect(probeInWords(report)).not.toMatch(/spoken to over/);
    }
  });
});

const tried = {
  endpoint: { scheme: 'https', port: 1 },
  protocol: null,
  scheme: 'https',
  checked: true,
  signedInBy: null,
  certified: null,
} as const;
