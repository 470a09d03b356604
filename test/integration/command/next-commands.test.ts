import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

describe('the commands at the end of a run can be copied as they stand', () => {
  const folder = temporaryFolder();
  const db = folder.file('a night/fleet store.db');
  const secret = 'S3cret-of-the-phones';
  let network: Network;
  let migration: string[];

  beforeAll(async () => {
    mkdirSync(folder.file('a night'));
    writeFileSync(folder.file('password'), `${secret}\n`, { mode: 0o600 });
    network = await startNetwork(
      [
        { model: '8841', count: 2, name: 'ready' },
        { model: '8851', mac: '00CCFC00BEEF' },
        { model: '8841', behavior: { upgradeResult: 'download-failed' } },
      ],
      { files: { missingLicenses: ['00CCFC00BEEF'] }, knownPasswords: [secret] },
    );
    const profile = quickProfile(folder.path, 'mpp-to-enterprise');
    migration = [...network.scan, '--profile', profile, '--files', network.files];
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const store = (): string[] => ['--db', db, '--no-config'];

  /** What a run says at its end, and the commands in it, as a shell takes them apart. */
  async function endOf(...words: string[]): Promise<{ text: string; commands: string[][] }> {
    const { stdout: text } = await runCommand([...words, ...store()]);
    const lines = text.split('\n').filter((line) => /^ {6}fleet-migrate /.test(line));
    const commands = lines.map((line) =>
      execFileSync('sh', ['-c', `printf '%s\\n' ${line.trim().slice('fleet-migrate '.length)}`], { encoding: 'utf8' })
        .trimEnd()
        .split('\n'),
    );
    return { text, commands };
  }

  /** Runs it; what would write, as a dry run, in which a phone may still be blocked. */
  async function holds(words: readonly string[]): Promise<void> {
    const writes = words[0] === 'migrate';
    const dry = writes ? [...words.filter((word) => word !== '--dry-run'), '--dry-run'] : words;
    const { code, stderr } = await runCommand(dry);
    expect([words, [0, ...(writes ? [1] : [])].includes(code ?? -1), stderr]).toEqual([words, true, '']);
  }

  const named = (commands: string[][], name: string): string[] => commands.find(([first]) => first === name) ?? [];

  it('of an audit: the profile, the licenses, the run itself, and later what changed', async () => {
    const { text, commands } = await endOf('audit', ...network.scan);
    expect(text).toMatch(/may move to Enterprise \(m2e\) with the profile mpp-to-enterprise/);
    expect(commands.map((words) => words.slice(0, 2).join(' '))).toEqual([
      'profiles show',
      'licenses plan',
      'rehearse --from-run',
      'migrate --from-run',
      expect.stringMatching(/^report \d{14}-/),
    ]);
    const filled = commands.map((words) => words.map((word) => (word === 'FILES-URL' ? network.files : word)));
    for (const words of filled) await holds(words);
    const blindly = await runCommand(named(commands, 'migrate'));
    expect([blindly.code, blindly.stderr]).toEqual([
      2,
      expect.stringMatching(/--files FILES-URL is not the address of/),
    ]);
    const again = await endOf('audit', ...network.scan);
    expect(again.commands.at(-1)).toEqual(['report', '--diff', ...store()]);
    for (const words of again.commands) if (!words.includes('FILES-URL')) await holds(words);
  });

  it('of a dry run: the same without --dry-run, and only what is blocked', async () => {
    const { text, commands } = await endOf('migrate', ...migration, '--dry-run', '--exclude', '127.66.0.14');
    const id = /^Run (\S+)$/m.exec(text)?.[1];
    const [first, second] = commands.filter(([name]) => name === 'migrate');
    expect([...(first ?? [])].sort()).toEqual(['migrate', ...migration, '--exclude', '127.66.0.14', ...store()].sort());
    expect(second).toEqual(expect.arrayContaining(['--from-run', id, '--only', 'blocked', '--dry-run', '--exclude']));
    expect(second).not.toContain('--subnet');
    for (const words of commands) await holds(words);
  });

  it('of a run that pauses: on with it, with its store', async () => {
    const pace = ['--waves', '1,100%', '--pause-after-wave', '--yes'];
    const { commands } = await endOf('migrate', ...migration, ...pace);
    expect(named(commands, 'resume')).toEqual(['resume', expect.stringMatching(/^\d{14}-/), ...store()]);
    const resumed = await endOf(...named(commands, 'resume').slice(0, 2), '--yes');
    const { commands: later } = await endOf('report');
    for (const words of [...commands, ...resumed.commands, ...later]) if (words[0] !== 'resume') await holds(words);
    // What the report says later is what the run itself said, as the store has it.
    expect(named(later, 'migrate')).toEqual(expect.arrayContaining(['--from-run', '--only', '--profile', '--files']));
    expect(later.flat()).not.toContain('--yes');
  });

  it('never with a secret, but with where it is', async () => {
    const hook = `http://127.0.0.1:9/hooks/${secret}`;
    const { text, commands } = await endOf(
      ...['migrate', ...migration, '--dry-run', '--password-file', folder.file('password'), '--notify', hook],
    );
    expect(text).not.toContain(secret);
    expect(named(commands, 'migrate')).toEqual(expect.arrayContaining(['--password-file', folder.file('password')]));
    for (const words of commands) await holds(words);
  });
});
