import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { SMTPServer } from 'smtp-server';
import { runCommand, startCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';

describe('--notify', () => {
  const folder = temporaryFolder();
  const posted = new Map<string, unknown>();
  const mails: { text: string; user: unknown; isSecure: boolean }[] = [];
  let network: Network;
  let web: Server;
  let mail: SMTPServer;
  let hooks: string;
  let mailAt: string;
  let serverKey: string;

  beforeAll(async () => {
    network = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 2 }]);
    web = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
      request.on('end', () => {
        posted.set(request.url ?? '', JSON.parse(body));
        response.end('ok');
      });
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    hooks = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
      keySize: 2048,
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    } as Parameters<typeof generate>[1]);
    writeFileSync(folder.file('mail.pem'), cert);
    serverKey = key;
    mail = new SMTPServer({
      ...{ key, cert, logger: false, disableReverseLookup: true, closeTimeout: 100 },
      onAuth: ({ username, password }, _session, done) =>
        username === 'night' && password === 'hunter2'
          ? done(null, { user: username })
          : done(Object.assign(new Error('no'), { responseCode: 535 })),
      onData: (stream, session, done) => {
        let text = '';
        stream.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        stream.on('end', () => {
          mails.push({ text, user: session.user, isSecure: session.secure });
          done();
        });
      },
    });
    mail.on('error', () => {});
    await new Promise<void>((resolve) => mail.listen(0, '127.0.0.1', resolve));
    mailAt = `127.0.0.1:${(mail.server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await network.close();
    await new Promise((resolve) => web.close(resolve));
    await new Promise<void>((resolve) => mail.close(() => resolve()));
    folder.remove();
  });

  const mailWords = (): string[] => [
    ...['--notify', 'mailto:anna@example.com,voice-team@example.com', '--mail-server', mailAt],
    ...['--mail-ca', folder.file('mail.pem'), '--mail-from', 'fleet@example.com'],
    ...['--mail-username', 'night', '--mail-password-env', 'MAIL_PW'],
  ];
  const audit = (db: string, ...words: string[]): string[] => [
    ...['audit', ...network.scan, '--no-config', '--db', folder.file(db), '--log-file', folder.file(`${db}.log`)],
    ...['--log-level', 'debug', '--report', folder.file(`${db}.json`), ...words],
  ];

  it('tells all receivers in their forms at once, and the password is nowhere', async () => {
    const forms = ['', 'slack+', 'teams+'].flatMap((form) => ['--notify', `${form}${hooks}/${form.slice(0, -1)}`]);
    const { code, stderr, stdout } = await runCommand(audit('all', ...forms, ...mailWords()), {
      env: { MAIL_PW: 'hunter2' },
    });
    expect(code).toBe(0);
    expect(posted.get('/')).toMatchObject({ schema: 'fleet-migrate/notify@1', totals: { byOutcome: { audited: 2 } } });
    expect(posted.get('/slack')).toMatchObject({
      text: expect.stringMatching(/^audit: 2 audited, 12 no-answer of 14 targets$/),
      blocks: [{ type: 'header' }, { type: 'section' }, { type: 'context' }],
    });
    expect(posted.get('/teams')).toMatchObject({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } }],
    });
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ user: 'night', isSecure: true });
    expect(mails[0]?.text).toMatch(/^Subject: fleet-migrate: audit: 2 audited, 12 no-answer of 14 targets\r$/m);
    expect(mails[0]?.text).toMatch(/^To: anna@example\.com, voice-team@example\.com\r$/m);
    // The same summary everywhere.
    const { text } = posted.get('/') as { text: string };
    const [line = ''] = text.split('\n');
    expect(line).toMatch(/\w/);
    for (const body of [posted.get('/slack'), posted.get('/teams')]) expect(JSON.stringify(body)).toContain(line);
    const files = ['all', 'all-wal', 'all.log', 'all.json'].map((name) => {
      try {
        return readFileSync(folder.file(name), 'latin1');
      } catch {
        return '';
      }
    });
    expect(files[0]).not.toBe('');
    for (const written of [...files, stderr, stdout, mails[0]?.text]) expect(written).not.toContain('hunter2');
  });

  it('that a mail server refuses is said without the password, and changes nothing', async () => {
    const { code, stderr } = await runCommand(audit('refused', ...mailWords(), '--notify', `${hooks}/still`), {
      env: { MAIL_PW: 'wr0ng-S3cret' },
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/ error the mail could not be sent why="127\.0\.0\.1 could not be notified: .*535/);
    expect(stderr).not.toContain('S3cret');
    expect(posted.has('/still')).toBe(true);
  });

  it('is waited for no longer after a signal: the log says so, with --quiet too, and the exit code is that of the run', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const asked = new Promise<void>((resolve) => silent.once('request', () => resolve()));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/T0PSECRET`;
    const run = startCommand(audit('left', '--notify', url, '--quiet'));
    await asked;
    run.kill('SIGTERM');
    const { code, stderr, tookMs } = await run.done;
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
    expect(code).toBe(0);
    expect(stderr).toContain('The run has ended: its reports are written, and nobody is waited for.');
    expect(stderr).toContain('the webhook may not have been notified');
    expect(stderr).not.toContain('T0PSECRET');
    expect(tookMs).toBeLessThan(9_000);
    expect(readFileSync(folder.file('left.json'), 'utf8')).toContain('"audited"');
  });

  it('says nothing of a password that a mail server repeats', async () => {
    const parrot = new SMTPServer({
      ...{ logger: false, disableReverseLookup: true, closeTimeout: 100, disabledCommands: ['STARTTLS'] },
      ...{ secure: true, key: serverKey, cert: readFileSync(folder.file('mail.pem')) },
      onAuth: ({ username, password }, _session, done) => {
        const plain = Buffer.from(`\0${String(username)}\0${String(password)}`).toString('base64');
        done(Object.assign(new Error(`not ${String(password)} nor ${plain}`), { responseCode: 535 }));
      },
    });
    parrot.on('error', () => {});
    await new Promise<void>((resolve) => parrot.listen(0, '127.0.0.1', resolve));
    const at = `127.0.0.1:${(parrot.server.address() as AddressInfo).port}`;
    const words = mailWords().map((word) => (word === mailAt ? at : word));
    const { code, stderr } = await runCommand(audit('parrot', ...words, '--mail-tls', 'tls'), {
      env: { MAIL_PW: 'wr0ng-S3cret' },
    });
    await new Promise<void>((resolve) => parrot.close(() => resolve()));
    expect(code).toBe(0);
    expect(stderr).toMatch(/the mail could not be sent .*not \[redacted\] nor \[redacted\]/);
    expect(stderr + readFileSync(folder.file('parrot.log'), 'utf8')).not.toMatch(/S3cret|AG5pZ2h0/);
  });

  it('by mail works for a resume, from a configuration file, and is checked before anything is contacted', async () => {
    const before = network.simulator.log.length;
    writeFileSync(
      folder.file('night.yaml'),
      `notify: [mailto:anna@example.com, ${hooks}/file]\nmailServer: ${mailAt}\nmailFrom: fleet@example.com\nmailCa: mail.pem\n`,
    );
    const config = ['--config', folder.file('night.yaml')];
    const check = await runCommand(['config', 'check', folder.file('night.yaml')]);
    expect([check.code, check.stdout]).toEqual([0, expect.stringMatching(/: good\n$/)]);
    const scan = ['audit', ...network.scan, '--db', folder.file('file.db')];
    for (const words of [scan, ['resume', '--db', folder.file('file.db')]]) {
      const refused = await runCommand([...words, ...config, '--mail-username', 'night'], { env: {} });
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(/--notify mailto: needs the password of --mail-username/);
    }
    expect(network.simulator.log).toHaveLength(before);
    // This server wants an account: that is one line, and the webhook is told.
    const told = await runCommand([...scan, ...config]);
    expect([told.code, posted.has('/file')]).toEqual([0, true]);
    expect(told.stderr).toContain('the mail could not be sent');
  });
});
