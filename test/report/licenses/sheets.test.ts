import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import yauzl from 'yauzl';
import type { PlannedLicense } from '../../../src/domain/licenses/plan.js';
import {
  checkSheetPath,
  olderParts,
  type Sheet,
  usualTitles,
  writeSheet,
} from '../../../src/report/licenses/sheets.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

function phone(mac: string, change: Partial<PlannedLicense> = {}): PlannedLicense {
  return {
    ...{ address: '10.0.0.1', mac, productId: 'CP-8841-K9', vid: 'V05', serial: 'FCH2012ABCD', sku: 'x' },
    ...{ state: 'needed', replaces: null },
    ...change,
  };
}

/** The texts of a spreadsheet, row by row, as its XML has them. */
async function cellsOf(path: string): Promise<string[][]> {
  const zip = await yauzl.openPromise(path);
  const parts = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = [];
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
    parts.set(entry.fileName, Buffer.concat(pieces).toString());
  }
  const shared = [...(parts.get('xl/sharedStrings.xml') ?? '').matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(
    ([, text = '']) => text,
  );
  const rows = [...(parts.get('xl/worksheets/sheet1.xml') ?? '').matchAll(/<row[^>]*>(.*?)<\/row>/gs)];
  return rows.map(([, row = '']) =>
    [...row.matchAll(/<c([^>]*)>(?:<v>(\d+)<\/v>|<is><t[^>]*>([^<]*)<\/t><\/is>)/g)].map(
      ([, attributes = '', at, inline]) =>
        /t="s"/.test(attributes) ? (shared[Number(at)] ?? '?') : (inline ?? `number ${at}`),
    ),
  );
}

describe('a sheet of phones to order for', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => void (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  function sheet(name: string, change: Partial<Sheet> = {}): Sheet {
    return {
      ...{ what: 'The list of MACs', option: '--macs', path: folder.file(name), fields: ['mac'] },
      ...{ titles: usualTitles, partSize: 1_000 },
      ...change,
    };
  }

  it('is CSV by its ending, with a title', async () => {
    const macs = sheet('macs.csv');
    expect(await writeSheet(macs, [phone('00CCFC000001'), phone('00CCFC000002')])).toEqual([macs.path]);
    expect(readFileSync(macs.path, 'utf8')).toBe('MAC Address\r\n00CCFC000001\r\n00CCFC000002\r\n');
  });

  it('is a spreadsheet by its ending, in which a MAC of digits stays a text', async () => {
    const devices = sheet('devices.xlsx', { fields: ['productId', 'vid', 'mac', 'serial'] });
    await writeSheet(devices, [phone('001122334455'), phone('0011223344E5', { serial: null })]);
    expect(await cellsOf(devices.path)).toEqual([
      ['PID', 'VID', 'MAC Address', 'Serial Number'],
      ['CP-8841-K9', 'V05', '001122334455', 'FCH2012ABCD'],
      ['CP-8841-K9', 'V05', '0011223344E5'],
    ]);
  });

  it("has the titles of the portal's template", async () => {
    const macs = sheet('macs.csv', { titles: { ...usualTitles, mac: 'MAC_ADDRESS' } });
    await writeSheet(macs, []);
    expect(readFileSync(macs.path, 'utf8')).toBe('MAC_ADDRESS\r\n');
  });

  it('comes in parts where it has more rows than asked for', async () => {
    const paths = await writeSheet(
      sheet('macs.csv', { partSize: 2 }),
      ['1', '2', '3', '4', '5'].map((digit) => phone(`00CCFC00000${digit}`)),
    );
    expect(paths).toEqual([1, 2, 3].map((part) => folder.file(`macs-${part}.csv`)));
    expect(paths.map((path) => readFileSync(path, 'utf8').trim().split('\r\n').slice(1))).toEqual([
      ['00CCFC000001', '00CCFC000002'],
      ['00CCFC000003', '00CCFC000004'],
      ['00CCFC000005'],
    ]);
  });

  it('tells which parts are left of a larger one', async () => {
    const phones = ['1', '2', '3'].map((digit) => phone(`00CCFC00000${digit}`));
    await writeSheet(sheet('macs.csv', { partSize: 1 }), phones);
    const paths = await writeSheet(sheet('macs.csv', { partSize: 2 }), phones);
    expect(olderParts(sheet('macs.csv'), paths)).toEqual([folder.file('macs-3.csv')]);
    await writeSheet(sheet('macs-2026.csv'), phones);
    expect(olderParts(sheet('macs-2026.csv'), [folder.file('macs-2026.csv')])).toEqual([]);
  });

  it('does not let a phone write formulas', async () => {
    const devices = sheet('devices.csv', { fields: ['mac', 'serial'] });
    await writeSheet(devices, [phone('00CCFC000001', { serial: '=HYPERLINK("x")' })]);
    expect(readFileSync(devices.path, 'utf8')).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it('has a known ending', () => {
    expect(() => checkSheetPath(sheet('macs.txt'))).toThrow(
      /macs\.txt has the ending \.txt; name a file that ends in \.csv or \.xlsx with --macs\.$/,
    );
    expect(() => checkSheetPath(sheet('macs'))).toThrow(/has no ending that names its format/);
    expect(() => checkSheetPath(sheet('MACS.XLSX'))).not.toThrow();
  });
});
