import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand, startCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { parseReport } from '../../support/reports/report-schema.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

/** Exit codes 2 (bad input), 130 and 143 (stopping) have tests of their own. */
describe('the exit code says how a run ended', () => {
  const folder = temporaryFolder();
  let network: Network;
  let profile: string;

  beforeAll(async () => {
    network = await startNetwork(
      [
        { model: '8841', name: 'ready' },
        { model: '8841', name: 'at home', load: 'sip88xx.14-2-1-0101-26' },
        { model: '6841', name: 'never' },
        { kind: 'printer', name: 'printer' },
        { model: '8851', name: 'late order', mac: '00CCFC00BEEF' },
        { model: '8851', name: 'in a call', behavior: { busy: 'forever' } },
        { model: '8811', name: 'bad cable', behavior: { upgradeResult: 'write-failed' } },
        { model: '8861', name: 'lost', behavior: { neverReturns: true } },
        { model: '8845', name: 'slowly', behavior: { busy: 'forever' } },
      ],
      { files: { missingLicenses: ['00CCFC00BEEF'] } },
    );
    profile = quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '3s', idleWait: '100ms' });
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const at = (...names: string[]): string[] => names.flatMap((name) => ['--target', network.phone(name).address]);
  const migration = (): string[] => ['--profile', profile, '--files', network.files];
  const codeOf = async (...args: string[]): Promise<number | null> =>
    (await runCommand([...args, ...network.reach, '--quiet'])).code;

  describe('0: everything asked for is so', () => {
    it('an audit that read every phone that was named', async () => {
      expect(await codeOf('audit', ...at('ready', 'at home', 'never', 'late order'))).toBe(0);
    });

    it('a dry run with work to do, unless --detailed-exitcode', async () => {
      expect(await codeOf(...at('ready'), ...migration(), '--dry-run')).toBe(0);
    });

    it('a dry run with --detailed-exitcode and nothing to do', async () => {
      expect(await codeOf(...at('at home', 'never'), ...migration(), '--dry-run', '--detailed-exitcode')).toBe(0);
    });
  });

  it('5: a dry run with --detailed-exitcode and work to do, even where other phones are blocked', async () => {
    expect(await codeOf(...at('ready', 'late order'), ...migration(), '--dry-run', '--detailed-exitcode')).toBe(5);
  });

  describe('1: some phones need somebody', () => {
    it.each([
      ['blocked', 'late order'],
      ['deferred', 'in a call'],
      ['failed', 'bad cable'],
      ['unverified', 'lost'],
    ])('%s', async (outcome, name) => {
      const args = [...at(name, 'at home'), ...network.reach, ...migration(), '--yes', '--output', 'json'];
      const { code, stdout } = await runCommand(args);
      expect(parseReport(stdout).totals.byOutcome).toEqual({ [outcome]: 1, 'already-done': 1 });
      expect(code).toBe(1);
    });
  });

  it('0 again: a real run in which every phone is done or may stay', async () => {
    expect(await codeOf(...at('ready', 'at home', 'never'), ...migration(), '--yes')).toBe(0);
    expect(network.phone('ready').snapshot().kind).toBe('enterprise');
  });

  it('4: no target answered', async () => {
    expect(await codeOf('--target', '127.66.9.1-20')).toBe(4);
  });

  it('70: the report cannot be written in the end; what happened is still on standard output', async () => {
    const place = folder.file('place');
    mkdirSync(place);
    const args = [...at('slowly'), ...network.reach, ...migration(), '--yes', '--idle-wait', '1s'];
    const run = startCommand([...args, '--output', 'ndjson', '--report', join(place, 'report.json')]);
    await run.shows('"state":"waiting"');
    rmSync(place, { recursive: true });
    const { code, stdout, stderr } = await run.done;
    expect(code).toBe(70);
    expect(stderr).toContain('The report could not be written');
    expect(stdout).toContain('"event":"run-finished"');
  });
});
