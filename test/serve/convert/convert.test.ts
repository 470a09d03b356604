import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseLoads } from '../../../src/files/firmware/loads.js';
import { folderSource } from '../../../src/serve/folder/folder.js';
import { type ConvertRules, convertSource } from '../../../src/serve/convert/convert.js';
import { reachedAt } from '../../../src/serve/convert/reached-at.js';
import { heldLicenses, type LicenseFiles } from '../../../src/serve/licenses/held.js';
import { wholeLoad } from '../../../src/serve/convert/whole-load.js';
import { type FileRequest, type FileSource, openFrom } from '../../../src/serve/source.js';
import { allowList } from '../../../src/domain/conversion/allow-list.js';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { loadSettingsFiles } from '../../../src/config/profiles/settings-files.js';
import { licensePhone } from '../../domain/conversion/support.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { HandClock } from '../../transport/support/hand-clock.js';

const models = loadModels();
const load = 'sip88xx.12-0-3MPP0001-87';
const mac = '00CCFC123456';
const agent = `Cisco-CP-8841-3PCC/12.0.3 (${mac.toLowerCase()})`;
const usualRules: ConvertRules = {
  upgradeRule: { tag: 'Upgrade_Rule', rule: '{files}/{load}.loads' },
  authorizationRule: { tag: 'Trans_Auth_Rule', rule: '{files}/$MAU.lic' },
  authorizationType: { tag: 'Trans_Auth_Type', value: 'Classic' },
};
const phones = [
  licensePhone({ mac }),
  licensePhone({ mac: '00CCFC000002', softwareVersion: 'sip88xx.12-5-1SR1-4' }),
  licensePhone({ mac: '00CCFC000003' }),
];

