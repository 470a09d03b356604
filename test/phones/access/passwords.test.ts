import { afterEach, describe, expect, it } from '@jest/globals';
import { type LogFields, silentLog } from '../../../src/domain/ports/log.js';
import type { FormValues } from '../../../src/domain/plan/plan.js';
import type { Credentials } from '../../../src/domain/network/site.js';
import type { PhonesOptions } from '../../../src/phones/create-phones.js';
import type { Behavior, DeviceGroup } from '../../../src/simulator/index.js';
import { ENTERPRISE, factsOf, inShort, MPP, type Network, network } from '../support/network.js';

let net: Network;
afterEach(async () => {
  expect(net.violations()).toEqual([]);
  await net.close();
});

const phone: DeviceGroup = { model: '8841', load: MPP, mac: '00CCFC123456' };
const right = 'cisco-admin-1';
const admin = (password: string): Credentials => ({ username: 'admin', password: () => password });

/** A network of one phone with a password, and what we try on it. */
async function locked(
  behavior: Partial<Behavior>,
  given: readonly Credentials[],
  options: Partial<PhonesOptions> = {},
): Promise<void> {
  net = await network([{ ...phone, behavior }], { credentialsFor: () => given, ...options });
}

const failed = (): number => net.phone().snapshot().failedSignIns;
const posts = (): number => net.simulator.log.filter(({ method }) => method === 'POST').length;
const challenged = (): number => net.simulator.log.filter(({ status }) => status === 401).length;

describe('a phone with the right password', () => {
  const ways: [string, Partial<Behavior>][] = [
    ['Digest', { auth: 'digest' }],
    ['Basic', { auth: 'basic' }],
    ['Digest over https only', { auth: 'digest', scheme: 'https' }],
    ['Digest behind a redirect to https', { auth: 'digest', scheme: 'redirect' }],
    ['Digest and a connection for each answer', { auth: 'digest', closesConnection: true }],
  ];

  it.each(ways)('is read and written as one without, in one sign-in (%s)', async (_way, behavior) => {
    await locked(behavior, [admin(right)]);
    const upgradeRule = `${net.simulator.files.url}/${ENTERPRISE}.loads`;
    const set: FormValues = { upgradeRule };
    await net.phones.visit(net.phone().address, async (visit) => {
      const { settings, settingsProblem, readFrom } = factsOf(await visit.look('settings'));
      expect([settings?.upgradeRule, settingsProblem, readFrom]).toEqual(['', null, '/admin/advanced']);
      expect((await visit.write(set, async () => {})).result).toBe('confirmed');
    });
    expect(net.phone().snapshot()).toMatchObject({ upgradeRule, postsApplied: 1 });
    expect([failed(), posts(), challenged()]).toEqual([0, 1, 1]);
  });

  it('is watched until it is an Enterprise phone, each look with one sign-in', async () => {
    await locked({ auth: 'digest' }, [admin(right)]);
    const { address } = net.phone();
    await net.phones.visit(address, async (visit) => {
      await visit.look('settings');
      const url = `${net.simulator.files.url}/00CCFC123456_M2E.lic`;
      const upgradeRule = `${net.simulator.files.url}/${ENTERPRISE}.loads`;
      await visit.write({ authorizationRule: url, authorizationType: 'Classic', upgradeRule }, async () => {});
    });
    const seen: string[] = [];
    for (let poll = 0; poll < 60 && seen.at(-1) !== 'enterprise'; poll += 1) {
      await net.clock.pass(net.simulator, 15);
      const before = challenged();
      seen.push(await net.look().then(inShort, ({ code }: { code: string }) => code));
      expect(challenged() - before).toBe(seen.at(-1) === 'multiplatform' ? 1 : 0);
    }
    expect(seen).toContain('multiplatform');
    expect(seen.at(-1)).toBe('enterprise');
    expect(failed()).toBe(0);
  });
});

describe('a phone with another password', () => {
  it.each<[string, Partial<Behavior>]>([
    ['Digest', { auth: 'digest' }],
    ['Basic', { auth: 'basic' }],
  ])('is tried exactly once, however often it is looked at, and says so (%s)', async (_way, behavior) => {
    await locked(behavior, [admin('guessed-1'), admin(right)]);
    for (let poll = 0; poll < 6; poll += 1) {
      const { settings, settingsProblem } = factsOf(await net.look(0, poll % 2 === 0 ? 'settings' : 'status'));
      expect([settings, settingsProblem?.code]).toEqual([null, 'password-wrong']);
      expect(settingsProblem?.hint).toContain('123456789*0#');
    }
    expect([failed(), posts()]).toEqual([1, 0]);
  });

  it('is tried once more by the next run', async () => {
    await locked({ auth: 'digest' }, [admin('guessed-1')]);
    await net.look();
    const address = net.phone().address;
    const once = failed();
    await net.close();
    await locked({ auth: 'digest' }, [admin('guessed-2')]);
    await net.look();
    expect([net.phone().address, once, failed()]).toEqual([address, 1, 1]);
  });

  it('costs no other phone its own try', async () => {
    const other: DeviceGroup = { ...phone, mac: '00CCFC000001', behavior: { auth: 'digest', password: 'other-1' } };
    net = await network([{ ...phone, behavior: { auth: 'digest' } }, other], {
      credentialsFor: (address) => [admin(address === net.phone(1).address ? 'other-1' : 'guessed-1')],
    });
    expect(inShort(await net.look(0))).toBe('multiplatform (password-wrong)');
    expect(inShort(await net.look(1))).toBe('multiplatform');
  });
});

describe('passwords', () => {
  it('are asked for only where a phone wants one, once per phone', async () => {
    const asked: string[] = [];
    net = await network([phone, { ...phone, mac: '00CCFC000001', behavior: { auth: 'digest' } }], {
      credentialsFor: (address) => {
        asked.push(address);
        return [admin(right)];
      },
    });
    for (const index of [0, 1, 0, 1]) expect(inShort(await net.look(index))).toBe('multiplatform');
    expect(asked).toEqual([net.phone(1).address]);
  });

  it('are not tried where none is known', async () => {
    await locked({ auth: 'digest' }, []);
    expect(inShort(await net.look())).toBe('multiplatform (auth-required)');
    expect([failed(), posts()]).toEqual([0, 0]);
  });

  it('in the clear are warned of once a run, without the password', async () => {
    const warnings: [string, LogFields | undefined][] = [];
    const log = { ...silentLog, warn: (text: string, fields?: LogFields) => void warnings.push([text, fields]) };
    const other: DeviceGroup = { ...phone, mac: '00CCFC000001', behavior: { auth: 'basic' } };
    net = await network([{ ...phone, behavior: { auth: 'basic' } }, other], {
      credentialsFor: () => [admin(right)],
      log,
    });
    for (const index of [0, 1, 0]) await net.look(index);
    expect(warnings).toEqual([[expect.stringContaining('over plain http'), { first: net.phone().address }]]);
    expect(JSON.stringify(warnings)).not.toContain(right);
  });

  it('over https are not warned of', async () => {
    const log = { ...silentLog, warn: (text: string) => expect(text).toBe('nothing') };
    await locked({ auth: 'basic', scheme: 'https' }, [admin(right)], { log });
    expect(inShort(await net.look())).toBe('multiplatform');
  });
});
