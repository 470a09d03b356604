import { describe, expect, it } from '@jest/globals';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { judgeFiles, type Surroundings } from '../../../src/licenses/import/judge.js';
import type { FoundFile } from '../../../src/licenses/import/found-file.js';
import type { HeldLicense } from '../../../src/store/store-rows.js';

const models = loadModels();
const mac = '00CCFC123456';

function file(name: string, text = `license of ${name}`, source = 'licenses.zip'): FoundFile {
  return { source, name, bytes: text.length, content: Buffer.from(text, 'latin1') };
}

function judge(files: FoundFile[], change: Partial<Surroundings> = {}): ReturnType<typeof judgeFiles> {
  return judgeFiles(
    { files, links: [] },
    { direction: null, isOfAll: true, held: [], fleet: new Set(), models, ...change },
  );
}

function directions(files: FoundFile[], change: Partial<Surroundings> = {}): string[] {
  return judge(files, change).licenses.map(({ direction }) => direction);
}

function refusals(files: FoundFile[], change: Partial<Surroundings> = {}): string[] {
  return judge(files, { direction: 'm2e', ...change }).refused.map(({ why }) => why);
}

describe('the direction of a license', () => {
  it('is what its name, its folder or its content says', () => {
    expect(directions([file(`${mac}_M2E.lic`)])).toEqual(['m2e']);
    expect(directions([file(`Ent-2-Mpp-licenses/${mac}.lic`)])).toEqual(['e2m']);
    expect(directions([file(`${mac}.lic`, 'FEATURE L-CP-M2E-88XX-CNV= 1')])).toEqual(['m2e']);
  });

  it('is what the archive or folder is called, where it says nothing itself', () => {
    expect(directions([file(`${mac}.lic`, 'x', '/home/me/MPP-2-ENT-licenses.zip')])).toEqual(['m2e']);
    expect(directions([file(`${mac}_E2M.lic`, 'x', 'MPP-2-ENT-licenses.zip')])).toEqual(['e2m']);
  });

  it('is asked for where nothing says it, and then as it was answered', () => {
    const files = [file(`${mac}.lic`), file('00CCFC000001_E2M.lic')];
    expect(judge(files)).toMatchObject({ undirected: 1, licenses: [{ direction: 'e2m' }] });
    expect(directions(files, { direction: 'm2e', isOfAll: false })).toEqual(['m2e', 'e2m']);
  });

  it('must not be another than that of all', () => {
    expect(refusals([file(`${mac}_E2M.lic`)])).toEqual(['it says that it is for e2m, and --direction says m2e']);
  });

  it('must not be two', () => {
    expect(refusals([file(`Ent-2-Mpp-licenses/${mac}_M2E.lic`)])).toEqual([expect.stringMatching(/do not agree/)]);
  });
});

describe('what is no license', () => {
  it.each([
    ['a web page', '<html><body>Sign in</body></html>', /^it is a web page, not a license$/],
    ['JSON', '{"error":"not found"}', /^it is JSON/],
    ['an error message', '404 Not Found', /^it is an error message/],
    ['nothing', '', /^it is empty$/],
    ['blanks', ' \r\n', /^it is empty$/],
    ['an archive', 'PK\x03\x04xx', /^it is an archive, not a license/],
    ['a PDF', '%PDF-1.4', /^it is a PDF, not a license$/],
    ['a picture', '\x89PNG', /^it is a picture/],
    ['a program', 'MZ\x90', /^it is a program/],
    ['zeros', '\0\0\0', /^it is nothing but zero bytes/],
    ['the license of another phone', 'for 00CCFCABCDEF', /^it names another phone, 00CCFCABCDEF$/],
  ])('%s is not imported', (_what, text, why) => {
    expect(refusals([file(`${mac}.lic`, text)])).toEqual([expect.stringMatching(why)]);
  });

  it('a name without a MAC, and a file that is too long, are not imported', () => {
    const long: FoundFile = { source: 'x', name: `${mac}.lic`, bytes: 100_000, content: null };
    expect(refusals([file('license.lic'), long])).toEqual([
      expect.stringMatching(/^its name has no MAC/),
      'it has 100000 bytes, too many for a license',
    ]);
  });

  it('an archive in an archive is told, other files are counted', () => {
    const result = judge([file('inner.zip', 'PK\x03\x04'), file('big.zip', ''), file('readme.txt')]);
    expect(result.refused.map(({ name }) => name)).toEqual(['inner.zip', 'big.zip']);
    expect(result.others).toEqual(['readme.txt']);
  });
});

