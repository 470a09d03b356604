import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeRottenStore } from '../../store/support/rotten-store.js';
import { type Finished, runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

/** Files that are wrong in one way each, in the folder in which the command runs. */
const files: Readonly<Record<string, string>> = {
  'column.csv': 'phone,colour\n127.66.0.1,red\n',
  'mac.csv': 'address,mac\n127.66.0.1,00CCFC123456\n127.66.0.2,XYZ\n',
  'word.json': '[{"address": "127.66.0.1"},\n {"adress": "127.66.0.2"}]',
  'no-goal.yaml': readFileSync('profiles/migrations/authorize-mpp.yaml', 'utf8').replace(/^goal: .*\n/m, ''),
};

/** Words that would otherwise make a good run: a target that answers, and a profile with all it needs. */
const one = '--target 127.66.0.1';
const good = `${one} --profile mpp-to-enterprise --files http://127.0.0.1:6970 --yes`;

/** A command line, and what the one sentence about it must name: what, where, and what to do. */
const refused: readonly [string, ...string[]][] = [
  ['', 'No targets', '--subnet', '--inventory'],
  ['--subnet 127.66.0.0/33', '--subnet 127.66.0.0/33', '0 to 32', '10.0.0.0/24'],
  ['--subnet 127.66.0.1', '--subnet 127.66.0.1', '--target'],
  ['--subnet 127.0.0.0/8', '16777214 targets', '--max-targets 16777214'],
  ['--target 127.66.0.9-5', '--target 127.66.0.9-5', 'lower address first'],
  [`${one} --subnet`, 'subnet', '--help'],
  ['--inventory none.csv', 'none.csv', 'no such file', 'check the path'],
  ['--inventory list.txt', 'list.txt', 'no such file', 'check the path'],
  ['--inventory column.csv', 'column.csv:1', '--column address='],
  ['--inventory mac.csv', 'mac.csv:3', '"XYZ"', '12 hexadecimal digits'],
  ['--inventory word.json', 'word.json:2', '"adress"', 'address'],
  [
    `${one} --profile mpp-to-entreprise --files http://127.0.0.1:1 --yes`,
    'mpp-to-entreprise',
    'Did you mean mpp-to-enterprise?',
  ],
  [`${one} --profile ./no-goal.yaml --yes`, 'no-goal.yaml', 'goal', 'missing'],
  [`${one} --profile mpp-to-enterprise --yes`, 'mpp-to-enterprise', 'needs --files', 'http://10.0.0.5:6970'],
  [`${one} --profile webex-calling --yes`, 'webex-calling', 'needs --authorization-rule'],
  [`${one} --profile mpp-to-enterprise --files http://127.0.0.1:6970`, 'no terminal', '--yes', '--dry-run'],
  [`${one} --profile mpp-to-enterprise --files http://me:secret@127.0.0.1 --yes`, '--files', 'password'],
  [
    `${one} --profile mpp-to-enterprise --files http://127.0.0.1:6970 --set-initial-password`,
    '--set-initial-password',
    'before there is a plan to confirm',
    '--yes',
  ],
  [`${one} --set-initial-password`, '--set-initial-password does nothing', '--profile'],
  [`audit ${one} --set-initial-password`, '--set-initial-password', 'only reads'],
  [`${one} --yes`, '--yes does nothing', '--profile'],
  [`${good} --dry-run=yes`, '--dry-run=yes', 'takes no value', 'write it alone'],
  [`${good} --detailed-exitcode`, '--detailed-exitcode', '--dry-run'],
  [`${good} --deadline soon`, '--deadline soon', '30s'],
  [`audit ${one} --profile mpp-to-enterprise`, '--profile', 'only reads'],
  [`${one} --timeout 3`, '--timeout 3', '500ms, 30s'],
  [`${one} --timeout 1s --timeout 2s`, '--timeout', '2 times', 'once'],
  [`${one} --http-port 70000`, '--http-port', '65535'],
  [`${one} --scheme gopher`, 'scheme', 'gopher', 'auto'],
  [`${one} --report list.doc`, 'list.doc', '.json, .csv and .html'],
  [`${one} --report nowhere/r.json`, 'nowhere/r.json', 'folder does not exist', '--report'],
  [`${one} --report pipe.json`, 'pipe.json', 'not a regular file', '--report'],
  [`${one} --log-file pipe.json`, 'pipe.json', 'not a regular file', '--log-file'],
  [`${one} --db pipe.json`, 'pipe.json', 'not a regular file', '--db'],
  [`${one} --report a.json --report ./a.json`, '--report a.json and --report ./a.json are the same file'],
  [`${one} --db a.db --log-file link/a.db`, '--db a.db and --log-file link/a.db are the same file'],
  [`${one} --db a.json --report a.json`, '--db a.json and --report a.json are the same file'],
  [`${one} --report a.json --report-mode rw`, '--report-mode "rw"', '640'],
  [`${one} --report a.json --report-mode 755`, '--report-mode "755"', '640'],
  [`${one} --db rotten.db`, 'rotten.db is damaged', 'move it away'],
  ['report --db rotten.db', 'rotten.db is damaged', 'move it away'],
  ['report run-7 --db rotten.db', 'rotten.db is damaged', 'move it away'],
  ['report --diff --db rotten.db', 'rotten.db is damaged', 'move it away'],
  ['resume --db rotten.db', 'rotten.db is damaged', 'move it away'],
  ['report --db kept.json --report ./kept.json', '--db kept.json and --report ./kept.json are the same file'],
  [
    `${one} --lock-folder /proc/none --profile mpp-to-enterprise --files http://127.0.0.1:6970 --yes`,
    '/proc/none',
    '--lock-folder',
  ],
  [`${one} --db /proc/none/x.db`, '/proc/none', '--db'],
  ['runs --db column.csv', 'column.csv is not a store', 'move this one away'],
  [`${one} --colour`, 'colour', '--help'],
  [`migrat ${one}`, 'migrat', '--help'],
  ['explain licence-missing', 'licence-missing', 'Did you mean license-missing?'],
  ['profiles', 'list, show, lint'],
  ['simulate --scenario nothing', 'nothing', 'demo, enterprise, every-flag, plain'],
];

describe('a command line that cannot be meant so: exit code 2, one sentence, nobody contacted', () => {
  const folder = temporaryFolder();
  let network: Network;
  let ended: Map<string, Finished>;

  beforeAll(async () => {
    network = await startNetwork([{ model: '8841', address: '127.66.0.1' }]);
    for (const [name, text] of Object.entries(files)) writeFileSync(folder.file(name), text);
    spawnSync('mkfifo', [folder.file('pipe.json')]);
    symlinkSync('.', folder.file('link'));
    await makeRottenStore(folder.file('rotten.db'));
    ended = await runAll(refused.map(([line]) => line));
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  /** A few at a time: each is a process of its own. */
  async function runAll(lines: readonly string[]): Promise<Map<string, Finished>> {
    const results = new Map<string, Finished>();
    const left = lines.values();
    const worker = async (): Promise<void> => {
      for (const line of left) results.set(line, await runCommand(words(line), { cwd: folder.path }));
    };
    await Promise.all([worker(), worker(), worker()]);
    return results;
  }

  /** The line as a shell splits it, led to this network's ports where it is one that contacts phones. */
  function words(line: string): string[] {
    const split = line.split(' ').filter((word) => word !== '');
    const contacts =
      !['explain', 'profiles', 'simulate', 'runs', 'report', 'resume'].includes(split[0] ?? '') &&
      !line.includes('-port');
    return contacts ? [...split, ...network.reach.slice(0, 4)] : split;
  }

  it.each(refused)('%s', (line, ...named) => {
    const { code, stdout, stderr } = ended.get(line) as Finished;
    expect(stderr).toMatch(/^fleet-migrate: [^\n]+[.?]\n$/);
    for (const part of named) expect(stderr).toContain(part);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('a password on the command line is not repeated', () => {
    const line = refused.map(([each]) => each).find((each) => each.includes('secret')) ?? '';
    expect(ended.get(line)?.stderr).not.toContain('secret');
  });

  it('not one of them contacted a phone or the file server', () => {
    expect(network.simulator.log).toEqual([]);
    expect(network.simulator.files.requests).toEqual([]);
  });

  it('while the same words without the mistake do', async () => {
    const { code } = await runCommand(['--target', '127.66.0.1', ...network.reach, '--quiet']);
    expect(code).toBe(0);
    expect(network.simulator.log.length).toBeGreaterThan(0);
  });
});
