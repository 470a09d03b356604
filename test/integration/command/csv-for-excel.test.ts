import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';

type Rows = Record<string, string>[];

describe('--csv-for excel', () => {
  const folder = temporaryFolder();
  const store = ['--no-config', '--db', folder.file('excel.db')];
  const file = folder.file('fleet.csv');
  const excel = ['--output', 'csv', '--csv-for', 'excel'];
  let network: Network;
  let printed: string;

  const rowsOf = (text: string): Rows => parse(text, { columns: true, bom: true, delimiter: ';' }) as Rows;

  beforeAll(async () => {
    network = await startNetwork([{ model: '8841', mac: '001122334455' }, { kind: 'printer' }]);
    printed = (await runCommand(['audit', ...network.scan, ...store, ...excel, '--report', file])).stdout;
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  it('writes a mark, ; between cells and the zeros of a MAC, to standard output and to report files', () => {
    for (const text of [printed, readFileSync(file, 'utf8')]) {
      expect(text.startsWith('\ufeffaddress;mac;')).toBe(true);
      expect(rowsOf(text).map(({ mac }) => mac)).toContain('="001122334455"');
    }
  });

  it('does so for an earlier run, its lists and its groups', async () => {
    const later = folder.file('later.csv');
    const report = async (...words: string[]) => (await runCommand(['report', ...words, ...store, ...excel])).stdout;
    expect(await report('--report', later)).toBe(printed);
    expect(readFileSync(later, 'utf8')).toBe(printed);
    expect((await report('--lists')).startsWith('\ufeffaddress;mac;')).toBe(true);
    expect(rowsOf(await report('--group-by', 'model'))[0]).toMatchObject({ model: '="8841"', phones: '1' });
    expect((await runCommand(['report', ...store, '--output', 'csv'])).stdout).toMatch(/^address,mac,/);
  });

  it('comes from the configuration file and the environment, too', async () => {
    const { stdout } = await runCommand(['report', ...store, '--output', 'csv'], {
      env: { FLEET_MIGRATE_CSV_FOR: 'excel' },
    });
    expect(stdout).toBe(printed);
  });

  it('writes what --inventory reads', async () => {
    const again = ['audit', '--inventory', file, ...network.reach, ...store, '--output', 'json'];
    const { code, stdout } = await runCommand(again);
    const { phones } = JSON.parse(stdout) as { phones: { mac: string | null; named: boolean }[] };
    expect([code, phones.find(({ mac }) => mac === '001122334455')?.named]).toEqual([1, true]);
  });

  it('is refused where nothing is written as CSV, and for a reader that nobody knows', async () => {
    const idle = await runCommand(['audit', ...network.scan, ...store, '--csv-for', 'excel']);
    expect([idle.code, idle.stderr]).toEqual([2, expect.stringContaining('--csv-for does nothing without')]);
    const beside = await runCommand([
      'audit',
      ...network.scan,
      ...store,
      '--csv-for',
      'excel',
      '--report',
      'night.html',
    ]);
    expect([beside.code, beside.stderr]).toEqual([2, expect.stringContaining('--csv-for does nothing without')]);
    const unknown = await runCommand(['audit', ...network.scan, ...store, '--output', 'csv', '--csv-for', 'exel']);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('did you mean excel?')]);
  });
});
