import { mkdirSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';
import { readReport } from '../../support/reports/report-schema.js';

describe('a report whose name holds its run and date', () => {
  const folder = temporaryFolder();
  const store = ['--no-config', '--db', folder.file('names.db')];
  let network: Network;

  beforeAll(async () => {
    network = await startNetwork([{ model: '8841', count: 3 }], { timeScale: 200 });
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const filesIn = (name: string): string[] => readdirSync(folder.file(name)).sort();
  const folderFor = (name: string): string => {
    mkdirSync(folder.file(name));
    return folder.file(name);
  };

  it('is not overwritten by the next night, and has the date of this machine', async () => {
    const into = folderFor('nights');
    const audit = ['audit', ...network.scan, ...store, '--report', `${into}/night-{date}-{run}.json`];
    // Fourteen hours ahead of UTC, and eleven behind: one of the two is another day.
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) await runCommand(audit, { env: { TZ: zone } });
    const names = filesIn('nights');
    expect(names).toHaveLength(2);
    const dates = names.map((name) => {
      const [, date, id] = /^night-(\d{4}-\d\d-\d\d)-(\d{14}-[0-9a-f]{6})\.json$/.exec(name) ?? [];
      expect(readReport(`${into}/${name}`).run.id).toBe(id);
      return date;
    });
    expect(new Set(dates).size).toBe(2);
  });

  it('is the same one after a resume, and the summary names it', async () => {
    const into = folderFor('resumed');
    const report = ['--report', `${into}/{date}-{run}.json`];
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', { stopGrace: '100ms' });
    const run = startCommand([
      ...[...network.scan, '--profile', profile, '--files', network.files, '--yes', '--waves', '1,100%'],
      ...[...store, '--output', 'ndjson', ...report],
    ]);
    await run.shows('"state":"submitted"');
    run.kill('SIGINT');
    await run.done;
    const [name = ''] = filesIn('resumed');
    expect(readReport(`${into}/${name}`).run.interrupted).toBe('SIGINT');
    const { stdout } = await runCommand(['resume', ...store, '--yes', ...report]);
    expect(filesIn('resumed')).toEqual([name]);
    expect(readReport(`${into}/${name}`).run.interrupted).toBeNull();
    expect(stdout).toContain(name);
  });

  it('is that of the run that report shows', async () => {
    const into = folderFor('later');
    const { code } = await runCommand(['report', ...store, '--report', `${into}/{run}.csv`]);
    expect([code, filesIn('later')]).toEqual([0, [expect.stringMatching(/^\d{14}-[0-9a-f]{6}\.csv$/)]]);
  });

  it('is checked before anything is contacted: its folder, its words, and that no other file has it', async () => {
    const refused = async (...reports: string[]): Promise<[number | null, string]> => {
      const words = reports.flatMap((name) => ['--report', name]);
      const { code, stderr } = await runCommand(['audit', ...network.scan, ...store, ...words]);
      return [code, stderr];
    };
    const before = network.simulator.log.length;
    expect(await refused('none/{date}.json')).toEqual([2, expect.stringContaining('its folder does not exist')]);
    expect(await refused('{runs}.json')).toEqual([2, expect.stringContaining('Did you mean {run}?')]);
    const [same, why] = await refused(folder.file('{run}.json'), folder.file('{run}.json'));
    expect([same, why]).toEqual([2, expect.stringContaining('the same file')]);
    expect(network.simulator.log.length).toBe(before);
  });
});
