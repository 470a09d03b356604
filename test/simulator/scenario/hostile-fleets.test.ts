import { afterEach, describe, expect, it } from '@jest/globals';
import type { Scenario, Simulator } from '../../../src/simulator/index.js';
import { accountsOf, builtinScenarios, describeScenario, startSimulator } from '../../../src/simulator/index.js';
import { OTHER_VALUES } from '../../../src/simulator/scenario/builtin/flag-values.js';
import { ask } from '../support/client.js';
import { isDeep } from '../../support/depth.js';

let simulator: Simulator | undefined;
afterEach(() => simulator?.close());

/** The flags a hostile fleet must have at every value. */
const TROUBLE = [
  ...['web', 'redirectTarget', 'certificate', 'tls', 'auth', 'loginShownBy', 'refererRule', 'hostileText'],
  ...['changesBetween', 'directActionAnswer', 'cfgXmlStale', 'statusXmlStale', 'identitySwapped', 'locksOutAfter'],
] as (keyof typeof OTHER_VALUES)[];

function missingValues({ phones }: Scenario, flag: keyof typeof OTHER_VALUES): unknown[] {
  return OTHER_VALUES[flag].filter((value) => !phones.some(({ behavior }) => behavior[flag] === value));
}

describe('the hostile fleet', () => {
  const fleet = builtinScenarios.hostile({ subnet: '127.41.0.0/24', seed: 5 });

  it('has every kind of trouble, every non-phone, and polite phones in between', () => {
    expect(fleet.phones).toHaveLength(180);
    for (const flag of TROUBLE) expect([flag, missingValues(fleet, flag)]).toEqual([flag, []]);
    const kinds = describeScenario(fleet);
    for (const kind of ['printer', 'router', 'camera', 'spa-adapter', 'spa-phone', 'switch', 'web-app'])
      expect(kinds[kind]).toBeGreaterThan(0);
    expect(kinds['enterprise']).toBeGreaterThan(6);
    expect(fleet.phones.filter(({ name }) => name === 'Polite desk').length).toBeGreaterThan(15);
  });

  it('is the same for the same seed, in another order for another', () => {
    const names = (seed: number): string[] =>
      builtinScenarios.hostile({ subnet: '127.41.0.0/24', seed }).phones.map(({ name }) => name);
    expect(names(5)).toEqual(fleet.phones.map(({ name }) => name));
    expect(names(6)).not.toEqual(names(5));
  });

  it('grows to any number', () => {
    const large = builtinScenarios.hostile({ subnet: '127.42.0.0/16', seed: 5, phones: 2_000 });
    expect(large.phones).toHaveLength(2_000);
    expect(describeScenario(large)['printer']).toBeGreaterThan(20);
    expect(builtinScenarios.hostile({ subnet: '127.42.0.0/16', seed: 5, phones: 10 }).phones).toHaveLength(10);
  });

  it('answers every request in some way or never, and the simulator stands', async () => {
    simulator = await startSimulator(fleet, { timeScale: 1000, shortPages: !isDeep });
    const { httpPort, httpsPort, phones } = simulator;
    const visit = async (address: string): Promise<void> => {
      const asked = { most: 500_000, timeoutMs: 1_000 };
      await ask(httpPort, address, '/admin/advanced', asked);
      await ask(httpsPort, address, '/admin/advanced', { ...asked, secure: true });
      await ask(httpPort, address, '/admin/login.csc', { ...asked, method: 'POST', body: 'a=b' });
    };
    const addresses = phones.map(({ address }) => address);
    for (let start = 0; start < addresses.length; start += 100)
      await Promise.all(addresses.slice(start, start + 100).map(visit));
    const polite = simulator.phones.find(({ name }) => name === 'Polite desk');
    // It stands, however busy this machine is.
    const seen = await ask(httpPort, polite?.address ?? '', '/admin/advanced', { timeoutMs: 60_000 });
    expect(seen.status).toBe(200);
  });
});

describe('the fleet of mixed generations', () => {
  const fleet = builtinScenarios['mixed-generations']({ subnet: '127.43.0.0/24', seed: 5 });

  it('has four generations of MPP and three of Enterprise, each with its ways', () => {
    expect(fleet.phones).toHaveLength(70);
    const of = (version: string): typeof fleet.phones => fleet.phones.filter(({ load }) => load.includes(version));
    expect(new Set(of('.11-0-').map(({ dialect }) => dialect))).toEqual(new Set(['legacy']));
    expect(new Set(of('.11-3-').map(({ dialect }) => dialect))).toEqual(new Set(['bcisco']));
    expect(of('.12-0-1').some(({ behavior }) => behavior.setPasswordPage)).toBe(true);
    for (const { behavior } of [...of('.12-0-3'), ...of('.12-0-7')])
      expect([behavior.scheme === 'http', behavior.auth, behavior.certificate]).toEqual([
        false,
        'form',
        'manufacturing',
      ]);
    expect(of('.12-0-7').some(({ dialect }) => dialect === 'json')).toBe(true);
    expect(describeScenario(fleet)['enterprise']).toBeGreaterThan(20);
  });

  it('tells the account of every phone that asks for a password', async () => {
    const accounts = accountsOf(fleet);
    expect(accounts.length).toBeGreaterThan(20);
    expect(accounts.map(({ password }) => password)).not.toContain('');
    simulator = await startSimulator(fleet);
    const basic = fleet.phones.find(({ behavior }) => behavior.auth === 'basic');
    const account = accounts.find(({ mac }) => mac === basic?.mac);
    const authorization = `Basic ${btoa(`${account?.username}:${account?.password}`)}`;
    const seen = await ask(simulator.httpPort, account?.address ?? '', '/admin/advanced', {
      headers: { authorization },
    });
    expect(seen.status).toBe(200);
  });
});
