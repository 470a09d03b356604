import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { openStore } from '../../../src/store/open-store.js';
import { fetchTftp } from '../../../src/tftp/client.js';
import { get } from '../../serve/support/served.js';
import { makeRottenStore } from '../../store/support/rotten-store.js';
import { runCommand, type Running, startCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
const root = folder.file('phones');
afterAll(() => folder.remove());
beforeAll(() => mkdirSync(root));

const anyPort = ['--http-port', '0', '--tftp-port', '0', '--address', '127.0.0.1'];

/** What the example's unit runs, with the folder of this test. */
function exampleWords(): string[] {
  const unit = readFileSync('examples/systemd/fleet-migrate-serve.service', 'utf8');
  const [, line = ''] = /^ExecStart=\/usr\/bin\/fleet-migrate (.*)$/m.exec(unit) ?? [];
  expect(line).toBe('serve /srv/phones');
  return line.replace('/srv/phones', root).split(' ');
}

describe('fleet-migrate serve', () => {
  const db = folder.file('store.db');
  const mac = '00CCFC123456';
  const phone = { 'User-Agent': `Cisco-CP-8841-3PCC/11.0 (${mac.toLowerCase()})` };
  let serving: Running;

  const store = () => openStore({ path: db, clock: systemClock });

  beforeAll(async () => {
    const held = await store();
    const license = {
      file: 'x.lic',
      sha256: '0'.repeat(64),
      bytes: 7,
      source: 'x.zip',
      importedAt: '2026-01-15T01:00:00.000Z',
    };
    await held.keepLicenses(
      (['e2m', 'm2e'] as const).map((direction) => ({
        ...license,
        mac,
        direction,
        content: Buffer.from(`${direction} license`),
      })),
    );
    await held.keepTransfers([
      {
        ...{ id: 'old', startedAt: '2025-01-15T01:00:00.000Z', endedAt: null, client: '10.0.0.7', protocol: 'http' },
        ...{ kind: 'other', file: 'old', mac: null, size: null, bytes: 0, state: 'sending', why: null },
      },
    ]);
    await held.close();
    writeFileSync(`${root}/a.loads`, 'a.sbn\nb.sbn\n');
    writeFileSync(`${root}/a.sbn`, Buffer.alloc(30_000_000));
    writeFileSync(`${root}/00ccfc999999.lic`, 'in the folder');
    const options = ['--direction', 'm2e', '--allow', '127.0.0.0/25', '--limit-client', '80kbit'];
    serving = startCommand([...exampleWords(), '--db', db, ...anyPort, ...options]);
    await serving.shows('Ready');
  });

  it('says where phones find it, and what they will miss', () => {
    expect(serving.stdout).toMatch(/has 3 files: 1 load, 1 license\.\nMissing: a\.loads needs b\.sbn;/);
    expect(serving.stdout).toMatch(/\nNames: .*00CCFC999999\.lic.*00ccfc999999\.lic/);
    expect(serving.stdout).toContain(`\n2 licenses are held in ${db}.\n`);
  });

  it('serves over both protocols, tells it, keeps it, and says what ctrl-C cut off', async () => {
    const http = /--files (http:\/\/127\.0\.0\.1:\d+)/.exec(serving.stdout)?.[1] ?? '';
    const tftp = Number(/--files tftp:\/\/127\.0\.0\.1:(\d+)/.exec(serving.stdout)?.[1]);
    expect(await get(`${http}/${mac.toLowerCase()}.lic`, { headers: phone })).toMatchObject({ body: 'm2e license' });
    expect(await get(`${http}/${mac}_E2M.lic`, { headers: phone })).toMatchObject({ body: 'e2m license' });
    expect(await get(`${http}/00CCFC999999.lic`)).toMatchObject({ body: 'in the folder' });
    expect(await get(`${http}/a.loads`, { from: '127.0.0.200' })).toMatchObject({ status: 403 });
    for (let times = 0; times < 30; times += 1) await get(`${http}/b.sbn`, { headers: phone });
    const at = { host: '127.0.0.1', port: tftp, clock: systemClock, maxBytes: 1_000, timeoutMs: 10_000 };
    expect(await fetchTftp({ ...at, file: 'a.loads' })).toMatchObject({ kind: 'file', size: 12 });
    // All of them wait for the rate's sake; so many that Node would warn of listeners, if it had reason to.
    const slow = Array.from({ length: 20 }, () => net.connect(Number(new URL(http).port), '127.0.0.1'));
    for (const [nth, client] of slow.entries()) {
      client.on('error', () => {});
      client.pause();
      client.write(`GET /a.sbn HTTP/1.1\r\nHost: x\r\nUser-Agent: ${phone['User-Agent']} no. ${nth}\r\n\r\n`);
    }
    while ((serving.stdout.match(/a\.sbn begins, 30 MB\n/g)?.length ?? 0) < slow.length) await setImmediate();
    serving.kill('SIGINT');
    const { code, stdout, stderr } = await serving.done;
    for (const client of slow) client.destroy();
    expect([code, stderr]).toEqual([130, '']);
    expect(stdout).toContain(
      `127.0.0.1 ${mac} ${mac}_E2M.lic 11 of 11 bytes in 0.0 s (the e2m license that is held)\n`,
    );
    expect(stdout).toMatch(
      new RegExp(`\nStopped; cut off: (127\\.0\\.0\\.1 ${mac} a\\.sbn \\d+(\\.\\d)? of 30 MB(, |\\.\n)){20}$`),
    );
    expect(stdout.match(/b\.sbn refused: there is no such file\n/g)).toHaveLength(1);

    const kept = await store();
    const transfers = await kept.transfersSince('2024-01-01T00:00:00.000Z');
    await kept.close();
    expect(transfers.map((one) => [one.protocol, one.kind, one.file, one.mac, one.state])).toEqual([
      ['http', 'license', `${mac.toLowerCase()}.lic`, mac, 'sent'],
      ['http', 'license', `${mac}_E2M.lic`, mac, 'sent'],
      // Not by that phone: something else fetched it.
      ['http', 'license', '00CCFC999999.lic', null, 'sent'],
      ['http', 'other', '', null, 'refused'],
      ['http', 'image', 'b.sbn', mac, 'refused'],
      ['tftp', 'firmware', 'a.loads', null, expect.stringMatching(/sent|broken/)],
      ...slow.map(() => ['http', 'image', 'a.sbn', mac, 'broken']),
    ]);
    expect(transfers.at(-1)).toMatchObject({ size: 30_000_000, why: 'the server was stopped' });
  });
});

describe('what cannot be served', () => {
  const taken = net.createServer();
  beforeAll(async () => {
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    writeFileSync(folder.file('file'), '');
    await makeRottenStore(folder.file('rotten.db'));
  });
  afterAll(() => void taken.close());

  it('is one sentence with what to do, and exit code 2', async () => {
    const { port } = taken.address() as net.AddressInfo;
    const refused: [string[], RegExp][] = [
      [['none'], /^fleet-migrate: serve .*none: the folder cannot be served \(there is no such file; check its name/],
      [[folder.file('file')], /this is no folder; name the folder that the files are in\.$/],
      [[root, '--no-http', '--no-tftp'], /together leave nothing to serve over/],
      [
        [root, '--http-port', String(port), '--address', '127.0.0.1', '--tftp-port', '0'],
        /--http-port \d+: another program has this port/,
      ],
      [
        [root, '--limit-client', '10MB'],
        /--limit-client "10MB" is not a rate; write bits as 10Mbit or bytes as 2MB\/s/,
      ],
      [[root, '--address', 'here'], /--address here is no IP address/],
      [[root, '--allow', '10.0.0.0/40'], /--allow 10\.0\.0\.0\/40 is no subnet/],
      [[root, '--db', folder.file('rotten.db'), ...anyPort], /rotten\.db/],
      [
        [root, '--db', `${root}/x.db`, ...anyPort],
        /--db \S+x\.db lies in the folder that is served .*; name a place outside of it\.$/,
      ],
      [[], /serve needs FOLDER/],
    ];
    for (const [words, sentence] of refused) {
      const { code, stdout, stderr } = await runCommand(['serve', ...words]);
      expect([words, code, stdout]).toEqual([words, 2, '']);
      expect(stderr.trimEnd()).toMatch(sentence);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
  });
});
