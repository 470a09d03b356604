import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { makeLicense } from '../../../src/simulator/files/licenses.js';
import { imagesOf, makeImage, makeLoads } from '../../../src/simulator/files/loads.js';
import { openStore } from '../../../src/store/open-store.js';
import { runCommand, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';
import { runForReport } from '../../support/reports/reported-run.js';

const folder = temporaryFolder();
const profile = quickProfile(folder.path, 'mpp-to-enterprise');
const load = 'sip88xx.14-2-1-0101-26';
const root = folder.file('phones');
mkdirSync(root);
writeFileSync(`${root}/${load}.loads`, makeLoads(`${load}.loads`, imagesOf(load)));
for (const image of imagesOf(load)) writeFileSync(`${root}/${image}`, makeImage(image));

let network: Network;
afterEach(() => network.close());
afterAll(() => folder.remove());

const desks = { model: '8841', load: 'sip88xx.12-0-3MPP0001-87' } as const;

async function hold(db: string, macs: readonly (string | null)[]): Promise<void> {
  const store = await openStore({ path: db, clock: systemClock });
  await store.keepLicenses(
    macs.map((mac) => {
      const content = makeLicense(mac ?? '', 'm2e');
      const about = { file: `${mac}.lic`, sha256: '0'.repeat(64), bytes: content.length, source: 'portal.zip' };
      return { ...about, mac: mac ?? '', direction: 'm2e', content, importedAt: '2026-01-15T01:00:00.000Z' } as const;
    }),
  );
  await store.close();
}

const night = (db: string, port: number | string = 0): string[] => [
  ...network.scan,
  ...['--profile', profile, '--serve', root, '--serve-http-port', String(port), '--yes', '--no-config', '--db', db],
];

describe('migrate --serve', () => {
  it('is the file server of its own run, and ends with it', async () => {
    network = await startNetwork([
      { ...desks, count: 3, name: 'desk' },
      { ...desks, name: 'unlicensed' },
    ]);
    const [db, log] = [folder.file('run.db'), folder.file('run.log')];
    const desk = network.simulator.phones.filter(({ name }) => name !== 'unlicensed').map(({ mac }) => mac);
    await hold(db, desk);
    // Its license is of the other direction, by what it says of itself: it is missing, and why is told.
    const { mac: unlicensed } = network.phone('unlicensed');
    const wrong = `${unlicensed}_M2E.lic`;
    writeFileSync(`${root}/${wrong}`, makeLicense(unlicensed ?? '', 'e2m'));
    const { code, report, stderr } = await runForReport([...night(db), '--log-file', log]);
    const ends = report.phones.map(({ mac, outcome, failure }) => [desk.includes(mac ?? ''), failure?.code ?? outcome]);
    expect([code, ...ends].sort()).toEqual([1, [false, 'license-missing'], ...Array(3).fill([true, 'done'])].sort());
    expect(stderr).toContain(
      `has ${2 + imagesOf(load).length} files: 1 load, 1 license.\n3 licenses are held in ${db}.\n`,
    );
    expect(stderr).toContain(
      `${wrong} refused: the file of that name is no license of ${unlicensed}: it says that it is for e2m`,
    );
    rmSync(`${root}/${wrong}`);
    const url = /^Phones are told to fetch from (http:\/\/127\.0\.0\.1:\d+)\.$/m.exec(stderr)?.[1] ?? '';
    const taken = report.phones.map(({ evidence }) => evidence.filter(({ kind }) => kind === 'transfer'));
    expect(taken.flat().map(({ text }) => text)).toEqual(
      desk.map(() =>
        expect.stringMatching(/^sip88xx\.14-2-1-0101-26\.loads taken, 5 images (\d+) of \1 kB, license taken$/),
      ),
    );
    expect(readFileSync(log, 'utf8')).toMatch(/ [0-9A-F]{12} rootfs88xx\S+ 2\.1 of 2\.1 kB in 0\.\d s/);
    const planned = report.phones.find(({ outcome }) => outcome === 'done');
    expect(planned?.changes.map(({ to }) => to).join()).toContain(`${url}/${load}.loads`);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('cannot begin without its port, its folder or an option that it needs: one sentence, and no phone is contacted', async () => {
    network = await startNetwork([desks]);
    const taken = net.createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    taken.unref();
    const { port } = taken.address() as net.AddressInfo;
    const db = folder.file('refused.db');
    const refused: [string[], RegExp][] = [
      [night(db, port), new RegExp(`^--serve-http-port ${port}: another program has this port.*--files\\.$`)],
      [
        night(db).map((word) => (word === root ? `${root}-none` : word)),
        /^--serve \S+-none: the folder cannot be served/,
      ],
      [
        [...network.scan, '--profile', profile, '--files', network.files, '--dry-run', '--serve-http-port', '0'],
        /^--serve-http-port needs --serve DIR/,
      ],
      [[...network.scan, '--serve', root], /^--serve does nothing without --profile/],
    ];
    for (const [words, sentence] of refused) {
      const { code, stdout, stderr } = await runCommand(words);
      expect([code, stdout]).toEqual([2, '']);
      expect(
        stderr
          .trimEnd()
          .split('\n')
          .at(-1)
          ?.replace(/^fleet-migrate: /, ''),
      ).toMatch(sentence);
    }
    expect(network.simulator.log).toEqual([]);
  });

  it('is there again for a resume, where its phones were told to fetch', async () => {
    network = await startNetwork([{ ...desks, count: 2, name: 'desk' }], { timeScale: 200 });
    const db = folder.file('resumed.db');
    await hold(
      db,
      network.simulator.phones.map(({ mac }) => mac),
    );
    const run = startCommand([...night(db), '--output', 'ndjson', '--max-upgrading', '1']);
    await run.shows('"state":"submitted"');
    run.kill('SIGTERM');
    const { code, stderr } = await run.done;
    expect(code).toBe(143);
    const url = /^Phones are told to fetch from (\S+)\.$/m.exec(stderr)?.[1] ?? '-';
    const resumed = await runForReport(['resume', '--yes', '--no-config', '--db', db]);
    expect([resumed.code, resumed.report.totals.byOutcome.done]).toEqual([0, 2]);
    // What the first phone took from the server before it was stopped is known, too.
    const taken = resumed.report.phones.map(
      ({ evidence }) => evidence.filter(({ kind }) => kind === 'transfer').length,
    );
    expect(taken).toEqual([1, 1]);
    for (const { changes } of resumed.report.phones) expect(JSON.stringify(changes)).toContain(`${url}/${load}.loads`);
  });
});
