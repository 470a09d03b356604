import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, writeFileSync } from 'node:fs';
import { runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const waves = 'write it such as 1,10,10%,50%,100%.';
const limit = 'write it such as 5%, 10, unreachable:10% or authorization-failed:3/run.';
const window = 'write it such as "22:00-05:00" or "Mon-Fri 22:00-05:00".';
const neverOpens =
  '--window "22:00-22:00" never opens: it ends when it begins, and the whole day is written 00:00-24:00';

/** Options of a run that cannot be meant so, and the whole sentence about them. */
const options: readonly [string, string][] = [
  ['--waves 10%,5%', `--waves has 5% after 10%: percentages are of all phones done so far and must grow; ${waves}`],
  ['--waves 1,120%', `--waves has 120%, which is more than all phones; ${waves}`],
  ['--waves 5,0', `--waves has 0, a wave without a phone; ${waves}`],
  ['--pause-after-wave', '--pause-after-wave needs --waves, such as --waves 1,10,100%.'],
  ['--window 22:00-22:00', `${neverOpens}; ${window}`],
  [
    '--window 25:00-02:00',
    `--window "25:00-02:00" has "25:00", which is not a time of day from 00:00 to 24:00; ${window}`,
  ],
  [
    '--window 22:00-22:05',
    '--window 22:00-22:05 is never open long enough for one step, which usually takes 15 minutes; widen it.',
  ],
  ['--time-zone UTC', '--time-zone needs --window; add it, or leave this out.'],
  ['--abort-after 120%', `--abort-after 120% is over 100 %, more than all phones; ${limit}`],
  [
    '--abort-after autorization-failed:3',
    '--abort-after autorization-failed:3 names "autorization-failed", which is not a kind of failure: did you mean authorization-failed?',
  ],
  [
    '--site Atlantis',
    '--site Atlantis: there is no site "Atlantis", as no sites are described; sites are described in fleet-migrate.yaml.',
  ],
  [
    '--tag thin',
    '--tag thin: no site has the tag "thin", as no sites are described; sites are described in fleet-migrate.yaml.',
  ],
  ['--max-upgrading 0', '--max-upgrading must be one whole number from 1 to 100000, such as --max-upgrading 200.'],
  ['--keep 0', '--keep must be one whole number from 1 to 1000000, such as --keep 100.'],
];

/** What is added to a good configuration file as its fourth line and on, and the sentence behind the path of the file. */
const texts: readonly [string, string][] = [
  [
    'waves: 10%,5%',
    `:4:1: waves: --waves has 5% after 10%: percentages are of all phones done so far and must grow; ${waves}`,
  ],
  ['window: "22:00-22:00"', `:4:1: window: ${neverOpens}; ${window}`],
  ['abortAfter: 120%', `:4:1: abortAfter: --abort-after 120% is over 100 %, more than all phones; ${limit}`],
  ['site: Atlantis', ':4:1: site: there is no site "Atlantis", as no sites are described.'],
  ['maxUpgradign: 3', ':4:1: maxUpgradign: unknown key, did you mean "maxUpgrading"?'],
  ['sites:\n\tBerlin: {}', ':5:1: this is not valid YAML: indent with blanks, not tabs.'],
  [
    'sites:\n  berlin: { maxUpgrading: 1 }',
    ':5:13: sites.berlin.maxUpgrading: unknown key, did you mean "maxUpgrading" below "limits"?',
  ],
  [
    'sites:\n  berlin:\n    limits: { window: "22:00-22:00" }',
    `:6:15: sites.berlin.limits.window: ${neverOpens}; ${window}`,
  ],
  [
    'sites:\n  berlin:\n    files: http://127.0.0.1/?a=b',
    ':6:5: sites.berlin.files: --files takes an address without ? or #; loads and licenses are fetched below it.',
  ],
  ['sites:\n  a: { tags: branch }\ntag: brunch', ':6:1: tag: no site has the tag "brunch", did you mean "branch"?'],
];

describe('what a nightly run refuses: exit code 2, place and remedy in one sentence', () => {
  const folder = temporaryFolder();
  const db = folder.file('night.db');
  let network: Network;

  beforeAll(async () => {
    network = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', address: '127.66.0.1' }]);
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  async function refusal(words: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await runCommand([...words, ...network.reach, '--yes', '--db', db], {
      cwd: folder.path,
    });
    expect([code, stdout]).toEqual([2, '']);
    expect([network.simulator.log, network.simulator.files.requests, existsSync(db)]).toEqual([[], [], false]);
    return stderr;
  }

  it.each(options)('%s', async (option, sentence) => {
    const good = ['--target', '127.66.0.1', '--profile', 'mpp-to-enterprise', '--files', network.files, '--no-config'];
    expect(await refusal([...good, ...option.split(' ')])).toBe(`fleet-migrate: ${sentence}\n`);
  });

  const fileWith = (text: string): string => {
    const path = folder.file('fleet.yaml');
    writeFileSync(path, `target: 127.66.0.1\nprofile: mpp-to-enterprise\nfiles: ${network.files}\n${text}\n`);
    return path;
  };

  it.each(texts)('%j in the configuration file', async (text, sentence) => {
    const path = fileWith(text);
    expect(await refusal(['--config', path])).toBe(`fleet-migrate: ${path}${sentence}\n`);
    const { code, stdout } = await runCommand(['config', 'check', path]);
    expect([code, stdout.trimEnd()]).toEqual([2, expect.stringContaining(sentence.slice(0, sentence.indexOf(';')))]);
  });

  it('a window of a site that is too short for a step, which depends on the profile', async () => {
    const path = fileWith('sites:\n  berlin: { subnets: 127.66.0.0/28, limits: { window: "22:00-22:05" } }');
    expect(await refusal(['--config', path])).toBe(
      `fleet-migrate: ${path}:5:47: sites.berlin.limits.window: The window of the site berlin 22:00-22:05 is never open long enough for one step, which usually takes 15 minutes; widen it.\n`,
    );
  });
});
