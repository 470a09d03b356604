import { describe, expect, it } from '@jest/globals';
import { readKept } from '../../../src/config/settings/kept.js';
import type { WrittenSite } from '../../../src/domain/network/written-site.js';
import { give, type Given } from '../../../src/conduct/options/sources.js';
import { optionsOf, optionTable } from '../../../src/conduct/options/table.js';
import { credentialsOfRun } from '../../../src/conduct/run/kept-credentials.js';
import { keptOptions, keptSettings } from '../../../src/conduct/run/kept-settings.js';
import { filesOf } from '../../config/file/read-support.js';

const berlin: WrittenSite = {
  subnets: ['10.1.0.0/16'],
  credentials: [
    { username: 'op', password: 'file:./berlin' },
    { password: '${B}', subnets: ['10.1.9.0/24'] },
  ],
};

/** A command in `/work` with the configuration file there. */
function given(config: string, files: Record<string, string>, stored: WrittenSite | null, env = {}): Promise<Given> {
  return give({ site: stored ? ['berlin'] : [] }, stored ? optionTable : optionsOf.resume, {
    surroundings: {
      ...{ env, cwd: '/work', home: '/home/op' },
      readFile: filesOf({ ...files, '/work/fleet-migrate.yaml': config }),
    },
    ...(stored ? { sites: { store: 'x.db', sites: [{ name: 'berlin', site: stored }] } } : {}),
  });
}

describe('the passwords of a run that is resumed', () => {
  const files = { '/work/berlin': 'of the file\n' };
  const env = { B: 'of the variable' };
  const begun = async (): Promise<unknown> =>
    JSON.parse(JSON.stringify(keptSettings(await given('timeout: 5s\n', files, berlin, env), null)));
  const resumed = async (resume: Given): Promise<unknown> => {
    const problems: string[] = [];
    const credentialsFor = credentialsOfRun(resume, readKept(await begun(), 'r', keptOptions).sites, problems);
    const at = (address: string): string[] =>
      credentialsFor(address).map(({ username, password }) => `${username}/${password()}`);
    return [at('10.1.0.5'), at('10.1.9.5'), problems];
  };

  it('are where the run found them, whatever the store says of the site by now', async () => {
    expect(await resumed(await given('timeout: 5s\n', files, null, env))).toEqual([
      ['op/of the file'],
      ['admin/of the variable', 'op/of the file'],
      [],
    ]);
  });

  it('are not in what is kept', async () => {
    const text = JSON.stringify(await begun());
    expect(text).toContain('file:/work/berlin');
    expect(text).not.toContain('of the file');
    expect(text).not.toContain('of the variable');
  });

  it('are those of the configuration file, where it describes the site, or its addresses, by now', async () => {
    const ours = (name: string): string =>
      `sites:\n  ${name}: { subnets: 10.1.0.0/16, credentials: [{ password: "\${OWN}" }] }\n`;
    for (const name of ['berlin', 'west'])
      expect(await resumed(await given(ours(name), files, null, { ...env, OWN: 'own' }))).toEqual([
        ['admin/own'],
        ['admin/own'],
        [],
      ]);
  });

  it('are those of the configuration file, where that says no more of the site, at the addresses that the run has', async () => {
    const file = 'sites:\n  berlin: { credentials: [{ password: "${OWN}" }] }\n';
    expect(await resumed(await given(file, files, null, { ...env, OWN: 'own' }))).toEqual([
      ['admin/own'],
      ['admin/own'],
      [],
    ]);
  });

  it('are missed where they are not any more', async () => {
    expect(await resumed(await given('timeout: 5s\n', {}, null, {}))).toEqual([
      [],
      [],
      [
        expect.stringMatching(/^The site berlin of the run: the file \/work\/berlin cannot be read/),
        'The site berlin of the run: the environment variable B is not set; set it for this program.',
      ],
    ]);
  });
});