describe('what is answered on the way to Multiplatform', () => {
  const folder = temporaryFolder();
  const root = folder.file('served');
  let held: Record<string, Record<string, string>>;
  let store: LicenseFiles | null;
  beforeEach(() => {
    mkdirSync(root);
    held = { [mac]: { e2m: 'the license' }, '00CCFC000002': { e2m: 'another' } };
    store = null;
    put({ [`${load}.loads`]: 'rootfs.sbn\nkern.sbn\n', 'rootfs.sbn': 'image', 'kern.sbn': 'image' });
  });
  afterEach(() => rmSync(root, { recursive: true }));
  afterAll(() => folder.remove());

  function put(files: Record<string, string>): void {
    for (const [name, content] of Object.entries(files)) writeFileSync(`${root}/${name}`, content);
  }

  /** What is sent for a path: the file's text, or the status with the reason that is told. */
  async function answer(path: string, request: Partial<FileRequest> = {}, rules = usualRules): Promise<string> {
    const licenseFiles: LicenseFiles = (of) =>
      store?.(of) ??
      Promise.resolve(
        Object.entries(held[of] ?? {}).map(([direction, content]) => ({
          ...{ direction: direction as 'e2m' | 'm2e', file: 'x.lic', content: Buffer.from(content) },
        })),
      );
    const sources = [folderSource(root, new HandClock()), heldLicenses(licenseFiles, 'e2m')];
    const convert = convertSource({
      ...{ list: allowList(phones, { loads: { sip88xx: load } }, models), rules, models, sources, licenseFiles },
      ...{ files: loadSettingsFiles(), readLoads: parseLoads },
      reachedAt: reachedAt({ address: null, advertised: null, httpPort: () => 6970 }),
      clock: new HandClock(),
    });
    const asked = { path, client: '10.0.0.7', protocol: 'http' as const, userAgent: null, ...request };
    const found = await openFrom([convert, ...sources], asked);
    if (found.kind !== 'file') return `${found.kind === 'refused' ? found.status : 404}: ${found.why ?? ''}`;
    const text = Buffer.from(await found.file.read(0, found.file.size)).toString();
    await found.file.close();
    return text;
  }

  const reached = { address: '10.0.0.5', port: 6970 };
  const phoneFile = `SEP${mac}.cnf.xml`;
  const given = expect.stringContaining(`<loadInformation>${load}</loadInformation>`);

  it.each<[string, string, Partial<FileRequest>, RegExp]>([
    [
      'its own settings',
      phoneFile,
      {},
      /^<\?xml[^]*<device>\n {2}<loadInformation>sip88xx\.12-0-3MPP0001-87<\/loadInf/,
    ],
    ['over TFTP', phoneFile, { protocol: 'tftp' }, /<loadInformation>sip88xx/],
    ['from any address', phoneFile, { client: '192.0.2.9' }, /<loadInformation>sip88xx/],
    [
      'the default loads, if it shows its MAC',
      'XMLDefault.cnf.xml',
      { userAgent: agent },
      /<Default>\n {2}<loadInformation683 model="Cisco 8841">sip88xx\.12-0-3MPP0001-87<\/loadInformation683>\n<\/Default>/,
    ],
    [
      'the profile by its product name, if it shows its MAC',
      '8841-3PCC.xml',
      { userAgent: agent, reached },
      /<Upgrade_Rule ua="na">http:\/\/10\.0\.0\.5:6970\/sip88xx\.12-0-3MPP0001-87\.loads<\/Upgrade_Rule>\n.*<Trans_Auth_Rule ua="na">http:\/\/10\.0\.0\.5:6970\/\$MAU\.lic<\/Trans_Auth_Rule>\n.*<Trans_Auth_Type ua="na">Classic</,
    ],
    [
      'the profile by its MAC, over TFTP too',
      `Cisco/CP-8841-3PCC/${mac.toLowerCase()}.cfg`,
      { protocol: 'tftp', client: '127.0.0.1' },
      />http:\/\/127\.0\.0\.1:6970\/\$MAU\.lic</,
    ],
  ])('an allowed phone gets %s', async (_, path, request, expected) => {
    expect(await answer(path, request)).toMatch(expected);
  });

  it.each<[string, string, Partial<FileRequest>, RegExp]>([
    [
      'a phone that is not on the list',
      'SEP00CCFC999999.cnf.xml',
      {},
      /^404: 00CCFC999999 gets no load: it is not among the phones of the list$/,
    ],
    [
      'one that is too old',
      'SEP00CCFC000002.cnf.xml',
      {},
      /^404: 00CCFC000002 gets no load: It runs 12\.5\(1\)SR1-?4?.* \(G5\)$/,
    ],
    [
      'one without a license',
      'SEP00CCFC000003.cnf.xml',
      {},
      /^404: 00CCFC000003 gets no load: no e2m license is held for it$/,
    ],
    [
      'the default loads without a MAC',
      'XMLDefault.cnf.xml',
      {},
      /^404: .*the request does not show which one asks; no load is given on a guess$/,
    ],
    [
      'the default loads over TFTP',
      'XMLDefault.cnf.xml',
      { protocol: 'tftp' },
      /^404: .*over TFTP nothing shows which one asks/,
    ],
    [
      'the default loads for a phone that is not on the list',
      'XMLDefault.cnf.xml',
      { userAgent: 'Cisco-CP-8841/14.2 (00ccfc999999)' },
      /^404: 00CCFC999999 gets no load/,
    ],
    [
      'the default loads for what says a MAC and is no phone',
      'XMLDefault.cnf.xml',
      { userAgent: `curl/8 (${mac})` },
      /^404: .*does not show/,
    ],
    ['the profile without a MAC', '8841-3PCC.xml', { protocol: 'tftp', reached }, /^404: .*over TFTP nothing shows/],
    [
      'a phone that asks for the file of another',
      phoneFile,
      { userAgent: 'Cisco-CP-8841/14.2 (00ccfc000003)' },
      /^404: it is the file of 00CCFC123456, and the phone that asks says that it is 00CCFC000003$/,
    ],
    [
      'a phone that says that it is another model',
      phoneFile,
      { userAgent: `Cisco-CP-7841/14.2 (${mac})` },
      /^404: .*it asks as 7841, and on the list it is 8841$/,
    ],
    [
      'a phone that says that it is another model of the same loads',
      phoneFile,
      { userAgent: `Cisco-CP-8851-3PCC/12.0.3 (${mac})` },
      /^404: .*it asks as 8851, and on the list it is 8841$/,
    ],
    ['a profile for another model', '8865-3PCC.xml', { userAgent: agent, reached }, /^404: .*it asks as 8865/],
    ['a MAC that is none', 'SEP000000000000.cnf.xml', {}, /^404: its name has no MAC that a phone can have$/],
    [
      'signed settings',
      `${phoneFile}.sgn`,
      {},
      /^404: the phone trusts a Unified CM and wants settings that this one has signed; erase its ITL/,
    ],
  ])('not found: %s', async (_, path, request, expected) => {
    expect(await answer(path, request)).toMatch(expected);
  });

  it.each([
    ['XMLDefault.cnf.xml', {}],
    ['SEP00CCFC999999.cnf.xml', {}],
    ['sep00ccfc999999.CNF.XML', {}],
    ['8841-3PCC.xml', {}],
  ])('a file %s in the folder does not get round the list', async (path, request) => {
    put({ [path]: 'a load for everybody' });
    expect(await answer(path, request)).toMatch(/^404: /);
  });

  it('other files are served as ever', async () => {
    expect(await answer(`${load}.loads`)).toMatch(/^rootfs/);
    expect(await answer(`${mac}.lic`)).toBe('the license');
    expect(await answer('none.xml')).toBe('404: ');
  });

  it('no load until it is whole, and from then on', async () => {
    put({ 'kern.sbn': '' });
    expect(await answer(phoneFile)).toMatch(/^404: .*needs kern\.sbn, which is empty$/);
    rmSync(`${root}/kern.sbn`);
    expect(await answer(phoneFile)).toMatch(/^404: .*needs kern\.sbn, which is not here/);
    rmSync(`${root}/${load}.loads`);
    expect(await answer(phoneFile)).toMatch(/loads is not here \(there is no such file\)$/);
    put({ [`${load}.loads`]: 'no list of files at all' });
    put({ 'kern.sbn': 'image' });
    expect(await answer(phoneFile)).toMatch(/^404: .*loads (?:cannot be used|needs no)/);
    put({ [`${load}.loads`]: 'rootfs.sbn\nkern.sbn\n' });
    expect(await answer(phoneFile)).toEqual(given);
  });

  it('no load that lists images for other phones alone', async () => {
    put({
      [`${load}.loads`]: 'rootfs78xx.1.sbn\nkern2.78xx.1.sbn\n',
      'rootfs78xx.1.sbn': 'a',
      'kern2.78xx.1.sbn': 'a',
    });
    expect(await answer(phoneFile)).toMatch(
      /lists images for phones of sip78xx \(rootfs78xx\.1\.sbn\), and none for its own$/,
    );
  });

  it('no load that is signed as another, or lies where only one of its two rules looks', async () => {
    const name = 'sip88xx.12-0-7MPP0501-123.loads\0';
    const record = Buffer.from([0x0e, 0, name.length]);
    const length = 10 + record.length + name.length;
    const header = Buffer.from([1, 0, 2, 1, 1, 2, 0, 2, 0, length]);
    writeFileSync(`${root}/${load}.loads`, Buffer.concat([header, record, Buffer.from(`${name}rootfs.sbn\n`)]));
    expect(await answer(phoneFile)).toMatch(/is signed as another load \(sip88xx\.12-0-7MPP0501-123\.loads\)$/);
    put({ [`${load}.loads`]: 'rootfs.sbn\n' });
    const inFolder = { ...usualRules, upgradeRule: { tag: 'Upgrade_Rule', rule: '{files}/mpp/{load}.loads' } };
    expect(await answer(phoneFile, {}, inFolder)).toMatch(/mpp\/sip88xx.*loads is not here/);
  });

  it('no load without the right license under the name that its rule asks for', async () => {
    held = { [mac]: { m2e: 'the other way' } };
    expect(await answer(phoneFile)).toMatch(/^404: .*no e2m license is held for it$/);
    held = { [mac]: { m2e: 'the other way', e2m: 'the license' } };
    expect(await answer(phoneFile)).toEqual(given);
    put({ [`${mac}.lic`]: 'the other way' });
    expect(await answer(phoneFile)).toMatch(
      /^404: .*is another file than the e2m license that is held; remove it there$/,
    );
    put({ [`${mac}.lic`]: 'the license' });
    expect(await answer(phoneFile)).toEqual(given);
    const odd = { ...usualRules, authorizationRule: { tag: 'Trans_Auth_Rule', rule: '{files}/$SN.lic' } };
    expect(await answer(phoneFile, {}, odd)).toMatch(/only the phone knows what \$SN/);
    const elsewhere = { ...usualRules, authorizationRule: { tag: 'Trans_Auth_Rule', rule: '{files}/a/$MA-x.lic' } };
    expect(await answer(phoneFile, {}, elsewhere)).toMatch(/a\/00ccfc123456-x\.lic is not to be had here/);
  });

  it('503 where it is not known which address to name', async () => {
    const path = `Cisco/CP-8841-3PCC/${mac}.cfg`;
    expect(await answer(path, { protocol: 'tftp', client: 'nowhere' })).toMatch(/^503: .*--advertise ADDRESS$/);
  });

  it('503 where the store cannot be read: a phone may take "not found" for good', async () => {
    store = () => Promise.reject(new Error('it is locked'));
    expect(await answer(phoneFile)).toBe('503: the licenses held cannot be read (it is locked)');
  });
});

describe('whether a load is whole', () => {
  it('is looked up once for all that ask within a second, and then anew', async () => {
    const clock = new HandClock();
    let asked = 0;
    const nothing: FileSource = {
      open: () => {
        asked += 1;
        return Promise.resolve({ kind: 'absent', why: null });
      },
    };
    const whole = wholeLoad([nothing], parseLoads, clock, []);
    const checks = await Promise.all([whole('a.loads', 'a'), whole('a.loads', 'a')]);
    expect([checks.map(({ kind }) => kind), asked]).toEqual([['not-whole', 'not-whole'], 1]);
    clock.pass(1_001);
    await whole('a.loads', 'a');
    expect(asked).toBe(2);
  });

  it('is not known while this machine is short of something: no verdict on the load', async () => {
    const short: FileSource = {
      open: () => Promise.resolve({ kind: 'refused', status: 503, why: 'too many open files' }),
    };
    expect(await wholeLoad([short], parseLoads, new HandClock(), [])('a.loads', 'a')).toEqual({
      kind: 'unavailable',
      why: 'too many open files',
    });
  });
});
