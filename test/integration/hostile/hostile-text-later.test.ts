import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Finished, runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const hostile =
  '\u001b[2J\u001b]0;owned\u0007\r\n00:00:00.000 info  10.0.0.1 forged\u2028\u202e\u3164=HYPERLINK("x");=1';

/** What a terminal, an editor or a log reader acts on, and what nobody sees; a line feed ends our own lines. */
const acts = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const withoutLineEnds = (text: string): string => text.replaceAll('\r\n', '').replaceAll('\n', '');

describe('what phones said is untrusted text for good', () => {
  const folder = temporaryFolder();
  const db = folder.file('fleet.db');
  const log = folder.file('run.log');
  let network: Network;
  let changed: Network;
  const runs: Finished[] = [];

  beforeAll(async () => {
    const scan = async (serial: string, model: string, ...more: string[]): Promise<Network> => {
      const fleet = await startNetwork(
        [
          { model: '8841', name: 'serial', mac: '00CCFC000001', serial },
          { model: '8851', name: 'hardware', mac: '00CCFC000002', hardware: serial },
          { kind: 'printer', name: 'printer', model },
        ],
        { subnet: '127.66.64.0/28' },
      );
      runs.push(
        await runCommand(['audit', ...fleet.scan, '--db', db, '--log-file', log, '--log-level', 'debug', ...more]),
      );
      return fleet;
    };
    network = await scan('plain', 'Printer', '--quiet', '--log-format', 'json');
    await network.close();
    changed = await scan(hostile, hostile, '--log-format', 'json', '--output', 'ndjson');
  });
  afterAll(async () => {
    await changed.close();
    folder.remove();
  });

  it('is told of as it happens, a line of JSON an event, and logged so', () => {
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs[1]?.stdout).toContain('owned');
    for (const text of [...runs.flatMap(({ stdout, stderr }) => [stdout, stderr]), readFileSync(log, 'utf8')]) {
      expect(withoutLineEnds(text)).not.toMatch(acts);
    }
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('level');
    for (const line of runs[1]?.stdout.trimEnd().split('\n') ?? []) expect(JSON.parse(line)).toHaveProperty('event');
  });

  it.each<[string, string[]]>([
    ['a report from the store', ['report']],
    ['it as JSON', ['report', '--output', 'json']],
    ['it as events', ['report', '--output', 'ndjson']],
    ['it as CSV', ['report', '--output', 'csv']],
    ['what changed', ['report', '--diff']],
    ['the list of runs', ['runs']],
  ])('does nothing in %s', async (_what, words) => {
    const { code, stdout, stderr } = await runCommand([...words, '--db', db]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toBe('');
    expect(withoutLineEnds(stdout + stderr)).not.toMatch(acts);
    for (const line of stdout.split('\n')) expect(line).not.toMatch(/^(?:00:00:00|=)/);
  });
});
