import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';
import { runForReport } from '../../support/reports/reported-run.js';

const folder = temporaryFolder();
const profile = quickProfile(folder.path, 'mpp-to-enterprise', { idleWait: '20s' });
let net: Network;
afterEach(() => net.close());
afterAll(() => folder.remove());

const target = (family: string): string => `${family}.14-2-1-0101-26`;

describe('firmware that is not whole on the file server', () => {
  it('is found by firmware check, and blocks exactly the phones of its family', async () => {
    net = await startNetwork(
      [
        { model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 2 },
        { model: '7841', vid: 'V04', load: 'sip78xx.12-0-3MPP0001-87' },
        { model: '8832', load: 'sip8832.12-0-3MPP0101-92' },
        { model: '8865', load: 'sip8845_65.12-0-3MPP0001-87' },
        { model: '7832', load: 'sip7832.12-0-3MPP0001-87', count: 2 },
      ],
      {
        files: {
          missingImages: [target('sip88xx')],
          emptyImages: [target('sip78xx')],
          wrongNames: [target('sip8832')],
          wrongOffsets: [target('sip8845_65')],
        },
      },
    );
    const files = ['--profile', profile, '--files', net.files];
    const json = await runCommand(['firmware', 'check', ...files, '--output', 'json']);
    expect([json.code, json.stderr]).toEqual([1, '']);
    const check = JSON.parse(json.stdout) as { schema: string; files: string; loads: Record<string, unknown>[] };
    expect([check.schema, check.files, check.loads.length]).toEqual([
      'fleet-migrate/firmware-check@1',
      net.files,
      // Of each family the load to step up to, and that of the other firmware.
      10,
    ]);
    const of = (family: string): unknown => check.loads.find(({ load }) => load === target(family));
    expect(of('sip7832')).toEqual({
      ...{ load: target('sip7832'), loadFamily: 'sip7832', models: ['7832'], ok: true, why: null },
      url: `${net.files}/${target('sip7832')}.loads`,
      images: ['fbi7832', 'kern7832', 'rootfs7832', 'sb27832', 'vc47832'].map((part) => ({
        name: expect.stringMatching(new RegExp(`^${part}\\.`)),
        bytes: expect.any(Number),
      })),
      ...{ warnings: [], bytes: expect.any(Number), signatureVerified: false },
    });
    expect(of('sip88xx')).toMatchObject({ ok: false, why: expect.stringMatching(/vc488xx.*404/), bytes: null });
    expect(of('sip78xx')).toMatchObject({ ok: false, why: expect.stringMatching(/vc478xx.*, which is empty/) });

    const { report, stderr } = await runForReport([...net.scan, ...files, '--link', '50Mbit', '--dry-run']);
    const ends = report.phones.map(({ model, outcome, failure }) => `${model} ${failure?.code ?? outcome}`);
    expect([...new Set(ends)].sort()).toEqual([
      '7832 planned',
      '7841 firmware-image-missing',
      '8832 firmware-name-mismatch',
      '8841 firmware-image-missing',
      '8865 firmware-unreadable',
    ]);
    const { bytes } = of('sip7832') as { bytes: number };
    expect(report.run.firmware).toEqual([
      {
        ...{ server: net.files, phones: 2, bytes: 2 * bytes, knownBytes: 2 * bytes, atMost: false },
        ...{ slots: null, linkBitsPerSecond: 50_000_000, seconds: 1 },
      },
    ]);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(
      /These 2 phones will pull 2\d kB from \S+, about 1 second over 50 Mbit\/s/,
    );
    // Each URL once in the check and once in the run, whatever needs it.
    const loads = net.simulator.files.requests.filter(({ path }) => path === `/${target('sip88xx')}.loads`);
    expect(loads).toHaveLength(2);
  });
});

describe('a file server that is not there', () => {
  it('is one sentence and exit code 2, before any phone is contacted', async () => {
    net = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 3 }]);
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    await promisify(other.close.bind(other))();
    const gone = ['--profile', profile, '--files', url];
    for (const args of [
      [...net.scan, ...gone, '--yes'],
      [...net.scan, ...gone, '--dry-run'],
      ['firmware', 'check', ...gone],
    ]) {
      const { code, stdout, stderr } = await runCommand(args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toBe(
        `fleet-migrate: --files ${url}: this file server is not there: nothing listens on the port (ECONNREFUSED); start the server, or correct its address and port. No phone was contacted.\n`,
      );
    }
    expect(net.simulator.log).toEqual([]);
  });

  it('when a wave begins is waited for', async () => {
    net = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 4 }], {
      // From two minutes after the first phone began its download, which then is over, for a quarter of an hour; the second wave begins within.
      files: { outage: { afterLoads: 1, delayMs: 120_000, lastsMs: 900_000 } },
    });
    const args = [...net.scan, '--profile', profile, '--files', net.files, '--waves', '1,100%', '--yes'];
    const { code, report, stderr } = await runForReport(args);
    expect([code, report.totals.byOutcome.done]).toEqual([0, 4]);
    expect(stderr).toContain('phones wait for their file server');
  });
});
