import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, describe, expect, it } from '@jest/globals';
import { runOf, usage } from '../../cli/support/arguments.js';

const files = 'http://10.0.0.5:6970';
const migrate = { profile: 'mpp-to-enterprise', files };
const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the settings of a run', () => {
  it('of an audit: no profile, the defaults, and the targets as given', async () => {
    const { settings } = await runOf({ target: [], subnet: ['10.0.0.0/24'], exclude: '10.0.0.9' });
    expect(settings).toMatchObject({
      profile: null,
      files: null,
      dryRun: false,
      stepUp: true,
      concurrency: 64,
      probeConcurrency: 512,
      timeoutMs: 3_000,
      scheme: 'auto',
      httpPort: 80,
      httpsPort: 443,
      tls: { ca: [], insecure: false },
      targets: { subnets: ['10.0.0.0/24'], targets: [], inventories: [], excludes: ['10.0.0.9'], maxTargets: 65_536 },
    });
  });

  it('set first passwords only in a run that writes and was agreed to beforehand', async () => {
    const asked = { ...migrate, 'set-initial-password': true };
    const allowed = async (args: Record<string, unknown>): Promise<unknown> =>
      (await runOf(args)).settings.setInitialPassword;
    expect(await allowed({ ...asked, yes: true })).toBe(true);
    expect(await allowed(asked)).toBe(false);
    expect(await allowed({ ...asked, yes: true, 'dry-run': true })).toBe(false);
    expect(await allowed({ ...migrate, yes: true })).toBe(false);
    expect(await allowed({})).toBe(false);
  });

  it('try further passwords and offer old TLS only when they are told to', async () => {
    const settings = async (args: Record<string, unknown>): Promise<unknown[]> => {
      const { tryPasswords, tls } = (await runOf(args)).settings;
      return [tryPasswords, tls.legacy];
    };
    expect(await settings({})).toEqual([false, false]);
    // Its own name for the variable: what it holds is looked up in the same environment.
    const told = { 'try-passwords': true, 'tls-legacy': true, 'password-env': 'HOME' };
    expect(await settings(told)).toEqual([true, true]);
  });

  it('of a migration: the profile with the timing of the command line', async () => {
    const timing = { 'poll-interval': '5s', deadline: '20m', 'idle-wait': '0ms' };
    const { profile, ...settings } = (await runOf({ ...migrate, ...timing, 'step-up': false })).settings;
    expect(profile?.name).toBe('mpp-to-enterprise');
    expect(profile?.timing).toMatchObject({
      pollInterval: 5_000,
      upgradeDeadline: 1_200_000,
      authorizeDeadline: 1_200_000,
      idleWait: 0,
    });
    expect(settings).toMatchObject({ files, stepUp: false });
  });

  it('drops the slash at the end of the file server', async () => {
    expect((await runOf({ ...migrate, files: `${files}/fw//` })).settings.files).toBe(`${files}/fw`);
  });

  it('holds the certificates themselves, read from their files', async () => {
    const path = join(folder, 'ca.pem');
    const { cert, private: key } = await generate();
    const pem = cert.trim();
    writeFileSync(path, `${key}\nIssued for the test\n${cert}`);
    expect((await runOf({ ca: path })).settings.tls.ca).toEqual([pem]);
  });
});

describe('what cannot be used is one sentence that says the remedy', () => {
  const rows: [string, Record<string, unknown>, RegExp][] = [
    ['an unknown profile', { profile: 'mpp-to-enterprize' }, /mpp-to-enterprise/],
    ['a conversion without file server', { profile: 'mpp-to-enterprise' }, /needs --files/],
    ['a file server without scheme', { ...migrate, files: '10.0.0.5:6970' }, /not the address of a file server/],
    ['a file server without slashes', { ...migrate, files: 'http:10.0.0.5:6970' }, /not the address of a file server/],
    ['a file server by ftp', { ...migrate, files: 'ftp://10.0.0.5' }, /not the address of a file server/],
    ['a file server with a query', { ...migrate, files: `${files}/?a=1` }, /without \? or #/],
    [
      'a file server with a password',
      { ...migrate, files: 'http://me:pw@10.0.0.5' },
      /must not hold a user name or password/,
    ],
    ['a file server with a bar', { ...migrate, files: `${files}/a|b` }, /rule's own syntax/],
    ['a file server with a blank', { ...migrate, files: `${files}/a b` }, /must not hold " "/],
    ['a file server with an umlaut', { ...migrate, files: `${files}/für` }, /must not hold "ü"/],
    ['a rule that is no URL', { ...migrate, 'authorization-rule': '$MAU.lic' }, /is not a URL/],
    ['a rule with a password', { ...migrate, 'authorization-rule': 'http://a:b@c/$MAU.lic' }, /user name or password/],
    ['a rule with alternatives', { ...migrate, 'authorization-rule': 'http://a/x|http://b/y' }, /rule's own syntax/],
    ['a license without a rule', { profile: 'webex-calling' }, /needs --authorization-rule/],
    [
      'a rule for a mere upgrade',
      { profile: 'upgrade-mpp', files, 'authorization-rule': 'http://a/x' },
      /sets no license/,
    ],
    ['--detailed-exitcode for a real run', { ...migrate, 'detailed-exitcode': true }, /needs --dry-run/],
    ['no concurrency', { concurrency: 0 }, /--concurrency must be/],
    ['a port out of range', { 'http-port': 70_000 }, /--http-port must be/],
    ['a poll interval that hammers', { ...migrate, 'poll-interval': '1ms' }, /too short/],
    ['a missing CA file', { ca: join(folder, 'none.pem') }, /cannot be read: there is no such file/],
    [
      'a CA file that is none',
      { ca: new URL('../../../package.json', import.meta.url).pathname },
      /no PEM certificate/,
    ],
    ['two profiles', { profile: ['a', 'b'] }, /given 2 times/],
  ];

  it.each(rows)('%s', async (_, options, message) => {
    const refused = runOf(options);
    await expect(refused).rejects.toThrow(usage(message));
    await expect(refused).rejects.toThrow(usage(/^[^\n]+[.?]$/));
  });

  it.each(['files', 'authorization-rule', 'poll-interval', 'idle-wait', 'deadline'])(
    '--%s without a profile',
    async (name) => {
      const value = name === 'files' ? files : name === 'authorization-rule' ? 'http://a/x' : '10s';
      await expect(runOf({ [name]: value })).rejects.toThrow(usage(`--${name} does nothing without --profile`));
    },
  );

  it.each(['dry-run', 'yes', 'allow-below-recommended', 'skip-preflight', 'detailed-exitcode'])(
    '--%s without a profile',
    async (name) => {
      await expect(runOf({ [name]: true })).rejects.toThrow(usage(`--${name} does nothing without`));
    },
  );

  it('--no-step-up without a profile', async () => {
    await expect(runOf({ 'step-up': false })).rejects.toThrow(usage('--no-step-up does nothing without'));
  });
});