describe('licenses among each other', () => {
  it('are one where they are the same, and none where they differ', () => {
    const same = [file(`${mac}.lic`, 'x'), file(`sub/${mac.toLowerCase()}.lic`, 'x')];
    expect(judge(same, { direction: 'm2e' })).toMatchObject({ licenses: [{ mac }], refused: [] });
    const result = judge([...same, file(`old/${mac}.lic`, 'y')], { direction: 'm2e' });
    expect(result.licenses).toEqual([]);
    expect(result.refused.map(({ name, why }) => [name, why])).toEqual(
      same
        .concat(file(`old/${mac}.lic`))
        .map(({ name }) => [name, `there are 3 different licenses of ${mac} for m2e; keep the one that holds`]),
    );
  });

  it('of both directions under one name are told', () => {
    const files = [file(`Ent-2-Mpp-licenses/${mac}.lic`), file(`MPP-2-ENT-licenses/${mac}.lic`)];
    expect(judge(files)).toMatchObject({ licenses: [{ direction: 'e2m' }, { direction: 'm2e' }], sameName: [mac] });
    expect(judge([file(`Ent-2-Mpp-licenses/${mac}.lic`), file(`${mac}_M2E.lic`)]).sameName).toEqual([]);
    const held = [{ mac, direction: 'e2m', file: `${mac}.lic` }] as HeldLicense[];
    expect(judge([file(`MPP-2-ENT-licenses/${mac}.lic`)], { held }).sameName).toEqual([mac]);
  });

  it('with the same content are told: one of them is a copy', () => {
    const files = [file(`${mac}.lic`, 'x'), file('00CCFC000001.lic', 'x'), file('00CCFC000002.lic', 'y')];
    expect(judge(files, { direction: 'm2e' }).sameContent).toEqual([mac, '00CCFC000001']);
  });

  it('that are not like the others are told: in length, or in being text', () => {
    const usual = Array.from({ length: 6 }, (_, nth) => file(`00CCFC00000${nth}.lic`, `license ${nth} `.repeat(40)));
    const strange = [
      file('00CCFC0000A1.lic', 'x'),
      file('00CCFC0000A2.lic', 'y'.repeat(5_000)),
      file('00CCFC0000A3.lic', '\x01'.repeat(400)),
    ];
    expect(judge([...usual, ...strange], { direction: 'm2e' }).odd.map(({ mac: one, why }) => [one, why])).toEqual([
      ['00CCFC0000A1', 'it has 1 bytes, the others about 400'],
      ['00CCFC0000A2', 'it has 5000 bytes, the others about 400'],
      ['00CCFC0000A3', 'it is no text, as the others are'],
    ]);
    // Too few to tell.
    expect(judge(strange, { direction: 'm2e' }).odd).toEqual([]);
  });

  it('that are links in a folder are told', () => {
    const result = judgeFiles(
      { files: [], links: ['a/x.lic'] },
      { direction: null, isOfAll: true, held: [], fleet: new Set(), models },
    );
    expect(result.refused).toEqual([{ source: '', name: 'a/x.lic', why: 'it is a link, and not followed' }]);
  });

  it('are compared with those that are held, and with the fleet', () => {
    const files = [file(`${mac}.lic`, 'x'), file('00CCFC000001.lic', 'y'), file('00CCFC000002.lic', 'z')];
    const first = judge(files, { direction: 'm2e' });
    expect(first.licenses.map(({ compared, isOfFleet }) => [compared, isOfFleet])).toEqual([
      ['new', null],
      ['new', null],
      ['new', null],
    ]);
    const [known, other] = first.licenses;
    const held = [known, { ...other, sha256: '00' }] as unknown as HeldLicense[];
    const again = judge(files, { direction: 'm2e', held, fleet: new Set([mac]) });
    expect(again.licenses.map(({ compared, isOfFleet }) => [compared, isOfFleet])).toEqual([
      ['known', true],
      ['replaces', false],
      ['new', false],
    ]);
  });
});
