import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ucmCheckCommand } from '../../../../src/cli/commands/ucm/check.js';
import { openStore } from '../../../../src/store/open-store.js';
import { systemClock } from '../../../../src/conduct/system-clock.js';
import { type Ucm, UcmError } from '../../../../src/ucm/ucm.js';
import { loadsBytes } from '../../../files/support.js';
import { fakeUcm } from '../../../fleet/cluster/fake-ucm.js';
import { serveFolder, type Served } from '../../../serve/support/served.js';
import { usage } from '../../support/arguments.js';
import { temporaryFolder } from '../../../support/command/temporary-folder.js';
import { connectTo, ended, onCluster } from './support.js';

const target = 'sip88xx.12-0-3MPP0001-87';
const stepUp = 'sip88xx.14-2-1-0101-26';
const minuteMs = 60_000;
const dayMs = 86_400_000;

/** What `ucm check --output json` says. */
interface Document {
  ok: boolean;
  findings: { about: string; subject: string; state: string; asked: boolean; text: string; advice: string | null }[];
  uploads: { node: string; page: string; files: string[] }[];
  notes: string[];
}

describe('ucm check', () => {
  const folder = temporaryFolder();
  let served: Served;
  const put = (name: string, bytes: Uint8Array | string): void => writeFileSync(join(served.root, name), bytes);

  const putThere = (ageMs: number): void => {
    const at = new Date(Date.now() - ageMs);
    for (const load of [target, stepUp]) utimesSync(join(served.root, `${load}.loads`), at, at);
  };

  beforeAll(async () => {
    served = await serveFolder({ tftpPort: 0 });
    for (const load of [target, stepUp]) {
      const [, end = ''] = load.split('.');
      put(`${load}.loads`, loadsBytes({ name: `${load}.loads`, text: `kern88xx.${end}.sbn\nrootfs88xx.${end}.sbn\n` }));
      for (const part of ['kern', 'rootfs']) put(`${part}88xx.${end}.sbn`, 'image');
    }
    putThere(60 * minuteMs);
    const store = await openStore({ path: folder.file('x.db'), clock: systemClock, gatherMs: 0 });
    const held = ['000001', '000002', '0000FF'].map((end) => ({
      ...{
        mac: `00CCFC${end}`,
        direction: 'e2m' as const,
        file: `00CCFC${end}.lic`,
        sha256: 'aa'.repeat(32),
        bytes: 2,
      },
      ...{ source: 'portal.zip', importedAt: '2026-11-01T00:00:00.000Z', content: new TextEncoder().encode('ok') },
    }));
    await store.keepLicenses(held);
    await store.close();
    put('00CCFC000001.lic', 'license');
  });
  afterAll(async () => {
    await served.close();
    folder.remove();
  });

  const phones = ['1', '2', '3'].map((digits) => ({
    digits,
    told: { registered: 'yes', address: `10.0.0.${digits}` } as const,
  }));
  const running = (startedAt: number | null, node = '127.0.0.1') => ({
    tftpServices: () => Promise.resolve([{ node, name: 'Cisco Tftp', status: 'Started', startedAt }]),
  });
  const check = async (otherwise: Partial<Ucm>, words: Record<string, unknown> = {}) => {
    const { ucm, asked } = fakeUcm(phones, otherwise);
    const reach = { 'ucm-files-port': String(served.server.httpPort), timeout: '500ms', ...words };
    const run = (output: 'json' | 'table') =>
      ended(async () =>
        ucmCheckCommand(await onCluster(reach), { output, tftpPort: served.server.tftpPort ?? 0 }, connectTo(ucm)),
      );
    const { code, stdout } = await run('json');
    return { code, asked, document: JSON.parse(stdout) as Document, shown: async () => (await run('table')).stdout };
  };
  const of = ({ findings }: Document, about: string) => findings.filter((finding) => finding.about === about);

  it('is 0 where all that a move takes is there, and asks for no more than that', async () => {
    const { code, document, asked, shown } = await check(running(Date.now()));
    expect(document.findings.filter(({ state }) => state !== 'yes')).toEqual([]);
    expect([code, document.ok]).toEqual([0, true]);
    expect(of(document, 'version')[0]?.text).toBe('Unified CM 14.0.1.12900(161).');
    expect(of(document, 'load').map(({ subject }) => subject)).toEqual([
      `${stepUp} on 127.0.0.1 over HTTP and TFTP`,
      `${target} on 127.0.0.1 over HTTP and TFTP`,
    ]);
    expect(of(document, 'restart').map(({ state }) => state)).toEqual(['yes', 'yes']);
    expect(document.notes).toEqual([
      expect.stringMatching(/^Loads of sip78xx, sip7832, sip8832, sip8845_65 were not looked for/),
      expect.stringMatching(/^No license was looked for: none is held/),
    ]);
    expect(document.uploads).toEqual([]);
    // Reads only.
    expect(asked).toEqual(['phones', 'registrations 3']);
    expect(await shown()).toMatch(/^All that was asked for is so\./m);
  });

  it('says which load is missing for which protocol, what to upload where, and that a restart is due', async () => {
    const { server } = served;
    const empty = await serveFolder({ tftpPort: 0 });
    try {
      // HTTP has the files, TFTP knows none of them.
      const wanted = fakeUcm(phones, running(Date.now() - dayMs)).ucm;
      const half = await onCluster({ 'ucm-files-port': String(server.httpPort) });
      const run = (given: typeof half, port: number | null, output: 'json' | 'table') =>
        ended(() => ucmCheckCommand(given, { output, tftpPort: port ?? 0 }, connectTo(wanted)));
      const { code, stdout } = await run(half, empty.server.tftpPort, 'json');
      const document = JSON.parse(stdout) as Document;
      expect(code).toBe(1);
      expect(of(document, 'load').map(({ subject, state }) => [subject.replace(/^.* over /, ''), state])).toEqual([
        ...[
          ['HTTP', 'yes'],
          ['TFTP', 'no'],
          ['HTTP', 'yes'],
          ['TFTP', 'no'],
        ],
      ]);
      expect(of(document, 'load')[1]?.advice).toMatch(
        /its TFTP service does not know it yet: fleet-migrate ucm restart/,
      );
      expect(of(document, 'restart')[0]).toMatchObject({ state: 'no', asked: true });
      expect(of(document, 'restart')[0]?.text).toMatch(/^It was put there 60 min ago, after .* started 24 h ago/);
      // Nothing is there at all, and one image of another load is lacking.
      writeFileSync(
        join(empty.root, `${target}.loads`),
        loadsBytes({ name: `${target}.loads`, text: 'kern88xx.x.sbn\n' }),
      );
      const none = await onCluster({ 'ucm-files-port': String(empty.server.httpPort) });
      const { uploads } = JSON.parse((await run(none, empty.server.tftpPort, 'json')).stdout) as Document;
      expect(uploads).toEqual([
        {
          node: '127.0.0.1',
          page: 'https://127.0.0.1:8443/cmplatform/',
          files: [`${stepUp}.loads, and all images beside it in its firmware archive`, 'kern88xx.x.sbn'],
        },
      ]);
      const { stdout: text } = await run(none, empty.server.tftpPort, 'table');
      expect(text).toMatch(/^Not all that was asked for is so: 4 are not\.$/m);
      expect(text).toMatch(/cmplatform\/,\s+then Software Upgrades > TFTP File Management > Upload File/);
    } finally {
      await empty.close();
    }
  });

  it('looks for some of the licenses that are held for the phones listed, and says how many', async () => {
    const { code, document } = await check(running(Date.now()), { db: folder.file('x.db') });
    const [license] = of(document, 'license');
    expect([code, license?.state]).toEqual([1, 'no']);
    expect(license?.text).toBe(
      '2 of the 2 licenses held for these phones were looked for; 1 is not there, such as 00CCFC000002.lic.',
    );
  });

  it('takes nothing that it could not ask for an answer: unknown is neither yes nor no', async () => {
    const refused = (what: string) => () => Promise.reject(new UcmError('ucm-role-missing', `${what} refused.`, true));
    const phoneless = async function* () {
      yield* [];
      throw new UcmError('ucm-role-missing', 'AXL refused.', true);
    };
    const { code, document } = await check({
      rights: () =>
        Promise.resolve({ roles: null, read: 'no', write: 'unknown', realTime: 'unknown', services: 'unknown' }),
      ...{ phones: phoneless, tftpServices: refused('Control Center') },
    });
    expect(code).toBe(1);
    expect(of(document, 'rights').map(({ state }) => state)).toEqual(['no', 'unknown', 'unknown', 'unknown']);
    expect(of(document, 'phones')).toMatchObject([{ state: 'unknown' }]);
    expect(of(document, 'tftp-service')[0]?.text).toMatch(/only the publisher was asked for them/);
    // Not knowing the phones, all loads are looked for.
    expect(of(document, 'load').filter(({ state }) => state === 'no').length).toBeGreaterThan(4);
    // When the service was started is not told: that is said, and does not count.
    expect(of(document, 'restart')[0]).toMatchObject({ state: 'unknown', asked: false });
    expect(document.notes).toContain('No license was looked for, as no phone could be listed.');
    // A server that is silent has not been shown to lack anything.
    const silent = await check(running(Date.now()), { 'ucm-files-port': '26001' });
    const byHttp = of(silent.document, 'load').filter(({ subject }) => subject.endsWith('over HTTP'));
    expect(byHttp.map(({ state }) => state)).toEqual(['unknown', 'unknown']);
    expect([silent.code, silent.document.uploads]).toEqual([1, []]);
  });

  it('knows how old a file is by the clock of its server', async () => {
    const put = Date.now();
    putThere(3 * dayMs);
    const states = async (startedAt: number | null) =>
      of((await check(running(startedAt))).document, 'restart').map(({ state }) => state);
    expect(await states(Date.now() - 2 * dayMs)).toEqual(['yes', 'yes']);
    expect(await states(Date.now() - 4 * dayMs)).toEqual(['no', 'no']);
    expect(await states(null)).toEqual(['unknown', 'unknown']);
    // In the same second nothing can be told.
    expect(await states(put - 3 * dayMs)).toEqual(['unknown', 'unknown']);
  });

  it('looks where phones are told to by --load-server, which is none of its nodes', async () => {
    const { document } = await check(running(Date.now(), 'cucm-t1.invalid'), { 'load-server': '127.0.0.1' });
    expect(of(document, 'load').map(({ subject, state }) => [subject, state])).toEqual([
      [`${stepUp} on 127.0.0.1 over HTTP and TFTP`, 'yes'],
      [`${target} on 127.0.0.1 over HTTP and TFTP`, 'yes'],
    ]);
    expect(of(document, 'restart')).toEqual([]);
  });

  it('is 2 where Unified CM cannot be asked at all, or there is nothing to look for', async () => {
    const version = () => Promise.reject(new UcmError('ucm-unreachable', '127.0.0.1:8443 did not answer.', true));
    await expect(check({ version })).rejects.toThrow(usage(/^127\.0\.0\.1:8443 did not answer\. Check --ucm/));
    await expect(check({}, { profile: 'authorize-mpp' })).rejects.toThrow(usage(/authorize-mpp loads no firmware/));
    await expect(check({}, { profile: 'nope' })).rejects.toThrow(usage(/^--profile nope/));
  });
});
