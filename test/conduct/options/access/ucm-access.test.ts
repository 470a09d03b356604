import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { loadModels } from '../../../../src/config/profiles/models/read.js';
import type { UcmAccess } from '../../../../src/domain/network/ucm-access.js';
import { companionRemarks } from '../../../../src/conduct/options/companions.js';
import { optionsOf, optionTable } from '../../../../src/conduct/options/table.js';
import { ucmCredentialsForKept } from '../../../../src/conduct/options/access/ucm-access.js';
import { checkRun } from '../../../../src/conduct/check/check-run.js';
import { keptRun } from '../../../../src/conduct/run/kept-run.js';
import { keptSettings } from '../../../../src/conduct/run/kept-settings.js';
import { temporaryFolder } from '../../../support/command/temporary-folder.js';
import { given, usage } from '../../../cli/support/arguments.js';

const models = loadModels();
const folder = temporaryFolder();
const at = (name: string): string => join(folder.path, name);
const env = { UCM_PW: 'of-the-cluster-1', HOME: '/tmp', XDG_STATE_HOME: folder.path };
const secret = 'p@ss!';

beforeAll(async () => {
  const { cert } = await generate();
  writeFileSync(at('tomcat.pem'), cert);
  writeFileSync(at('no-certificate.pem'), 'hello\n');
});
afterAll(() => folder.remove());

/** What a run knows of Unified CM, and all that is wrong with it. */
async function run(
  words: Record<string, unknown>,
  config = '',
  more: Record<string, string> = {},
): Promise<{ ucm: UcmAccess | null | undefined; problems: string[]; warnings: string[] }> {
  const files = { '/work/pw': 'from-file-1\n' };
  const said = await given({ target: ['127.0.0.1'], ...words }, config, { ...env, ...more }, files);
  const { problems, warnings, run: checked } = await checkRun(said, optionTable, models, { mustAsk: true });
  return { ucm: checked?.settings.ucm, problems, warnings };
}

const cluster = { ucm: 'cucm.example.com', 'ucm-username': 'migration', 'ucm-password-env': 'UCM_PW' };

describe('how a run speaks to Unified CM', () => {
  it('is said by its host and a user, the rest by defaults', async () => {
    const { ucm, problems } = await run(cluster);
    expect(problems).toEqual([]);
    expect(ucm?.password()).toBe('of-the-cluster-1');
    expect({ ...ucm, password: null }).toEqual({
      ...{ host: 'cucm.example.com', port: 8443, username: 'migration', password: null, filesPort: 6970 },
      tls: { ca: [], insecure: false },
      ...{ loadServer: null, devicePools: [], match: null, enableWebAccess: false },
    });
    // Whatever shows settings does not show it.
    expect(JSON.stringify(ucm)).not.toContain('of-the-cluster-1');
    expect((await run({})).ucm).toBeNull();
  });

  it('can stand in the configuration file, wherever else the password is', async () => {
    const config = `
ucm: 10.0.0.5
ucmPort: 443
ucmUsername: migration
ucmPasswordFile: pw
ucmCa: ${at('tomcat.pem')}
devicePool: [DP Berlin, DP_Lab]
match: "*lobby*"
enableWebAccess: true
`;
    const { ucm, problems } = await run({}, config);
    expect(problems).toEqual([]);
    expect(ucm).toMatchObject({ host: '10.0.0.5', port: 443, devicePools: ['DP Berlin', 'DP_Lab'], match: '*lobby*' });
    expect(ucm?.enableWebAccess).toBe(true);
    expect(ucm?.tls.ca).toEqual([expect.stringContaining('BEGIN CERTIFICATE')]);
    expect(ucm?.password()).toBe('from-file-1');
    // The environment comes before the file, and the command line before both.
    const named = { FLEET_MIGRATE_UCM_PASSWORD_ENV: 'UCM_PW', FLEET_MIGRATE_DEVICE_POOL: 'A, B C' };
    const stronger = (await run({}, config, named)).ucm;
    expect([stronger?.password(), stronger?.devicePools]).toEqual(['of-the-cluster-1', ['A', 'B C']]);
    expect((await run({ 'ucm-password-file': '/work/pw' }, config, named)).ucm?.password()).toBe('from-file-1');
  });
});

