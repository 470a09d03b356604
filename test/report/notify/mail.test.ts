import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { SMTPServer } from 'smtp-server';
import type { Clock } from '../../../src/domain/ports/clock.js';
import { type MailServer, sendMail } from '../../../src/report/notify/mail.js';
import type { NotifyResult } from '../../../src/report/notify/tries.js';
import { samplePhone, sampleReport } from '../support/sample.js';

/** Pauses between tries are over at once and noted; a try has as long as the machine needs. */
function quickClock(): Clock & { waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    now: () => 0,
    monotonic: () => 0,
    after: (ms, run) => {
      if (ms === timeoutMs) return () => {};
      waits.push(ms);
      const timer = setImmediate(run);
      return () => clearImmediate(timer);
    },
  };
}

const timeoutMs = 20_000;
const report = sampleReport([samplePhone({ outcome: 'done' })]);
const summary = 'Run 20260131-221405\n.\nNext: größer\n';

interface Got {
  from: string;
  to: string[];
  text: string;
  isSecure: boolean;
  user: string | null;
}

describe('a mail', () => {
  let identity: { key: string; cert: string };
  let server: SMTPServer | null = null;
  let got: Got[] = [];
  beforeAll(async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
      keySize: 2048,
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    } as Parameters<typeof generate>[1]);
    identity = { key, cert };
  });
  afterEach(async () => {
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    server = null;
    got = [];
  });

  /** Starts a server and returns how it is spoken to. */
  async function start(
    options: ConstructorParameters<typeof SMTPServer>[0] = {},
    change: Partial<MailServer> = {},
  ): Promise<MailServer> {
    const made = new SMTPServer({
      ...{ ...identity, authOptional: true, logger: false, disableReverseLookup: true, closeTimeout: 100 },
      onAuth: ({ username, password }, _session, done) =>
        username === 'night' && password === 'hunter2'
          ? done(null, { user: username })
          : done(Object.assign(new Error('wrong password'), { responseCode: 535 })),
      onData: (stream, session, done) => {
        let text = '';
        stream.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          got.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            text,
            isSecure: session.secure,
            user: typeof session.user === 'string' ? session.user : null,
          });
          done();
        });
      },
      ...options,
    });
    made.on('error', () => {});
    await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
    server = made;
    const { port } = made.server.address() as AddressInfo;
    return {
      ...{
        host: '127.0.0.1',
        port,
        tls: 'starttls',
        ca: [identity.cert],
        from: 'fleet@example.com',
        credentials: null,
      },
      ...change,
    };
  }

  const send = (to: MailServer, clock: Clock = quickClock()): Promise<NotifyResult> =>
    sendMail(to, ['anna@example.com', 'team@example.com'], { report, summary }, { clock, timeoutMs });

  it('is the summary as text, to everybody at once, over a connection that became encrypted', async () => {
    expect(await send(await start())).toEqual({
      ...{ sent: true, status: null, tries: 1, message: '127.0.0.1 was notified.' },
    });
    expect(got).toMatchObject([
      { from: 'fleet@example.com', to: ['anna@example.com', 'team@example.com'], isSecure: true, user: null },
    ]);
    const [mail] = got;
    expect(mail?.text).toMatch(/^From: "fleet-migrate" <fleet@example\.com>\r$/m);
    expect(mail?.text).toMatch(/^To: anna@example\.com, team@example\.com\r$/m);
    expect(mail?.text).toMatch(/^Subject: fleet-migrate: mpp-to-enterprise: 1 done of 1 targets\r$/m);
    expect(mail?.text).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(mail?.text).toMatch(/^Content-Type: text\/plain; charset=utf-8\r$/m);
    expect(mail?.text).toContain('Run 20260131-221405\r\n.\r\nNext: gr=C3=B6=C3=9Fer');
  });

  it('goes over TLS from the start, with an account', async () => {
    const credentials = { username: 'night', password: () => 'hunter2' };
    expect((await send(await start({ secure: true }, { tls: 'tls', credentials }))).sent).toBe(true);
    expect(got).toMatchObject([{ isSecure: true, user: 'night' }]);
  });

  it('goes without encryption only where that was said', async () => {
    const plain = { hideSTARTTLS: true };
    expect((await send(await start(plain, { tls: 'none' }))).sent).toBe(true);
    expect(got).toMatchObject([{ isSecure: false }]);
  });

  it('is not sent, nor its password, to a server that does not offer encryption', async () => {
    let said = '';
    const credentials = { username: 'night', password: () => 'hunter2' };
    const options = {
      ...{ disabledCommands: ['STARTTLS'], allowInsecureAuth: true },
      onAuth: ({ password }: { password?: string }, _session: unknown, done: (error: null, answer: object) => void) => {
        said = password ?? '';
        done(null, { user: 'x' });
      },
    } as ConstructorParameters<typeof SMTPServer>[0];
    const result = await send(await start(options, { credentials }));
    expect([result.sent, got, said]).toEqual([false, [], '']);
    expect(result.message).toMatch(/^127\.0\.0\.1 could not be notified: .*STARTTLS/i);
  });

  it('is not sent to a server that nobody vouches for', async () => {
    const result = await send(await start({}, { ca: [] }));
    expect([result.sent, got]).toEqual([false, []]);
    expect(result.message).toMatch(/self-signed certificate/);
  });

  it('is not tried again with a wrong password, which is not repeated', async () => {
    const clock = quickClock();
    const credentials = { username: 'night', password: () => 'wr0ng-S3cret' };
    const result = await send(await start({}, { credentials }), clock);
    expect([result.sent, result.status, result.tries, clock.waits]).toEqual([false, 535, 1, []]);
    expect(JSON.stringify(result)).not.toContain('S3cret');
  });

  it.each([
    [451, 3, [1_000, 4_000]],
    [550, 1, []],
  ])('after a refusal with %d is tried %d times', async (responseCode, tries, waits) => {
    const clock = quickClock();
    const refuses = await start({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('not now'), { responseCode })),
    });
    const result = await send(refuses, clock);
    expect([result.sent, result.status, result.tries, clock.waits]).toEqual([false, responseCode, tries, waits]);
  });

  it('that nobody takes is tried three times', async () => {
    const to = await start();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    server = null;
    const result = await send(to);
    expect([result.sent, result.status, result.tries]).toEqual([false, null, 3]);
    expect(result.message).toMatch(/ECONNREFUSED/);
  });

  it('ends in time when the server says nothing', async () => {
    const to = await start({ onConnect: () => {} });
    let tries = 0;
    const impatient: Clock = {
      now: () => 0,
      monotonic: () => 0,
      after: (ms, run) => {
        if (ms === timeoutMs) tries += 1;
        const timer = setImmediate(run);
        return () => clearImmediate(timer);
      },
    };
    const result = await send(to, impatient);
    // It may still arrive: another try might send it twice.
    expect([result.sent, tries]).toEqual([false, 1]);
    expect(result.message).toMatch(/no answer within 20000 ms/);
  });
});
