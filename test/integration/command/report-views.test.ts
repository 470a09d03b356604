import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { type Finished, runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { parseReport, readReport } from '../../support/reports/report-schema.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

describe('an earlier run', () => {
  const folder = temporaryFolder();
  const store = ['--no-config', '--db', folder.file('views.db')];
  let network: Network;

  /** A dry run: two phones of one model planned, one of another, and one without its license. */
  beforeAll(async () => {
    network = await startNetwork(
      [
        { model: '8841', count: 2 },
        { model: '8851' },
        { model: '8841', name: 'late order', mac: '00CCFC00BEEF' },
        { kind: 'printer' },
      ],
      { files: { missingLicenses: ['00CCFC00BEEF'] } },
    );
    const profile = quickProfile(folder.path, 'mpp-to-enterprise');
    await runCommand([...network.scan, '--profile', profile, '--files', network.files, '--dry-run', ...store]);
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const report = (...words: string[]): Promise<Finished> => runCommand(['report', ...words, ...store]);
  const json = async (...words: string[]): Promise<Record<string, unknown>> =>
    JSON.parse((await report(...words, '--output', 'json')).stdout) as Record<string, unknown>;

  it('can be narrowed to phones that ended so: on the screen, for programs, and in files', async () => {
    const file = folder.file('blocked.json');
    const { code, stdout } = await report('--only', 'license-missing', '--report', file);
    expect([code, stdout]).toEqual([0, expect.stringContaining('00CCFC00BEEF')]);
    expect(stdout).toMatch(/\n1 phone that ended with license-missing, of 14 targets of the run \d{14}-\w{6}\.\n$/);
    expect(stdout).not.toContain('planned');
    for (const read of [readReport(file), parseReport(JSON.stringify(await json('--only', 'license-missing')))]) {
      expect([read.only, read.phones.map(({ mac }) => mac)]).toEqual([['license-missing'], ['00CCFC00BEEF']]);
      // They are of the whole run.
      expect(read.totals.byOutcome.planned).toBe(3);
    }
    const csv = await report('--only', 'planned,blocked', '--output', 'csv');
    expect(parse(csv.stdout, { columns: true })).toHaveLength(4);
    expect((await report('--only', 'done')).stdout).toMatch(/^0 phones that ended with done/);
    expect((await report('--only', 'no-answer')).stdout).toMatch(
      /^0 phones that ended with no-answer, .*\n\d+ addresses without an answer are only counted, as nobody named them\.\n$/,
    );
  });

  it('can be counted by what its phones have in common, in any order, the most first', async () => {
    const groups = async (...words: string[]): Promise<unknown> => (await json(...words))['groups'];
    expect(await groups('--group-by', 'model')).toEqual([
      { model: '8841', phones: 3, byOutcome: { planned: 2, blocked: 1 }, byVerdict: { eligible: 3 } },
      { model: '8851', phones: 1, byOutcome: { planned: 1 }, byVerdict: { eligible: 1 } },
    ]);
    expect(await groups('--group-by', 'site,model', '--only', 'blocked')).toEqual([
      { site: null, model: '8841', phones: 1, byOutcome: { blocked: 1 }, byVerdict: { eligible: 1 } },
    ]);
    const { stdout } = await report('--group-by', 'model', '--group-by', 'authorization');
    expect(stdout).toMatch(/^phones {2}model {2}authorization {2}verdicts +outcomes\n {5}3 {2}8841 /);
    expect(stdout).toMatch(/\n4 phones, of 14 targets of the run /);
    const file = folder.file('fleet.csv');
    const csv = (await report('--group-by', 'model,firmware', '--output', 'csv', '--report', file)).stdout;
    expect(readFileSync(file, 'utf8')).toBe(csv);
    const [first] = parse(csv, { columns: true }) as Record<string, string>[];
    expect(first).toMatchObject({ model: '8841', phones: '3', 'byOutcome.planned': '2', 'byVerdict.eligible': '3' });
  });

  it('has its lists as JSON and as CSV too', async () => {
    const { schema, lists } = await json('--lists');
    expect(schema).toBe('fleet-migrate/lists@1');
    expect(lists).toEqual([
      expect.objectContaining({
        ...{ outcome: 'blocked', phones: 1, unlisted: 0 },
        reasons: [
          expect.objectContaining({
            code: 'license-missing',
            phones: [expect.objectContaining({ mac: '00CCFC00BEEF', nextAttemptAt: null })],
          }),
        ],
      }),
    ]);
    const { stdout } = await report('--lists', '--output', 'csv');
    const rows = parse(stdout, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ mac, failureCode }) => [mac, failureCode])).toEqual([['00CCFC00BEEF', 'license-missing']]);
  });

  it.each([
    [
      ['--group-by', 'modle'],
      '--group-by modle: phones can be counted by model, firmware, site, authorization, such as --group-by model,firmware. Did you mean model?',
    ],
    [
      ['--group-by', 'color'],
      '--group-by color: phones can be counted by model, firmware, site, authorization, such as --group-by model,firmware.',
    ],
    [
      ['--only', 'faild'],
      '--only faild: this is neither an outcome nor a failure code; did you mean failed? Outcomes are',
    ],
    [
      ['--lists', '--group-by', 'model'],
      '--lists cannot be combined with --group-by, which counts phones; leave one of them out.',
    ],
    [['--diff', '--only', 'failed'], '--diff cannot be combined with --only; leave one of them out'],
    [
      ['--lists', '--output', 'ndjson'],
      '--lists is shown as table, json or csv, not as ndjson; choose one with --output.',
    ],
    [
      ['--only', 'failed', '--output', 'ndjson'],
      '--only is shown as table, json, csv or html, not as ndjson; choose one',
    ],
  ])('refuses %j with one sentence', async (words, sentence) => {
    const { code, stdout, stderr } = await report(...words);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(`fleet-migrate: ${sentence}`)]);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