const mistakes: [string, Record<string, unknown>, RegExp][] = [
  [
    'a URL',
    { ucm: 'https://cucm.example.com:8443/axl/' },
    /^--ucm https:.*this is a URL or a path; write the host alone/,
  ],
  ['a port', { ucm: 'cucm.example.com:8443' }, /the host stands alone; give the port with --ucm-port\.$/],
  ['a user', { ucm: `admin:${secret}@cucm` }, /^--ucm holds an @.*--ucm-username and --ucm-password-env\.$/],
  ['a URL with a user', { ucm: `https://admin:${secret}@cucm` }, /^--ucm holds an @/],
  ['two hosts', { ucm: 'cucm1,cucm2' }, /more than one host; name one/],
  ['no address', { ucm: '10.0.0' }, /neither a host name nor an IPv4 address/],
  ['an IPv6 address', { ucm: '2001:db8::1' }, /neither a host name nor an IPv4 address/],
  ['an empty value', { ucm: ' ' }, /^--ucm needs a value/],
  ['a port out of range', { ...cluster, 'ucm-port': '70000' }, /^--ucm-port must be one whole number from 1 to 65535/],
  ['port 0', { ...cluster, 'ucm-files-port': '0' }, /^--ucm-files-port must be one whole number from 1/],
  ['no user', { ...cluster, 'ucm-username': undefined }, /^--ucm cucm\.example\.com needs --ucm-username NAME, a user/],
  [
    'no password',
    { ...cluster, 'ucm-password-env': undefined },
    /needs its password, by --ucm-password-env NAME or --ucm-password-file FILE\.$/,
  ],
  ['neither', { ucm: '10.0.0.5' }, /needs --ucm-username NAME.*, and its password, by/],
  ['a variable that is not set', { ...cluster, 'ucm-password-env': 'GONE' }, /^--ucm-password-env GONE: that env/],
  ['the password itself', { ...cluster, 'ucm-password-env': secret }, /^--ucm-password-env takes the name of an/],
  [
    'two passwords',
    { ...cluster, 'ucm-password-file': '/work/pw' },
    /^--ucm-password-env and --ucm-password-file both name a password; give one of them\.$/,
  ],
  [
    'a user and password in one',
    { ...cluster, 'ucm-username': `me:${secret}` },
    /^--ucm-username must be the name of a user/,
  ],
  ['no such file', { ...cluster, 'ucm-ca': [at('none.pem')] }, /^--ucm-ca .*cannot be read: there is no such file/],
  ['no certificate', { ...cluster, 'ucm-ca': [at('no-certificate.pem')] }, /^--ucm-ca .*no PEM certificate/],
  [
    'a certificate that is not looked at',
    { ...cluster, 'ucm-ca': [at('tomcat.pem')], 'ucm-insecure': true },
    /^--ucm-ca does nothing with --ucm-insecure/,
  ],
  [
    'a wildcard of SQL',
    { ...cluster, match: 'SEP00%' },
    /^--match SEP00%: % is a wildcard of SQL; write \* for any text/,
  ],
  ['a regular expression', { ...cluster, match: '^SEP00.*' }, /this is a regular expression/],
  ['brackets', { ...cluster, match: 'SEP[0-3]*' }, /brackets and braces/],
  ['no pattern', { ...cluster, match: 'lobby' }, /there is neither \* nor \? in it.*write --match "\*lobby\*"/],
  ['an empty pattern', { ...cluster, match: '' }, /^--match needs a value/],
  ['a pattern of pools', { ...cluster, 'device-pool': ['DP_*'] }, /a device pool is named in full/],
  ['an empty pool', { ...cluster, 'device-pool': [''] }, /^--device-pool needs a value/],
];

