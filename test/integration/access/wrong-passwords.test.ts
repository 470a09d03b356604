import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior } from '../../../src/simulator/index.js';
import { runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { runs } from '../../support/depth.js';

const folder = temporaryFolder();
const profile = quickProfile(folder.path, 'mpp-to-enterprise');
let net: Network;
afterEach(() => net.close());
afterAll(() => folder.remove());

const wrong = 'Not-This-One-1';
const right = 'Right-One-1';
const env = { WRONG: wrong, RIGHT: right };

async function fleet(count: number, behavior: Partial<Behavior>): Promise<string[]> {
  const phone = { model: '8841', vid: 'V05', load: 'sip88xx.12-0-3MPP0001-87', count } as const;
  net = await startNetwork([{ ...phone, behavior: { password: right, ...behavior } }], {
    ...{ subnet: '127.66.14.0/26', knownPasswords: [wrong, right] },
  });
  return net.scan.slice();
}

/** Phones that were told a wrong password. */
const told = (): number => net.simulator.phones.filter((phone) => phone.snapshot().failedSignIns > 0).length;

/** Basic and the login form are met further down, by phones that lock at once. */
const asks = runs(['digest'], ['digest', 'basic', 'form']);
describe.each(asks)('a wrong password before phones that ask by %s', (auth) => {
  it('stops the run at password-wrong:3 before a fourth phone is told it, and nothing is written', async () => {
    const args = await fleet(30, { auth });
    const { code, report } = await runForReport(
      [
        ...[...args, '--profile', profile, '--files', net.files, '--yes'],
        ...['--password-env', 'WRONG', '--abort-after', 'password-wrong:3'],
      ],
      { env },
    );
    expect(code).toBe(3);
    expect(told()).toBe(3);
    expect(report.run.abortedBy).toMatch(/^3 of \d+ phones of those read ended with password-wrong; the limit is 3\.$/);
    expect(report.totals.byOutcome).toMatchObject({ blocked: 3 });
    expect(report.phones.filter(({ touched }) => touched)).toEqual([]);
    expect(net.posts().filter(({ path }) => path !== '/admin/login.csc' && path !== '/login.csc')).toEqual([]);
  });

  it('stops an audit so, too', async () => {
    const args = await fleet(10, { auth });
    const { code } = await runForReport([...args, '--password-env', 'WRONG', '--abort-after', 'password-wrong:2'], {
      env,
    });
    expect([code, told()]).toEqual([3, 2]);
  });

  it('is told to five phones at most where nobody named a number, and the audit that learned nothing exits 1', async () => {
    const args = await fleet(30, { auth });
    const { code, report, stderr } = await runForReport([...args, '--password-env', 'WRONG'], { env });
    expect([code, told()]).toEqual([1, 5]);
    const codes = report.phones.map(({ failure }) => failure?.code);
    expect(codes.filter((one) => one === 'password-wrong')).toHaveLength(5);
    expect(codes.filter((one) => one === 'password-held-back')).toHaveLength(25);
    expect(stderr).toContain('The phone refused the password.');
  });

  it('is told to no phone more than that in a run that writes, and nothing is written', async () => {
    const args = await fleet(30, { auth });
    const { code, report } = await runForReport(
      [...args, '--profile', profile, '--files', net.files, '--yes', '--password-env', 'WRONG'],
      { env },
    );
    expect([code, told()]).toEqual([1, 5]);
    expect(report.totals.byOutcome).toMatchObject({ blocked: 5, aborted: 25 });
  });

  it('is told to no more phones where the configuration file gives it to each of them', async () => {
    const args = await fleet(20, { auth });
    const config = folder.file('fleet-migrate.yaml');
    writeFileSync(config, 'credentials:\n  - password: "${WRONG}"\n');
    const { code } = await runForReport([...args, '--config', config], { env });
    expect([code, told()]).toEqual([1, 5]);
  });

  it('is told to more where the user says how many may refuse it', async () => {
    const args = await fleet(10, { auth });
    const more = ['--abort-after', 'password-wrong:9'];
    const { code } = await runForReport([...args, '--password-env', 'WRONG', ...more], { env });
    expect([code, told()]).toEqual([3, 9]);
  });

  it('the right one is told to all of them', async () => {
    const args = await fleet(30, { auth });
    const { code, report } = await runForReport(
      [...args, '--password-env', 'RIGHT', '--abort-after', 'password-wrong:1'],
      {
        env,
      },
    );
    expect([code, told()]).toEqual([0, 0]);
    expect(report.totals.byOutcome).toMatchObject({ audited: 30 });
  });
});

describe('a wrong password before phones that shut their door on it at once, by 403', () => {
  it.each(['basic', 'form'] as const)('is told to five, and the audit says so (%s)', async (auth) => {
    const args = await fleet(20, { auth, locksOutAfter: 1 });
    const { code, report } = await runForReport([...args, '--password-env', 'WRONG'], { env });
    expect([code, told()]).toEqual([1, 5]);
    const codes = report.phones.map(({ failure }) => failure?.code);
    expect(codes.filter((one) => one === 'locked-out')).toHaveLength(5);
    expect(codes.filter((one) => one === 'password-held-back')).toHaveLength(15);
  });
});

describe('a threshold of what is written', () => {
  it('does nothing in an audit, and is refused', async () => {
    const args = await fleet(1, {});
    const { code, stderr } = await runCommand(['audit', ...args, '--abort-after', '5%']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('name a reading code, such as password-wrong:3')]);
    expect(net.simulator.log).toEqual([]);
  });
});
