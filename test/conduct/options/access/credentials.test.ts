import { refuseProblems } from '../../../../src/domain/text/usage-error.js';
import { describe, expect, it } from '@jest/globals';
import { type CredentialsFor, readCredentials } from '../../../../src/conduct/options/access/credentials.js';
import { companionRemarks } from '../../../../src/conduct/options/companions.js';
import { optionTable } from '../../../../src/conduct/options/table.js';
import { keptSettings } from '../../../../src/conduct/run/kept-settings.js';
import { given, usage } from '../../../cli/support/arguments.js';

const env = { PW: 'from-env-1', SITE_PW: 'of-the-site-1', FLEET_PW: 'of-the-fleet-1' };
const files = {
  '/work/pw': 'from-file-1\n',
  '/work/dos': '\ufefffrom-file-2\r\n',
  '/work/empty': '\nlater\n',
  '/work/noted': 'from-file-1\nand a note\n',
  '/work/utf16': '\ufffd\ufffdf\0r\0',
};

/** The passwords of a run that was started in `/work` with this command line and this configuration file. */
async function run(
  args: Record<string, unknown>,
  config = '',
  more: Record<string, string> = {},
): Promise<CredentialsFor> {
  const said = await given(args, config, { ...env, ...more }, files);
  const problems = [...said.written.problems];
  const credentials = readCredentials(said.settings, said.written, said.surroundings, problems);
  refuseProblems([...problems, ...companionRemarks(said, optionTable, null).problems]);
  return credentials;
}

const shown = (credentials: CredentialsFor, address: string): string[] =>
  credentials(address).map(({ username, password }) => `${username}/${password()}`);

const sites = `
credentials: [{ password: '\${FLEET_PW}' }]
sites:
  berlin:
    subnets: 10.1.0.0/24
    credentials: [{ username: operator, password: '\${SITE_PW}' }]
`;

describe('the password of the command line', () => {
  it('comes from the environment, for admin', async () => {
    expect(shown(await run({ 'password-env': 'PW' }), '10.1.0.7')).toEqual(['admin/from-env-1']);
  });

  it.each([
    ['/work/pw', 'from-file-1'],
    ['/work/dos', 'from-file-2'],
  ])('comes from the first line of %s, for the account named', async (path, password) => {
    expect(shown(await run({ 'password-file': path, username: 'user' }), '10.1.0.7')).toEqual([`user/${password}`]);
  });

  it('comes before those of the configuration file', async () => {
    const credentials = await run({ 'password-env': 'PW' }, sites);
    expect(shown(credentials, '10.1.0.7')).toEqual([
      'admin/from-env-1',
      'operator/of-the-site-1',
      'admin/of-the-fleet-1',
    ]);
    expect(shown(credentials, '10.2.0.7')).toEqual(['admin/from-env-1', 'admin/of-the-fleet-1']);
  });

  it('is not listed twice', async () => {
    expect(shown(await run({ 'password-env': 'FLEET_PW' }, sites), '10.2.0.7')).toEqual(['admin/of-the-fleet-1']);
  });

  it('may be named by a variable, too, and the stronger source wins', async () => {
    const named = { FLEET_MIGRATE_PASSWORD_ENV: 'PW' };
    expect(shown(await run({}, sites, named), '10.1.0.7')[0]).toBe('admin/from-env-1');
    expect(shown(await run({ 'password-file': '/work/pw' }, '', named), '10.1.0.7')).toEqual(['admin/from-file-1']);
  });
});

describe('the passwords of the configuration file', () => {
  it('are those of the phone’s site, then those of the fleet', async () => {
    expect(shown(await run({}, sites), '10.1.0.7')).toEqual(['operator/of-the-site-1', 'admin/of-the-fleet-1']);
    expect(shown(await run({}, sites), '10.2.0.7')).toEqual(['admin/of-the-fleet-1']);
  });

  it('may be named by passwordFile, which a site’s own come before', async () => {
    const credentials = await run({}, `passwordFile: pw\n${sites}`);
    expect(shown(credentials, '10.1.0.7')).toEqual([
      'operator/of-the-site-1',
      'admin/from-file-1',
      'admin/of-the-fleet-1',
    ]);
  });

  it('may be none', async () => {
    expect(shown(await run({}), '10.1.0.7')).toEqual([]);
  });
});

describe('a run that is kept for a resume', () => {
  it('keeps its phone profiles, so that no label is lost, and finds them from any folder', async () => {
    const { args: kept } = keptSettings(await given({ 'phone-profiles': 'pages' }), null);
    expect(kept['phone-profiles']).toBe('/work/pages');
  });

  it('keeps no word of how its phones are signed in to', async () => {
    const args = {
      scheme: 'https',
      username: 'user',
      'password-env': 'PW',
      'password-file': '/work/pw',
      db: '/work/x.db',
    };
    const { args: kept } = keptSettings(await given(args, '', env, files), null);
    expect(kept['scheme']).toBe('https');
    for (const name of ['username', 'password-env', 'password-file', 'yes', 'db'])
      expect(kept).not.toHaveProperty(name);
    expect(JSON.stringify(kept)).not.toContain('/work/pw');
  });
});

describe('a password that cannot be had is one sentence before anything is contacted', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'an unset variable',
      { 'password-env': 'NOT_THERE' },
      /^--password-env NOT_THERE: that environment variable is not set/,
    ],
    [
      'a password in place of a variable',
      { 'password-env': 'p@ss!' },
      /^--password-env takes the name of an environment variable/,
    ],
    [
      'a file that is not there',
      { 'password-file': '/work/none' },
      /^--password-file \/work\/none cannot be read \(ENOENT: there is no such file\); check the path and its permissions\.$/,
    ],
    [
      'a file that is not there, from the working folder',
      { 'password-file': 'none' },
      /^--password-file none cannot be read .*check the path \(a relative path starts at the working folder\)/,
    ],
    [
      'a file with a second line',
      { 'password-file': '/work/noted' },
      /^--password-file \/work\/noted has more than one line; leave only the password in it, on the first line\.$/,
    ],
    ['a file that is no text', { 'password-file': '/work/utf16' }, /is not a text in UTF-8; save it as UTF-8\.$/],
    ['a file with an empty first line', { 'password-file': '/work/empty' }, /has an empty first line/],
    ['both', { 'password-file': '/work/pw', 'password-env': 'PW' }, /both name a password; give one/],
    ['a user without a password', { username: 'user' }, /^--username does nothing without/],
    ['a user name with a colon', { username: 'a:b', 'password-env': 'PW' }, /^--username must not hold a colon/],
  ])('%s', async (_what, args, message) => {
    await expect(run(args)).rejects.toThrow(usage(message));
    try {
      await run(args);
    } catch (error) {
      for (const secret of ['p@ss!', 'from-env-1', 'from-file-1'])
        expect((error as { message: string }).message).not.toContain(secret);
    }
  });
});