describe('what is wrong with it is one sentence, before anything is contacted', () => {
  it.each(mistakes)('%s', async (_what, words, message) => {
    const { problems, ucm } = await run(words);
    expect([problems, ucm]).toEqual([[expect.stringMatching(message)], undefined]);
    expect(problems.join('')).not.toContain(secret);
  });

  it.each([
    ...['ucm-port', 'ucm-username', 'ucm-password-env', 'ucm-ca', 'ucm-insecure', 'ucm-files-port'],
    ...['load-server', 'device-pool', 'match', 'enable-web-access'],
  ])('--%s without --ucm', async (name) => {
    const values: Record<string, unknown> = {
      ...{ 'ucm-insecure': true, 'enable-web-access': true, 'ucm-port': '443', 'ucm-files-port': '80' },
      ...{ match: 'SEP*', 'ucm-ca': [at('tomcat.pem')], 'load-server': '10.0.0.9' },
    };
    const { problems } = await run({ [name]: values[name] ?? 'X' });
    expect(problems).toEqual([
      `--${name} does nothing without --ucm HOST, the publisher of Unified CM; add it, or leave this out.`,
    ]);
  });

  it('but a file may hold it for other runs, unless more phones would be meant without it', async () => {
    const held = 'ucmUsername: migration\nucmPasswordEnv: NOT_SET_HERE\nucmPort: 443\nucmFilesPort: 80\n';
    expect(await run({}, held)).toEqual({ ucm: null, problems: [], warnings: [] });
    expect((await run({}, 'enableWebAccess: true\n')).warnings).toHaveLength(1);
    expect((await run({}, 'devicePool: DP_Lab\n')).problems).toEqual([
      expect.stringMatching(/^\/work\/fleet-migrate\.yaml:1:1: devicePool: --device-pool does nothing without --ucm/),
    ]);
  });

  it('with its place, and no word of a password that somebody wrote into the file', async () => {
    const { problems } = await run({}, `ucm: admin:${secret}@cucm\nucmPassword: ${secret}\nloadServer: tftp://x\n`);
    expect(problems).toEqual([
      expect.stringMatching(/^\/work\/fleet-migrate\.yaml:1:1: ucm: --ucm holds an @/),
      expect.stringMatching(/yaml:2:1: ucmPassword: unknown key, did you mean "ucmPasswordEnv" or "ucmPasswordFile"\?/),
      expect.stringMatching(/yaml:3:1: loadServer: --load-server tftp:.*this is a URL/),
    ]);
    expect(problems.join('')).not.toContain(secret);
  });
});

describe('a run that is kept for a resume', () => {
  const words = { ...cluster, 'device-pool': ['DP_Lab'], 'ucm-ca': ['tomcat.pem'] };
  const resumed = (more: Record<string, unknown>) => given(more, '', env);

  it('keeps where Unified CM is and which phones were chosen, and no word of its user', async () => {
    const kept = keptSettings(await given(words, '', env), null);
    expect(kept.args).toMatchObject({
      ucm: 'cucm.example.com',
      'device-pool': ['DP_Lab'],
      'ucm-ca': ['/work/tomcat.pem'],
    });
    expect(JSON.stringify(kept)).not.toMatch(/UCM_PW|migration|of-the-cluster/);
    expect(keptRun({ id: 'r', settings: kept }).settings.ucm).toBe('cucm.example.com');
  });

  it('needs its user again', async () => {
    const { ucm: host, ...user } = cluster;
    const [without, named] = [await resumed({}), await resumed(user)];
    expect(ucmCredentialsForKept('r1', host, named)?.password()).toBe('of-the-cluster-1');
    expect(() => ucmCredentialsForKept('r1', host, without)).toThrow(
      usage(
        /^The run r1 speaks to Unified CM cucm\.example\.com, whose password is not stored: it needs --ucm-username/,
      ),
    );
    expect(ucmCredentialsForKept('r1', null, without)).toBeNull();
    expect(() => ucmCredentialsForKept('r1', null, named)).toThrow(
      usage(/^The run r1 speaks to no Unified CM, so --ucm-username and --ucm-password-env would do nothing/),
    );
    // A resume is not told that they need --ucm, which only its run has.
    expect(companionRemarks(named, optionsOf.resume, undefined)).toEqual({ problems: [], warnings: [] });
  });
});
