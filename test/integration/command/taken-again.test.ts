import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { runCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';

interface Again {
  /** As the sentence counts them. */
  said: number;
  words: string[];
}

describe('a command that takes phones again takes those that are counted, and no others', () => {
  const folder = temporaryFolder();
  let network: Network;
  let migration: string[];
  let runs = 0;

  beforeAll(async () => {
    network = await startNetwork(
      [
        { model: '8841', name: 'in a call', behavior: { busy: 'forever' } },
        { model: '8841', count: 3, name: 'ready' },
        { model: '8841', name: 'bad', behavior: { upgradeResult: 'download-failed' } },
        { model: '8851', mac: '00CCFC00BEEF' },
      ],
      { files: { missingLicenses: ['00CCFC00BEEF'] } },
    );
    const profile = quickProfile(folder.path, 'mpp-to-enterprise');
    migration = [...network.scan, '--profile', profile, '--files', network.files];
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  /** The commands of a run for those that ended badly, from its own store. */
  async function againAfter(...words: string[]): Promise<{ text: string; again: Again[]; db: string }> {
    const db = folder.file(`${(runs += 1)}.db`);
    const { stdout: text } = await runCommand(['migrate', ...migration, '--db', db, '--no-config', ...words]);
    const found = [...text.matchAll(/take the (?:(\d+) phones|phone)\s[^]*?\n {6}fleet-migrate (.*)/g)];
    const again = found.map(([, count = '1', line = '']) => ({
      said: Number(count),
      words: execFileSync('sh', ['-c', `printf '%s\n' ${line}`], { encoding: 'utf8' })
        .trimEnd()
        .split('\n'),
    }));
    return { text, again, db };
  }

  /** Addresses that the command would take. */
  async function targetsOf({ words }: Again): Promise<string[]> {
    const dry = [...words.filter((word) => word !== '--dry-run'), '--dry-run', '--output', 'json'];
    const { stdout } = await runCommand(dry);
    const { phones, totals } = JSON.parse(stdout) as { phones: { address: string }[]; totals: { targets: number } };
    expect(phones).toHaveLength(totals.targets);
    return phones.map(({ address }) => address).sort();
  }

  it('with --limit: not those beyond it', async () => {
    const { text, again } = await againAfter('--limit', '1', '--yes');
    expect(text).toMatch(/deferred: \d+ of them beyond --limit/);
    expect(again.map(({ said }) => said)).toEqual([1]);
    expect(again[0]?.words).toEqual(expect.arrayContaining(['--only', 'busy']));
    expect(await targetsOf(again[0] as Again)).toEqual([network.phone('in a call').address]);
  });

  it('with --waves: those that were written to in one wave, the others as before', async () => {
    const { again } = await againAfter('--waves', '3,100%', '--yes');
    expect(again.map(({ said }) => said)).toEqual([1, 2]);
    const [written, unwritten] = again as [Again, Again];
    expect(written.words).toEqual(expect.arrayContaining(['--only', 'failed', '--waves', '100%']));
    expect(unwritten.words).toEqual(expect.arrayContaining(['--only', 'blocked,deferred', '--waves', '3,100%']));
    expect(await targetsOf(written)).toEqual([network.phone('bad').address]);
    expect(await targetsOf(unwritten)).toHaveLength(2);
  });
});
