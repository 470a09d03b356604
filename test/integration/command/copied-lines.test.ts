import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtCommand, type Finished, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';

const secret = 'S3cret of $the "phones"';

describe('a printed command, copied into a shell in the same folder', () => {
  const folder = temporaryFolder();
  // What a shell would take apart, and change.
  const night = folder.file(`a night's "$HOME"`);
  let network: Network;

  beforeAll(async () => {
    mkdirSync(night);
    mkdirSync(folder.file('bin'));
    writeFileSync(folder.file('bin/fleet-migrate'), `#!/bin/sh\nexec '${process.execPath}' '${builtCommand}' "$@"\n`, {
      mode: 0o755,
    });
    network = await startNetwork(
      [
        { model: '8841', count: 2, behavior: { auth: 'digest', password: secret } },
        { model: '8851', mac: '00CCFC00BEEF', behavior: { auth: 'digest', password: secret } },
      ],
      { files: { missingLicenses: ['00CCFC00BEEF'] }, knownPasswords: [secret] },
    );
    const profile = quickProfile(night, 'mpp-to-enterprise');
    const [, httpPort, , httpsPort] = network.reach;
    const file = (db: string): string =>
      [
        `db: ${db}`,
        `subnet: [${network.subnet}]`,
        `profile: ${JSON.stringify(profile)}`,
        `files: ${network.files}`,
        `httpPort: ${httpPort ?? ''}`,
        `httpsPort: ${httpsPort ?? ''}`,
        'insecure: true',
        'passwordEnv: PHONE_PW',
        '',
      ].join('\n');
    writeFileSync(join(night, 'fleet-migrate.yaml'), file('found.db'));
    writeFileSync(join(night, 'my fleet.yaml'), file('mine.db'));
    writeFileSync(join(night, "keep 'these'.csv"), 'address\n127.66.0.14\n');
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  /** Runs a line as a shell takes it. */
  const shell = (line: string): Promise<Finished> =>
    startCommand(['-c', line], {
      cwd: night,
      env: { PHONE_PW: secret, PATH: `${folder.file('bin')}:${process.env.PATH ?? ''}` },
      under: ['sh', '-c', 'shift 2; exec sh "$@"', 'sh'],
    }).done;

  /** All commands in a text, each as it stands on its line. */
  const linesIn = (text: string): string[] =>
    text
      .split('\n')
      .flatMap((line) => /(?:^ {6}|: (?=fleet-migrate \w+ \d{14}-))(fleet-migrate .*)$/.exec(line)?.[1] ?? []);
  const only = (lines: readonly string[], start: string): string => {
    const found = lines.filter((line) => line.startsWith(`fleet-migrate ${start}`));
    if (found[0] === undefined) throw new RangeError(`no line begins with ${start}: ${lines.join('\n')}`);
    return found[0];
  };
  const isRunOf = (id: string | undefined, text: string): boolean => id !== undefined && text.includes(id);

  it.each([
    ['--no-config', `--no-config --db 'other "store".db'`, 'other "store".db'],
    ['--config', `--config "my fleet.yaml"`, 'mine.db'],
    ['the file of the folder', '', 'found.db'],
  ])(
    'does what it says with %s: a dry run, the same for real, what is left, status and report',
    async (_how, where) => {
      const reach = `--subnet ${network.subnet} ${network.reach.join(' ')} --password-env PHONE_PW`;
      const what = `--profile mpp-to-enterprise.yaml --files ${network.files}`;
      const typed = where.startsWith('--no-config') ? `${reach} ${what}` : '';
      const dry = await shell(`fleet-migrate ${typed} --exclude "keep 'these'.csv" ${where} --dry-run`);
      // One license is missing.
      expect([dry.code, dry.stderr]).toEqual([1, '']);
      const lines = linesIn(dry.stdout);
      const id = /^Run (\S+)$/m.exec(dry.stdout)?.[1];

      const blocked = await shell(only(lines, 'migrate --from-run'));
      expect([blocked.code, isRunOf(id, blocked.stdout)]).toEqual([1, false]);
      expect(blocked.stdout).toMatch(/dry run; 1 target in/);

      const report = await shell(only(lines, `report ${id ?? ''}`));
      expect([report.code, report.stdout]).toEqual([0, expect.stringContaining('license-missing')]);

      // What is kept of it says the same as what was typed.
      const earlier = await shell(`fleet-migrate report ${id ?? ''} ${where}`);
      const again = await shell(
        only(linesIn(earlier.stdout), 'migrate --from-run').replace(' --dry-run', ' --password-env PHONE_PW --dry-run'),
      );
      expect([again.code, again.stderr]).toEqual([1, '']);
      expect(again.stdout).toMatch(/dry run; 1 target in/);

      const status = await shell(`fleet-migrate status ${id ?? ''} ${where}`);
      const [seen = 'nothing'] = linesIn(status.stdout);
      const shown = await shell(seen);
      expect([shown.code, isRunOf(id, shown.stdout)]).toEqual([0, true]);
      for (const { stdout, stderr } of [dry, blocked, report, earlier, again, status, shown])
        expect(`${stdout}${stderr}`).not.toContain('S3cret');
    },
  );

  it('moves the phones that the dry run has planned, and goes on with a run that has paused', async () => {
    const where = `--config "my fleet.yaml" --db 'the "real" one.db'`;
    const dry = await shell(`fleet-migrate --waves 1,100% --pause-after-wave ${where} --dry-run`);
    const paused = await shell(`${only(linesIn(dry.stdout), 'migrate --waves')} --yes`);
    expect(paused.stdout).toMatch(/1 {2}done/);
    const resumed = await shell(`${only(linesIn(paused.stdout), 'resume')} --yes`);
    expect([resumed.code, resumed.stderr]).toEqual([1, '']);
    expect(resumed.stdout).toMatch(/2 {2}done/);
    const retry = await shell(`${only(linesIn(resumed.stdout), 'migrate --from-run')} --yes`);
    expect([retry.code, retry.stderr]).toEqual([1, '']);
    const changes = await shell(only(linesIn(retry.stdout), 'report --diff'));
    expect([changes.code, changes.stdout]).toEqual([0, expect.stringMatching(/^Changes from /)]);
  });
});
