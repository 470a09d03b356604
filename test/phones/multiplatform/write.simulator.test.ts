import { afterEach, describe, expect, it } from '@jest/globals';
import type { Change, FormValues } from '../../../src/domain/plan/plan.js';
import type { TriedMethod } from '../../../src/domain/plan/write-methods.js';
import type { WriteResult } from '../../../src/phones/phones.js';
import type { Behavior, DeviceGroup } from '../../../src/simulator/index.js';
import { ENTERPRISE, factsOf, MPP, type Network, network } from '../support/network.js';

let net: Network;
afterEach(async () => {
  expect(net.violations()).toEqual([]);
  await net.close();
});

const phone: DeviceGroup = { model: '8841', load: MPP, mac: '00CCFC123456', vid: 'V05' };

async function start(behavior: Partial<Behavior> = {}, group: DeviceGroup = {}): Promise<void> {
  net = await network([{ ...phone, behavior, ...group }]);
}

/** The three values of a conversion. */
function conversion(type = 'Classic'): Required<FormValues> {
  const { url } = net.simulator.files;
  return {
    upgradeRule: `${url}/${ENTERPRISE}.loads`,
    authorizationRule: `${url}/$MAU_M2E.lic`,
    authorizationType: type,
  };
}

/** Looks at the phone and writes, in one visit. */
function write(
  set: FormValues = conversion(),
  onIntent = async (): Promise<void> => {},
  tried: readonly TriedMethod[] = [],
): Promise<WriteResult> {
  return net.phones.visit(net.phone().address, async (visit) => {
    factsOf(await visit.look('settings'));
    return visit.write(set, onIntent, tried);
  });
}

/** The same by one way after the other, as if each had been given its time. */
async function writeOn(set: FormValues = conversion()): Promise<WriteResult[]> {
  const results = [await write(set)];
  for (let last = results[0]; last?.result === 'pending' && last.more; last = results.at(-1))
    results.push(await write(set, undefined, last.tried));
  return results;
}

function posts(): { path: string; fields: Record<string, string> }[] {
  return net
    .phone()
    .requests.filter(({ method }) => method === 'POST')
    .map(({ path, fields = {} }) => ({ path, fields }));
}

describe('setting the fields', () => {
  it.each(['legacy', 'bcisco', 'modern', 'fieldset'] as const)(
    'posts only those, to the form’s own action: %s pages',
    async (dialect) => {
      await start({}, { dialect });
      const set = conversion();
      const result = await write(set);
      expect(result).toMatchObject({
        ...{ result: 'confirmed', more: false },
        via: 'partial form',
        changes: [
          { field: 'upgradeRule', from: '', to: set.upgradeRule },
          { field: 'authorizationRule', from: '', to: set.authorizationRule },
        ],
        detail: 'answered 200, read back as sent',
      });
      const names = ['Upgrade Rule', 'Transition Authorization Rule', 'Transition Authorization Type'];
      const byName = names.map((label) => net.phone().fieldName(label) ?? '');
      expect(posts()).toEqual([
        {
          path: net.phone().formPath(),
          fields: expect.objectContaining({
            [byName[0] ?? '']: set.upgradeRule,
            [byName[1] ?? '']: set.authorizationRule,
          }),
        },
      ]);
      expect(Object.keys(posts()[0]?.fields ?? {}).sort()).toEqual([...byName, ...names].sort());
      expect(net.phone().snapshot()).toMatchObject({ ...set, postsApplied: 1 });
    },
  );

  it('reads before and after: three requests, over one connection', async () => {
    await start({ oneConnection: true });
    await write();
    expect(net.asked()).toEqual(['GET /admin/advanced', `POST ${net.phone().formPath()}`, 'GET /admin/advanced']);
  });

  it.each(['text', 'index'] as const)(
    'sends the select’s own value for the type, where it posts its %s',
    async (selectPosts) => {
      await start({ selectPosts });
      const result = await write(conversion('WxC'));
      expect(result.changes).toContainEqual({ field: 'authorizationType', from: 'Classic', to: 'WxC' });
      expect(result.result).toBe('confirmed');
      expect(net.phone().snapshot().authorizationType).toBe('WxC');
    },
  );

  it('knows the fields by the guide’s other names (G9, G13)', async () => {
    await start({ ruleLabel: 'Transition Load Authorization Rule', typeLabel: 'Transition Authorization Typ' });
    expect((await write()).result).toBe('confirmed');
    expect(net.phone().snapshot().authorizationRule).toBe(conversion().authorizationRule);
  });

  it('sets the upgrade rule alone where nothing else is wanted', async () => {
    await start();
    const { upgradeRule } = conversion();
    expect((await write({ upgradeRule })).changes).toEqual([{ field: 'upgradeRule', from: '', to: upgradeRule }]);
    expect(net.phone().snapshot()).toMatchObject({ upgradeRule, authorizationRule: '' });
  });

  it.each<[Behavior['answerToSubmit'], string]>([
    ['page', 'answered 200'],
    ['redirect', 'answered 302'],
    ['empty', 'answered 200'],
    ['drop', 'not answered'],
  ])('does not mind what the phone answers: %s', async (answerToSubmit, detail) => {
    await start({ answerToSubmit });
    const result = await write();
    expect(result).toMatchObject({ result: 'confirmed', detail: expect.stringContaining(detail) });
    expect(posts()).toHaveLength(1);
  });

  it.each<Partial<Behavior>>([
    { scheme: 'redirect' },
    { closesConnection: true },
    { missingContentLength: true },
    { dropsAfterSubmit: true },
    { charset: 'iso-8859-1' },
    { busy: 'forever' },
  ])('works with a phone that differs by %j', async (behavior) => {
    await start(behavior);
    expect((await write()).result).toBe('confirmed');
    expect(posts()).toHaveLength(1);
  });
});

