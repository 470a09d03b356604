import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/conduct/system-clock.js';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import { openStore } from '../../../src/store/open-store.js';
import { fetchTftp } from '../../../src/tftp/client.js';
import { get } from '../../serve/support/served.js';
import { storeRun } from '../../store/support/samples.js';
import { runCommand, startCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
const root = folder.file('phones');
const db = folder.file('store.db');
const empty = folder.file('empty.db');
const anyPort = ['--http-port', '0', '--tftp-port', '0', '--address', '127.0.0.1'];
const load = 'sip88xx.12-0-3MPP0001-87';
const [allowed, unlicensed, old, moved] = ['00CCFC000001', '00CCFC000002', '00CCFC000003', '00CCFC000004'] as const;

const enterprise = (mac: string, change: Partial<PhoneReport> = {}): Partial<PhoneReport> => ({
  ...{ address: `10.0.0.${mac.slice(-1)}`, mac, family: 'enterprise', model: '8841', productId: 'CP-8841', vid: 'V05' },
  ...{ vidSource: 'udi', softwareVersion: 'sip88xx.14-2-1-0101-26', hardwareVersion: null },
  ...{ transitionAuthorizationType: null, returnWithoutLicense: 'unknown', ...change },
});

beforeAll(async () => {
  mkdirSync(root);
  writeFileSync(`${root}/${load}.loads`, 'rootfs88xx.sbn\n');
  writeFileSync(`${root}/rootfs88xx.sbn`, 'image');
  writeFileSync(`${root}/XMLDefault.cnf.xml`, '<Default/>');
  const store = await openStore({ path: db, clock: systemClock });
  await storeRun(store, 'read', [
    enterprise(allowed),
    enterprise(unlicensed),
    enterprise(old, { softwareVersion: 'sip88xx.12-5-1SR1-4' }),
    { address: '10.0.0.4', mac: moved },
    { address: '10.0.0.5', mac: null, family: null, model: null, productId: null, vid: null, outcome: 'no-answer' },
  ]);
  await store.keepLicenses(
    (
      [
        [allowed, 'e2m'],
        [allowed, 'm2e'],
        [old, 'e2m'],
        [unlicensed, 'm2e'],
      ] as const
    ).map(([mac, direction]) => ({
      ...{ mac, direction, file: 'x.lic', sha256: '0'.repeat(64), bytes: 7, source: 'x.zip' },
      ...{ importedAt: '2026-01-15T01:00:00.000Z', content: Buffer.from(`${direction} license of ${mac}`) },
    })),
  );
  await store.close();
  await (await openStore({ path: empty, clock: systemClock })).close();
  writeFileSync(folder.file('phones.csv'), `mac,ip\n${allowed},10.0.0.1\n00CCFC0000FF,10.0.0.77\n`);
  writeFileSync(folder.file('unlicensed.csv'), `mac,ip\n${unlicensed},10.0.0.2\n`);
  writeFileSync(folder.file('addresses.csv'), 'ip\n10.0.0.1\n');
});
afterAll(() => folder.remove());

describe('fleet-migrate serve --convert e2m', () => {
  it('leads an allowed phone from its settings to its license, and no other', async () => {
    const serving = startCommand(['serve', root, '--db', db, ...anyPort, '--convert', 'e2m', '--from-run', 'read']);
    await serving.shows('Ready');
    expect(serving.stdout).toMatch(
      /\nConverting e2m, by upgrade-mpp and authorize-mpp, phones of the run read of 2\S+: 1 phone on the list, 4 not\.\n {2}1 phone: sip88xx\.12-0-3MPP0001-87\n/,
    );
    for (const line of [
      `  1 whose e2m license is not held:\n    ${unlicensed}: no e2m license is held for it\n`,
      `  1 whose firmware is too old for the direct way:\n    ${old}: It runs 12.5(1)SR1`,
      `  1 whose MAC is not known:\n    10.0.0.5: its MAC is not known (`,
      `  1 that have left Enterprise firmware:\n    ${moved}: it runs Multiplatform firmware\n`,
      'Warning for 1 phone on the list: This hardware (V14 or earlier)',
      'Not served with --convert, as they would get round the list: XMLDefault.cnf.xml.\n',
    ])
      expect(serving.stdout).toContain(line);

    const http = /--files (http:\/\/127\.0\.0\.1:\d+)/.exec(serving.stdout)?.[1] ?? '';
    const port = Number(/--files tftp:\/\/127\.0\.0\.1:(\d+)/.exec(serving.stdout)?.[1]);
    const tftp = async (file: string): Promise<string> => {
      const at = { host: '127.0.0.1', port, clock: systemClock, maxBytes: 10_000, timeoutMs: 10_000 };
      const found = await fetchTftp({ ...at, file });
      return found.kind === 'file' ? Buffer.from(found.bytes).toString() : found.kind;
    };
    const settings = `<loadInformation>${load}</loadInformation>`;
    expect(await tftp(`SEP${allowed}.cnf.xml`)).toContain(settings);
    const overHttp = await get(`${http}/SEP${allowed}.cnf.xml`);
    expect([overHttp.status, overHttp.headers['content-type'], overHttp.body]).toEqual([
      200,
      'text/xml',
      expect.stringContaining(settings),
    ]);
    for (const mac of [unlicensed, old, moved, '00CCFC0000EE']) {
      expect([mac, await tftp(`SEP${mac}.cnf.xml`)]).toEqual([mac, 'refused']);
      expect([mac, (await get(`${http}/SEP${mac}.cnf.xml`)).status]).toEqual([mac, 404]);
    }
    expect(await tftp('XMLDefault.cnf.xml')).toBe('refused');
    expect(await tftp('8841-3PCC.xml')).toBe('refused');

    // Once it is Multiplatform, it shows over HTTP which phone it is.
    const headers = { 'User-Agent': `Cisco-CP-8841-3PCC/12.0.3 (${allowed.toLowerCase()})` };
    const profile = (await get(`${http}/8841-3PCC.xml`, { headers })).body;
    const rule = (name: string): string => new RegExp(`<${name} ua="na">([^<]*)</${name}>`).exec(profile)?.[1] ?? '';
    expect([rule('Upgrade_Rule'), rule('Trans_Auth_Rule'), rule('Trans_Auth_Type')]).toEqual([
      `${http}/${load}.loads`,
      `${http}/$MAU.lic`,
      'Classic',
    ]);
    expect(await tftp(`Cisco/CP-8841-3PCC/${allowed.toLowerCase()}.cfg`)).toBe(profile);
    expect((await get(rule('Trans_Auth_Rule').replace('$MAU', allowed), { headers })).body).toBe(
      `e2m license of ${allowed}`,
    );
    expect((await get(rule('Upgrade_Rule'), { headers })).status).toBe(200);
    expect((await get(`${http}/8841-3PCC.xml`)).status).toBe(404);

    serving.kill('SIGINT');
    const { code, stdout, stderr } = await serving.done;
    expect([code, stderr]).toEqual([130, '']);
    expect(stdout).toContain(`SEP${allowed}.cnf.xml 120 of 120 bytes in 0.0 s (load ${load})\n`);
    expect(stdout).toMatch(new RegExp(`SEP${unlicensed}\\.cnf\\.xml refused: .* no e2m license is held for it\\n`));
    expect(stdout).toMatch(/ XMLDefault\.cnf\.xml refused: .*over TFTP nothing shows which one asks/);
    expect(stdout).toMatch(/refused: 00CCFC0000EE gets no load: it is not among the phones of the list\n/);
  });

  it('is off, and one sentence with exit code 2, where there is nobody to convert or the words do not fit', async () => {
    const custom = folder.file('no-load.yaml');
    writeFileSync(
      custom,
      `description: x\nsource: x\ngoal: upgrade\ndirection: none\nrequires: { family: multiplatform }\nloads: { sip88xx: sip88xx.12-0-7MPP0501-123 }\nupgradeRule: '{files}/{load}.loads'\nevidence: [phone-on-load]\n`,
    );
    const convert = ['--convert', 'e2m', '--db', db];
    const refused: [string[], RegExp][] = [
      [['--convert', 'e2m', '--db', empty], /has no finished audit; run fleet-migrate audit first/],
      [
        [...convert, '--inventory', folder.file('unlicensed.csv')],
        /^fleet-migrate: --convert e2m: no phone of .*unlicensed\.csv would be given a load: 1 whose e2m license is not held \(00CCFC000002: .*leave --convert out\.$/,
      ],
      [
        [...convert, '--inventory', folder.file('addresses.csv')],
        /1 of which something does not fit \(00CCFC000001: the list names an address and no MAC/,
      ],
      [
        [...convert, '--from-run', 'read', '--profile', custom],
        /1 whose load is not whole in the folder \(00CCFC000001: sip88xx\.12-0-7MPP0501-123\.loads is not here/,
      ],
      [
        [...convert, '--from-run', 'read', '--profile', 'mpp-to-enterprise'],
        /--profile mpp-to-enterprise: its load sip\S+ is not known to be Multiplatform/,
      ],
      [[...convert, '--from-run', 'read', '--profile', 'authorize-mpp'], /--profile authorize-mpp: it names no loads/],
      [[...convert, '--direction', 'm2e'], /licenses of the other direction/],
      [[...convert, '--no-http'], /--convert e2m and --no-http/],
      [['--db', db, '--inventory', folder.file('phones.csv')], /--inventory does nothing here without --convert e2m/],
      [['--db', db, '--advertise', '10.0.0.5'], /--advertise does nothing here without --convert e2m/],
      [['--convert', 'm2e', '--db', db], /--convert .*e2m/],
    ];
    for (const [words, sentence] of refused) {
      const { code, stdout, stderr } = await runCommand(['serve', root, ...anyPort, ...words]);
      expect([words, code, stdout]).toEqual([words, 2, '']);
      expect(stderr.trimEnd()).toMatch(sentence);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  it('takes the phones of an inventory, and the address that is advertised', async () => {
    const inventory = ['--inventory', folder.file('phones.csv'), '--advertise', 'files.example:8080'];
    const serving = startCommand(['serve', root, '--db', db, ...anyPort, '--convert', 'e2m', ...inventory]);
    await serving.shows('Ready');
    expect(serving.stdout).toMatch(/phones of \S+phones\.csv: 1 phone on the list, 1 not\.\n/);
    const http = /--files (http:\/\/127\.0\.0\.1:\d+)/.exec(serving.stdout)?.[1] ?? '';
    const { body } = await get(`${http}/Cisco/CP-8841-3PCC/${allowed.toLowerCase()}.cfg`);
    expect(body).toContain('>http://files.example:8080/$MAU.lic<');
    serving.kill('SIGINT');
    await serving.done;
  });
});
