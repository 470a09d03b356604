import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { parseReport, readReport, type Report } from '../../support/reports/report-schema.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

/** Anything a terminal would act on; a line feed is the only control character that results may have. */
const control = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;

type Event = Record<string, unknown> & { event: string; at: string; address: string | null; mac: string | null };

describe('output: results on standard output, everything else on standard error', () => {
  const folder = temporaryFolder();
  let network: Network;
  let dryRun: string[];

  beforeAll(async () => {
    network = await startNetwork(
      [
        { model: '8841', count: 2, name: 'ready' },
        { model: '8851', name: 'late order', mac: '00CCFC00BEEF' },
        { kind: 'printer', name: 'printer' },
      ],
      { subnet: '127.66.0.0/28', files: { missingLicenses: ['00CCFC00BEEF'] } },
    );
    const profile = quickProfile(folder.path, 'mpp-to-enterprise');
    dryRun = [...network.scan, '--profile', profile, '--files', network.files, '--dry-run'];
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  it('table: one line a phone and a summary, in plain text where it goes to a pipe', async () => {
    const { stdout, stderr, code } = await runCommand(dryRun, { env: { FORCE_COLOR: '1', CI: 'true' } });
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).not.toMatch(control);
    const lines = stdout.split('\n');
    for (const [name, outcome] of [
      ['ready 1', 'planned'],
      ['ready 2', 'planned'],
      ['late order', 'blocked'],
    ] as const) {
      const { mac, address } = network.phone(name);
      const line = lines.filter((each) => each.includes(mac) && each.includes(address));
      expect([name, line]).toEqual([name, [expect.stringContaining(outcome)]]);
    }
    expect(stdout).toContain('profile mpp-to-enterprise, dry run; 14 targets');
    expect(stdout).toContain('license-missing');
  });

  it('--quiet: only the results, no closing words', async () => {
    const { stdout, stderr } = await runCommand([...dryRun, '--quiet']);
    expect(stdout).toContain(network.phone('ready 1').mac);
    expect(stdout).not.toContain('Next:');
    expect(stderr).toBe('');
  });

  it('json: one document that holds to the contract; the summary goes to standard error', async () => {
    const { stdout, stderr } = await runCommand([...dryRun, '--output', 'json']);
    const { totals, phones } = parseReport(stdout);
    expect(totals).toMatchObject({
      targets: 14,
      byOutcome: { planned: 2, blocked: 1, 'not-a-phone': 1, 'no-answer': 10 },
    });
    expect(phones.map(({ address }) => address)).toEqual(['127.66.0.1', '127.66.0.2', '127.66.0.3', '127.66.0.4']);
    expect(stderr).toContain('Next:');
    expect(stdout).not.toMatch(control);
  });

  it('csv: a header and one line a phone, and nothing else', async () => {
    const { stdout } = await runCommand([...dryRun, '--output', 'csv', '--quiet']);
    const rows = parse(stdout, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ address, outcome }) => `${address} ${outcome}`)).toEqual([
      '127.66.0.1 planned',
      '127.66.0.2 planned',
      '127.66.0.3 blocked',
      '127.66.0.4 not-a-phone',
    ]);
    expect(Object.keys(rows[0] ?? {})).toEqual(expect.arrayContaining(['mac', 'plan', 'failureCode', 'evidence']));
    expect(stdout.split('\r\n')).toHaveLength(rows.length + 2);
  });

  it('--report: files in the format of their endings, named in the summary', async () => {
    const [json, csv] = [folder.file('fleet.json'), folder.file('fleet.csv')];
    const { stdout } = await runCommand([...dryRun, '--report', json, '--report', csv]);
    const rows = parse(readFileSync(csv, 'utf8'), { columns: true }) as Record<string, string>[];
    expect(rows.map(({ mac }) => mac)).toEqual(readReport(json).phones.map(({ mac }) => mac ?? ''));
    expect(stdout).toContain('fleet.json');
    expect(stdout).toContain('fleet.csv');
  });

  it('--log-file: each line about a phone carries its address and MAC, as text or as JSON', async () => {
    const [text, json] = [folder.file('run.log'), folder.file('run.ndjson')];
    await runCommand([...dryRun, '--quiet', '--log-file', text]);
    await runCommand([...dryRun, '--quiet', '--log-file', json, '--log-format', 'json']);
    const { address, mac } = network.phone('late order');
    const lines = readFileSync(text, 'utf8').trim().split('\n');
    for (const line of lines)
      expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d (?:error|warn {1}|info {1}|debug) /);
    expect(lines).toContainEqual(
      expect.stringMatching(`info  ${address} ${mac} outcome outcome=blocked .*license-missing`),
    );
    const entries = readFileSync(json, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries).toContainEqual(expect.objectContaining({ level: 'info', address, mac, outcome: 'blocked' }));
  });
});

describe('ndjson: every event of a real run as it happens', () => {
  const folder = temporaryFolder();
  let network: Network;
  let events: Event[];
  let report: Report;

  beforeAll(async () => {
    network = await startNetwork(
      [
        { model: '8841', count: 2, name: 'ready' },
        { model: '8811', name: 'old', load: 'sip88xx.11-2-3MPP-398' },
        { model: '8841', name: 'bad cable', behavior: { upgradeResult: 'write-failed' } },
        { kind: 'camera', name: 'camera' },
      ],
      { subnet: '127.66.0.0/28' },
    );
    const profile = quickProfile(folder.path, 'mpp-to-enterprise');
    const file = folder.file('report.json');
    const { stdout } = await runCommand([
      ...[...network.scan, '--profile', profile, '--files', network.files, '--yes', '--quiet'],
      ...['--output', 'ndjson', '--report', file],
    ]);
    events = stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Event);
    report = readReport(file);
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const of = (mac: string | null): Event[] => events.filter((event) => event.mac === mac);

  it('every line has event, at, address and mac, in the order of time', () => {
    for (const event of events) expect(Object.keys(event).slice(0, 4)).toEqual(['event', 'at', 'address', 'mac']);
    const times = events.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect([events[0]?.event, events.at(-1)?.event]).toEqual(['run-started', 'run-finished']);
  });

  it('the outcomes add up to the report, one for each that is listed', () => {
    const ended = events.filter(({ event }) => event === 'outcome').map(({ address, outcome }) => [address, outcome]);
    expect(ended.sort()).toEqual(report.phones.map(({ address, outcome }) => [address, outcome]).sort());
    expect(events.at(-1)).toMatchObject({ targets: report.totals.targets, byOutcome: report.totals.byOutcome });
  });

  it('the intent of each write is told before the phone receives it, with what is to be set', () => {
    for (const { mac } of report.phones.filter(({ touched }) => touched)) {
      const intents = of(mac).filter(({ event }) => event === 'intent');
      expect([mac, intents.length]).toEqual([mac, network.posts().filter((post) => post.mac === mac).length]);
      for (const { changes } of intents)
        expect(changes).toContainEqual(expect.objectContaining({ field: 'upgradeRule' }));
    }
  });

  it('a phone that steps up tells of both steps, and its outcome is its last word', () => {
    const { mac } = network.phone('old');
    expect(
      of(mac)
        .filter(({ event }) => event === 'intent')
        .map(({ step }) => step),
    ).toEqual(['upgrade', 'convert']);
    expect(of(mac).at(-1)).toMatchObject({ event: 'outcome', outcome: 'done' });
    expect(of(network.phone('bad cable').mac).at(-1)).toMatchObject({ outcome: 'failed', failure: 'upgrade-failed' });
  });
});
