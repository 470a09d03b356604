import { refuseProblems } from '../../../src/domain/text/usage-error.js';
import { describe, expect, it } from '@jest/globals';
import { loadMigrationProfile } from '../../../src/config/profiles/migration-profile.js';
import { companionRemarks } from '../../../src/conduct/options/companions.js';
import { optionTable } from '../../../src/conduct/options/table.js';
import type { MigrationProfile } from '../../../src/domain/plan/migration-profile.js';
import { given, usage } from '../../cli/support/arguments.js';

const passwordFiles = { '/x': 'x\n' };

/** The warnings of a command line beside a configuration file and the environment. @throws UsageError for mistakes */
async function warned(
  args: Record<string, unknown>,
  config = '',
  env: Record<string, string> = {},
  profile: MigrationProfile | null = null,
): Promise<string[]> {
  const { problems, warnings } = companionRemarks(await given(args, config, env, passwordFiles), optionTable, profile);
  refuseProblems(problems);
  return warnings;
}

describe('an option that cannot do what it was given for', () => {
  it('is a mistake on the command line: --try-passwords without any password', async () => {
    await expect(warned({ 'try-passwords': true })).rejects.toThrow(
      usage(/^--try-passwords does nothing without a password/),
    );
    expect(await warned({ 'try-passwords': true, 'password-env': 'PW' })).toEqual([]);
    expect(await warned({ 'try-passwords': true, 'password-file': '/x' })).toEqual([]);
    const env = { PW: 'x1' };
    expect(await warned({ 'try-passwords': true }, "credentials: [{ password: '${PW}' }]\n", env)).toEqual([]);
    const site = "sites: { a: { subnets: 10.1.0.0/24, credentials: [{ password: '${PW}' }] } }\n";
    expect(await warned({ 'try-passwords': true }, site, env)).toEqual([]);
    expect(await warned({ 'try-passwords': false })).toEqual([]);
  });

  it('is a mistake on the command line: --ca where nothing is checked', async () => {
    await expect(warned({ ca: ['a.pem'], insecure: true })).rejects.toThrow(
      usage(/^--ca does nothing with --insecure/),
    );
    await expect(warned({ ca: ['a.pem'] }, 'insecure: true\n')).rejects.toThrow(
      usage(/^--ca does nothing with --insecure/),
    );
    expect(await warned({ ca: ['a.pem'] })).toEqual([]);
    expect(await warned({ insecure: true })).toEqual([]);
  });

  it('is a warning where a file or the environment holds it for other runs', async () => {
    expect(await warned({}, 'tryPasswords: true\n')).toEqual([
      expect.stringMatching(/^\/work\/fleet-migrate\.yaml:1:1: tryPasswords: --try-passwords does nothing/),
    ]);
    expect(await warned({}, '', { FLEET_MIGRATE_TRY_PASSWORDS: 'true' })).toHaveLength(1);
    expect(await warned({ insecure: true }, 'ca: [a.pem]\n')).toEqual([
      expect.stringMatching(/^\/work\/fleet-migrate\.yaml:1:6: ca\[0\]: --ca does nothing/),
    ]);
  });

  it('is a warning where it may still count: phones redirect plain http to https', async () => {
    const text = '--tls-legacy with --scheme http only concerns phones that redirect to https.';
    expect(await warned({ 'tls-legacy': true, scheme: 'http' })).toEqual([text]);
    expect(await warned({ 'tls-legacy': true })).toEqual([]);
    expect(await warned({ scheme: 'http' })).toEqual([]);
  });

  it('is a mistake on the command line: --serve-at where nothing is ever served', async () => {
    const forms: MigrationProfile = { ...loadMigrationProfile('mpp-to-enterprise'), ways: ['full-form'] };
    const resync: MigrationProfile = { ...forms, ways: ['resync'] };
    await expect(warned({ 'serve-at': '10.0.0.9' }, '', {}, forms)).rejects.toThrow(
      usage(/does nothing with the profile mpp-to-enterprise/),
    );
    expect(await warned({ 'serve-at': '10.0.0.9' }, '', {}, resync)).toEqual([]);
    expect(await warned({}, 'serveAt: 10.0.0.9\n', {}, forms)).toEqual([]);
    // It is also the address of --serve.
    expect(await warned({ 'serve-at': '10.0.0.9', serve: '/srv/phones' }, '', {}, forms)).toEqual([]);
  });

  it('is told with all others', async () => {
    const { problems } = companionRemarks(await given({ yes: true, waves: '1', 'step-up': false }), optionTable, null);
    expect(problems).toEqual([
      expect.stringMatching(/^--yes does nothing without --profile/),
      expect.stringMatching(/^--no-step-up does nothing without --profile/),
      expect.stringMatching(/^--waves does nothing without --profile/),
    ]);
  });

  it('is not told where the profile cannot be known', async () => {
    expect(companionRemarks(await given({ yes: true, waves: '1' }), optionTable, undefined)).toEqual({
      problems: [],
      warnings: [],
    });
  });

  it('has companions that are options', () => {
    const names = new Set([...optionTable.map(({ name }) => name), 'credentials']);
    for (const { needs, idleBeside } of optionTable)
      for (const one of [...(needs?.any ?? []), ...(idleBeside?.any ?? [])]) expect(names).toContain(one.split('=')[0]);
  });
});
