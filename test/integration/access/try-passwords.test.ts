import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { accountsOf, builtinScenarios } from '../../../src/simulator/index.js';
import { type Network, startScenario } from '../../support/network.js';
import type { Report } from '../../support/reports/report-schema.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const scenario = builtinScenarios['mixed-generations']({ subnet: '127.66.8.0/26', seed: 6, phones: 24 });
const accounts = accountsOf(scenario);
/** In the order they are tried; nobody has the first. */
const candidates = ['Nobodys-1', ...new Set(accounts.map(({ password }) => password))];

describe('a list of passwords that may be', () => {
  let network: Network;
  afterEach(async () => {
    // Strict: a wrong password that is sent twice to one phone rejects here.
    await network.close();
  });

  /** Plans the whole fleet with all candidates as its credentials. */
  async function plan(...more: string[]): Promise<Report> {
    const secrets = temporaryFolder();
    network = await startScenario(scenario, { timeout: '5s', knownPasswords: candidates });
    writeFileSync(secrets.file('ca.pem'), network.simulator.ca);
    const credentials = candidates.map((password, index) => {
      writeFileSync(secrets.file(`secret-${index}`), `${password}\n`, { mode: 0o600 });
      return `  - password: 'file:${secrets.file(`secret-${index}`)}'\n`;
    });
    writeFileSync(secrets.file('c.yaml'), `credentials:\n${credentials.join('')}`);
    const profile = quickProfile(secrets.path, 'mpp-to-enterprise');
    const { report } = await runForReport([
      ...['--config', secrets.file('c.yaml'), ...network.scan.filter((word) => word !== '--insecure')],
      ...['--ca', secrets.file('ca.pem'), '--profile', profile, '--files', network.files, '--dry-run', ...more],
    ]);
    secrets.remove();
    return report;
  }

  /** How the phones that ask for a password ended, by address. */
  const ends = ({ phones }: Report): (string | undefined)[] =>
    accounts.map(({ address }) => {
      const entry = phones.find((phone) => phone.address === address);
      return entry?.failure?.code ?? entry?.outcome;
    });
  const failed = (): (number | undefined)[] =>
    accounts.map(({ mac }) => network.simulator.phoneByMac(mac)?.snapshot().failedSignIns);

  it('is tried no further than its first without --try-passwords, and that by five phones', async () => {
    const report = await plan();
    expect(accounts.length).toBeGreaterThan(8);
    const told = failed().map((count) => count === 1);
    expect(failed().every((count) => count === 0 || count === 1)).toBe(true);
    expect(told.filter(Boolean)).toHaveLength(5);
    expect(ends(report)).toEqual(told.map((was) => (was ? 'password-wrong' : 'password-held-back')));
  });

  it('is tried in order with it, each once, and not beyond the right one', async () => {
    const report = await plan('--try-passwords');
    expect(ends(report)).toEqual(accounts.map(() => 'planned'));
    expect(failed()).toEqual(accounts.map(({ password }) => candidates.indexOf(password)));
  });
});
