import { describe, expect, it } from '@jest/globals';
import { idleOptions } from '../../../src/cli/options/idle-options.js';
import { resolveSettings } from '../../../src/cli/options/settings-sources.js';
import { filesOf } from '../../config/file/read-support.js';
import { usage } from '../support/arguments.js';

/** The warnings of a command line beside a configuration file and the environment. */
function warned(args: Record<string, unknown>, config = '', env: Record<string, string> = {}): string[] {
  const readFile = filesOf(config === '' ? {} : { '/work/fleet-migrate.yaml': config });
  return idleOptions(resolveSettings({ args, env, cwd: '/work', home: '/home/op', readFile }));
}

describe('an option that cannot do what it was given for', () => {
  it('is a mistake on the command line: --try-passwords without any password', () => {
    expect(() => warned({ 'try-passwords': true })).toThrow(usage(/^--try-passwords does nothing without a password/));
    expect(warned({ 'try-passwords': true, 'password-env': 'PW' })).toEqual([]);
    expect(warned({ 'try-passwords': true, 'password-file': '/x' })).toEqual([]);
    const env = { PW: 'x1' };
    expect(warned({ 'try-passwords': true }, "credentials: [{ password: '${PW}' }]\n", env)).toEqual([]);
    const site = "sites: { a: { subnets: 10.1.0.0/24, credentials: [{ password: '${PW}' }] } }\n";
    expect(warned({ 'try-passwords': true }, site, env)).toEqual([]);
    expect(warned({ 'try-passwords': false })).toEqual([]);
  });

  it('is a mistake on the command line: --ca where nothing is checked', () => {
    expect(() => warned({ ca: ['a.pem'], insecure: true })).toThrow(usage(/^--ca does nothing with --insecure/));
    expect(() => warned({ ca: ['a.pem'] }, 'insecure: true\n')).toThrow(usage(/^--ca does nothing with --insecure/));
    expect(warned({ ca: ['a.pem'] })).toEqual([]);
    expect(warned({ insecure: true })).toEqual([]);
  });

  it('is a warning where a file or the environment holds it for other runs', () => {
    expect(warned({}, 'tryPasswords: true\n')).toEqual([expect.stringMatching(/^--try-passwords does nothing/)]);
    expect(warned({}, '', { FLEET_MIGRATE_TRY_PASSWORDS: 'true' })).toHaveLength(1);
    expect(warned({ insecure: true }, 'ca: [a.pem]\n')).toEqual([expect.stringMatching(/^--ca does nothing/)]);
  });

  it('is a warning where it may still count: phones redirect plain http to https', () => {
    const text = '--tls-legacy with --scheme http only concerns phones that redirect to https.';
    expect(warned({ 'tls-legacy': true, scheme: 'http' })).toEqual([text]);
    expect(warned({ 'tls-legacy': true })).toEqual([]);
    expect(warned({ scheme: 'http' })).toEqual([]);
  });
});
