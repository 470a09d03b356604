import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { renderCsv } from '../../../src/report/formats/csv.js';
import { renderJson } from '../../../src/report/formats/json.js';
import { checkReportPath, writeReportFile } from '../../../src/report/formats/write-report.js';
import { samplePhone, sampleReport } from '../support/sample.js';
import { backgroundOfReport as background } from '../support/background.js';

const report = sampleReport([samplePhone(), samplePhone({ address: '10.0.0.6' })]);
const json = [...renderJson(report)].join('');
const csv = [...renderCsv(report)].join('');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writing a report file', () => {
  it.each([
    ['night.json', json],
    ['night.CSV', csv],
  ])('%s has the format of its ending and leaves nothing else behind', async (name, text) => {
    await writeReportFile(report, join(folder, name), { background });
    expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
    expect(readdirSync(folder)).toEqual([name]);
  });

  it.each([
    [0, undefined, '600'],
    [0o277, undefined, '600'],
    [0o077, 0o644, '644'],
  ])(
    'under umask %o, told %o, has the rights %s, also where there was one with others',
    async (umask, mode, rights) => {
      const path = join(folder, 'night.json');
      writeFileSync(path, 'earlier', { mode: 0o666 });
      const usual = process.umask(umask);
      try {
        await writeReportFile(report, path, { background, ...(mode === undefined ? {} : { mode }) });
      } finally {
        process.umask(usual);
      }
      expect((statSync(path).mode & 0o777).toString(8)).toBe(rights);
    },
  );

  it('replaces the earlier report as a whole', async () => {
    const path = join(folder, 'night.json');
    writeFileSync(path, 'x'.repeat(1_000_000));
    await writeReportFile(report, path, { background });
    expect(readFileSync(path, 'utf8')).toBe(json);
  });

  it('keeps the earlier report when rendering fails', async () => {
    const path = join(folder, 'night.json');
    writeFileSync(path, 'earlier');
    const broken = { ...report, phones: [samplePhone(), null as never] };
    await expect(writeReportFile(broken, path, { background })).rejects.toThrow(
      `The report could not be written to ${path}: `,
    );
    expect(readFileSync(path, 'utf8')).toBe('earlier');
    expect(readdirSync(folder)).toEqual(['night.json']);
  });

  it('follows a link and leaves it in place', async () => {
    mkdirSync(join(folder, 'share'));
    writeFileSync(join(folder, 'share', 'real.json'), 'earlier');
    symlinkSync(join(folder, 'share', 'real.json'), join(folder, 'latest.json'));
    await writeReportFile(report, join(folder, 'latest.json'), { background });
    expect(readFileSync(join(folder, 'share', 'real.json'), 'utf8')).toBe(json);
    expect(
      readdirSync(folder, { withFileTypes: true })
        .find(({ name }) => name === 'latest.json')
        ?.isSymbolicLink(),
    ).toBe(true);
  });

  it('does not write through a link that somebody planted under the temporary name', async () => {
    const other = join(folder, 'other');
    writeFileSync(other, 'precious');
    symlinkSync(other, join(folder, `.night.json.${process.pid}.tmp`));
    await writeReportFile(report, join(folder, 'night.json'), { background });
    expect(readFileSync(other, 'utf8')).toBe('precious');
    expect(readFileSync(join(folder, 'night.json'), 'utf8')).toBe(json);
  });

  it('says path and reason when the folder went away', async () => {
    const path = join(folder, 'gone', 'night.json');
    await expect(writeReportFile(report, path, { background })).rejects.toThrow(
      `The report could not be written to ${path}: its folder does not exist.`,
    );
  });
});

describe('checking a report path before anything is contacted', () => {
  const usage = (message: string) => expect.objectContaining({ code: 'usage', message });
  const other = 'choose another with --report.';

  it('accepts one that can be written, and leaves no trace', async () => {
    await checkReportPath(join(folder, 'night.json'));
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, 'night.csv'), 'earlier');
    await checkReportPath(join(folder, 'night.csv'));
    expect(readFileSync(join(folder, 'night.csv'), 'utf8')).toBe('earlier');
  });

  it.each([
    ['night.pdf', 'the ending .pdf, which is not a report format'],
    ['night.txt', 'the ending .txt, which is not a report format'],
    ['night', 'no ending that names its format'],
    ['.json', 'no ending that names its format'],
  ])('%s is refused by its ending', async (name, problem) => {
    const path = join(folder, name);
    const sentence = usage(`The report file ${path} has ${problem}; possible are .json, .csv and .html.`);
    await expect(checkReportPath(path)).rejects.toEqual(sentence);
    await expect(writeReportFile(report, path, { background })).rejects.toEqual(sentence);
  });

  it('refuses a folder that is not there, a folder, and a file used as a folder', async () => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'night.json'));
    const cases = [
      [join(folder, 'no', 'night.json'), 'its folder does not exist'],
      [join(folder, 'night.json'), 'it is a folder'],
      [join(folder, 'file', 'night.json'), 'a part of its path is not a folder'],
    ] as const;
    for (const [path, reason] of cases) {
      await expect(checkReportPath(path)).rejects.toEqual(
        usage(`The report cannot be written to ${path}: ${reason}; ${other}`),
      );
    }
  });

  it('tries instead of asking: a folder that takes no files is refused even to the administrator', async () => {
    await expect(checkReportPath('/proc/night.json')).rejects.toMatchObject({ code: 'usage' });
  });
});
