import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { hasTerminals, startOnTerminal } from '../../support/command/terminal.js';
import { type Network, startNetwork } from '../../support/network.js';
import { type DocumentName, holdToSchema, holdToTolerantSchema } from '../../support/reports/published-schemas.js';
import { parseReport, readReport } from '../../support/reports/report-schema.js';

/** Everything that programs are given is as docs/schemas/ says, and has nothing that is not said there. */
describe('the published schemas', () => {
  const folder = temporaryFolder();
  const store = ['--no-config', '--db', folder.file('schemas.db')];
  const posted: string[] = [];
  let network: Network;
  let hook: Server;
  let lines: string;
  let moving: string[];

  const print = async (...words: string[]): Promise<string> => (await runCommand([...words, ...store])).stdout;
  const holds = (name: DocumentName, json: string): Record<string, unknown> => {
    const document = JSON.parse(json) as Record<string, unknown>;
    holdToSchema(name, document);
    return document;
  };

  beforeAll(async () => {
    network = await startNetwork([
      { model: '8841', behavior: { upgradeResult: 'download-failed' } },
      { model: '8851', count: 2 },
      { kind: 'printer' },
    ]);
    hook = createServer((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        posted.push(body);
        response.end();
      });
    });
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
    moving = ['--profile', quickProfile(folder.path, 'mpp-to-enterprise'), '--files', network.files];
    await print('audit', ...network.scan, '--report', folder.file('audit.json'));
    await print(...network.scan, ...moving, '--dry-run', '--report', folder.file('dry.json'));
    const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`;
    const told = ['--output', 'ndjson', '--notify', url, '--report', folder.file('moved.json')];
    lines = await print(...network.scan, ...moving, '--yes', '--quiet', '--waves', '1,100%', ...told);
  });
  afterAll(async () => {
    await new Promise((resolve) => hook.close(resolve));
    await network.close();
    folder.remove();
  });

  it('hold for the reports of an audit, of a dry run and of a migration', () => {
    const reports = ['audit', 'dry', 'moved'].map((name) => readReport(folder.file(`${name}.json`)));
    const ended = new Set(reports.flatMap(({ phones }) => phones.map(({ outcome }) => outcome)));
    for (const outcome of ['audited', 'planned', 'done', 'failed', 'not-a-phone'] as const)
      expect(ended).toContain(outcome);
  });

  it('hold for every line of a stream of events', async () => {
    const streamed = `${lines}${await print('report', '--output', 'ndjson')}`.trim().split('\n');
    expect(streamed.length).toBeGreaterThan(20);
    for (const line of streamed) holds('events', line);
  });

  it('hold for what a webhook is posted', () => {
    expect(posted).toHaveLength(1);
    expect(holds('notify', posted[0] ?? '')).toMatchObject({ failures: { 'upgrade-failed': 1 } });
  });

  it('hold for the list of runs, a comparison, counts and the lists of what needs attention', async () => {
    expect(holds('runs', await print('runs', '--json'))['runs']).toHaveLength(3);
    const [last, , first] = holds('runs', await print('runs', '--json'))['runs'] as { id: string }[];
    const diff = await print('report', '--diff', first?.id ?? '', last?.id ?? '', '--output', 'json');
    expect(holds('diff', diff)).toMatchObject({ firmware: [expect.anything(), expect.anything()] });
    for (const keys of ['model', 'model,firmware,site,authorization'])
      holds('groups', await print('report', '--group-by', keys, '--output', 'json'));
    expect(holds('lists', await print('report', '--lists', '--output', 'json'))['lists']).not.toEqual([]);
    expect(parseReport(await print('report', '--only', 'failed', '--output', 'json')).only).toEqual(['failed']);
  });

  it('hold for a run that goes on, and for what is left of it after ctrl-C', async () => {
    await network.close();
    network = await startNetwork([{ model: '8841', count: 3 }], { timeScale: 20 });
    const run = startCommand([
      ...[...network.scan, ...moving.slice(0, 2), '--files', network.files, '--yes', '--waves', '1,100%'],
      ...[...store, '--output', 'ndjson', '--report', folder.file('stopped.json')],
    ]);
    await run.shows('"state":"submitted"');
    // It tells its store every two seconds.
    let status: Record<string, unknown>;
    do status = holds('status', await print('status', '--json'));
    while (status['toldAt'] === null);
    expect(status).toMatchObject({ run: { state: 'running' }, phones: { underWay: 1 } });
    holds('runs', await print('runs', '--json'));
    expect(holds('report', await print('report', '--output', 'json'))).toMatchObject({ run: { state: 'running' } });
    run.kill('SIGINT');
    run.kill('SIGINT');
    for (const line of (await run.done).stdout.trim().split('\n')) holds('events', line);
    expect(readReport(folder.file('stopped.json')).run.interrupted).toBe('SIGINT');
    holds('status', await print('status', '--json'));
  });

  (hasTerminals ? it : it.skip)('hold for a run that somebody said no to', async () => {
    const run = startOnTerminal([
      ...[...network.scan, ...moving.slice(0, 2), '--files', network.files, '--db', folder.file('no.db')],
      ...['--no-config', '--report', folder.file('no.json')],
    ]);
    await run.shows('(y/n)');
    run.type('n\n');
    await run.done;
    expect(readReport(folder.file('no.json')).run.declined).toBe(true);
  });

  it('are for readers who tolerate what is new, and for reports of 0.1.0, which lack what came later', () => {
    const report = JSON.parse(readFileSync(folder.file('moved.json'), 'utf8')) as {
      run: object;
      phones: Record<string, unknown>[];
    };
    const newer = { ...report, run: { ...report.run, color: 'red' }, weather: 'fine' };
    holdToTolerantSchema('report', newer);
    expect(() => holdToSchema('report', newer)).toThrow(/weather/);
    for (const phone of report.phones) for (const key of ['vidSource', 'ucm', 'requests', 'bytes']) delete phone[key];
    holdToTolerantSchema('report', report);
    delete report.phones[0]?.['outcome'];
    expect(() => holdToTolerantSchema('report', report)).toThrow(/outcome/);
  });
});