describe('a phone that ignores a partial post', () => {
  it.each(['legacy', 'bcisco', 'modern', 'fieldset'] as const)(
    'gets the whole form after it was read anew, unharmed but for our fields: %s pages',
    async (dialect) => {
      await start({ ignoresPartialPost: true }, { dialect, name: 'Büro Süd' });
      const set = conversion('WxC');
      const results = await writeOn(set);
      expect(results.map(({ result, via }) => [result, via])).toEqual([
        ['pending', 'partial form'],
        ['pending', 'partial form with a Referer'],
        ['confirmed', 'full form'],
      ]);
      expect(net.phone().snapshot()).toMatchObject({ ...set, posts: 3, postsApplied: 1, passwordWiped: false });
      expect(net.asked()).toEqual([
        'GET /admin/advanced',
        `POST ${net.phone().formPath()}`,
        'GET /admin/advanced',
        'GET /admin/advanced',
        `POST ${net.phone().formPath()}`,
        'GET /admin/advanced',
        'GET /admin/advanced',
        `POST ${net.phone().formPath()}`,
        'GET /admin/advanced',
      ]);
    },
  );

  it.each(['utf-8', 'iso-8859-1', 'unsaid'] as const)(
    'gets it in the page’s own character set: %s',
    async (charset) => {
      await start({ ignoresPartialPost: true, charset });
      expect((await writeOn()).at(-1)).toMatchObject({ result: 'confirmed', via: 'full form' });
    },
  );

  it('gets it with the index where the select posts one', async () => {
    await start({ ignoresPartialPost: true, selectPosts: 'index' });
    expect((await writeOn(conversion('WxC'))).at(-1)).toMatchObject({ result: 'confirmed', via: 'full form' });
  });

  it('and the whole form, too, each also with a Referer, is not asked any more', async () => {
    await start({ ignoresAllPosts: true });
    const results = await writeOn();
    expect(results.at(-1)).toMatchObject({
      ...{ result: 'pending', via: 'full form with a Referer', more: false },
      detail: 'answered 200, read back as before so far',
    });
    expect(results.at(-1)?.changes).toHaveLength(2);
    expect(posts()).toHaveLength(4);
    expect(net.phone().snapshot()).toMatchObject({ upgradeRule: '', authorizationRule: '', postsApplied: 0 });
  });
});

describe('a phone that restarts on submit', () => {
  it('is not read back yet: nothing is posted again, and later it shows what was sent', async () => {
    await start({ rebootsOnSubmit: true });
    const set = conversion();
    const result = await write(set);
    expect(result).toMatchObject({
      result: 'unread',
      via: 'partial form',
      detail: expect.stringContaining('not read back yet'),
    });
    expect(result.changes).toHaveLength(2);
    expect(posts()).toHaveLength(1);
    await net.clock.pass(net.simulator, 41);
    expect(factsOf(await net.look()).settings).toMatchObject({ upgradeRule: set.upgradeRule });
  });
});

describe('the intent', () => {
  it('is told, and awaited, before the request leaves', async () => {
    await start();
    const told: { changes: readonly Change[]; postsThen: number }[] = [];
    const result = await net.phones.visit(net.phone().address, async (visit) => {
      await visit.look('settings');
      return visit.write(conversion(), async (changes) => {
        await new Promise((resolve) => setImmediate(resolve));
        told.push({ changes, postsThen: posts().length });
      });
    });
    expect(told).toEqual([{ changes: result.changes, postsThen: 0 }]);
    expect(posts()).toHaveLength(1);
  });

  it('that cannot be recorded keeps the request from leaving', async () => {
    await start();
    const full = new Error('the disk is full');
    await expect(write(conversion(), () => Promise.reject(full))).rejects.toBe(full);
    expect(posts()).toEqual([]);
  });
});
