import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ucmRestoreCommand } from '../../../../src/cli/commands/ucm/restore.js';
import { systemClock } from '../../../../src/conduct/system-clock.js';
import { openStore } from '../../../../src/store/open-store.js';
import type { Store } from '../../../../src/store/store.js';
import { type Ucm, type UcmChange, UcmError } from '../../../../src/ucm/ucm.js';
import { temporaryFolder } from '../../../support/command/temporary-folder.js';
import { connectTo, ended, onCluster } from './support.js';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

async function inStore<T>(use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ path: folder.file('s.db'), clock: systemClock });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** A cluster of phones by name. */
function cluster(xml: Map<string, string>, refuses: readonly string[] = []): Ucm & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    settings: async (name: string) => {
      const vendorConfig = xml.get(name);
      return vendorConfig === undefined ? null : { uuid: name, ownLoad: null, vendorConfig };
    },
    change: async (name: string, { vendorConfig = '' }: UcmChange) => {
      if (refuses.includes(name)) throw new UcmError('ucm-refused', 'It is locked.', true);
      asked.push(`change ${name}`);
      xml.set(name, vendorConfig);
    },
    apply: async (name: string) => void asked.push(`apply ${name}`),
  } as unknown as Ucm & { asked: string[] };
}

const borrow = (name: string, original: string | null = '<webAccess>1</webAccess>', ucm = '127.0.0.1'): Promise<void> =>
  inStore((store) => store.borrow({ ucm, name, tag: 'webAccess', original, runId: 'r1', at: '2026-11-29T01:00:00Z' }));

const restore = (ucm: Ucm, yes = true, ask: ((question: string) => Promise<boolean>) | null = null) =>
  ended(async () => ucmRestoreCommand(await onCluster({ db: folder.file('s.db') }), { yes }, connectTo(ucm), ask));

describe('ucm restore', () => {
  it('puts back what a run has left, phone by phone, and only on this Unified CM', async () => {
    await borrow('SEP1');
    await borrow('SEP2', null);
    await borrow('SEP3', '1', 'other.example.com');
    const xml = new Map(['SEP1', 'SEP2', 'SEP3'].map((name) => [name, '<a>1</a><webAccess>0</webAccess>']));
    const ucm = cluster(xml);
    const { code, stdout, stderr } = await restore(ucm);
    expect(code).toBe(0);
    expect(stderr).toContain('other.example.com; name it so with --ucm');
    expect(stdout).toContain('SEP1  since 2026-11-29T01:00:00Z, by run r1');
    expect(stdout).toContain('SEP1: put back\nSEP2: put back\n');
    expect([...xml.values()]).toEqual([
      '<a>1</a><webAccess>1</webAccess>',
      '<a>1</a>',
      '<a>1</a><webAccess>0</webAccess>',
    ]);
    expect((await inStore((store) => store.borrowed())).map(({ name }) => name)).toEqual(['SEP3']);
  });

  it('says what it could not put back, and remembers it', async () => {
    await borrow('SEP1');
    const ucm = cluster(new Map([['SEP1', '<webAccess>0</webAccess>']]), ['SEP1']);
    const { code, stderr } = await restore(ucm);
    expect([code, stderr]).toEqual([1, 'fleet-migrate: SEP1: It is locked.\n']);
    expect(await inStore((store) => store.borrowed())).toHaveLength(1);
  });

  it('asks first, and changes nothing on a no', async () => {
    await borrow('SEP1');
    const ucm = cluster(new Map([['SEP1', '<webAccess>0</webAccess>']]));
    const { code, stderr } = await restore(ucm, false, async () => false);
    expect([code, stderr, ucm.asked]).toEqual([1, 'fleet-migrate: nothing was changed.\n', []]);
    await expect(restore(ucm, false)).rejects.toThrow(
      'This would change phones on Unified CM and there is no terminal to ask on; add --yes to go ahead.',
    );
  });

  it('has nothing to do where nothing was left, but says where something was', async () => {
    await inStore(() => Promise.resolve());
    const { code, stdout } = await restore(cluster(new Map()));
    expect([code, stdout]).toEqual([0, 'No run has left web access switched on on Unified CM 127.0.0.1.\n']);
    await borrow('SEP3', '1', 'cucm1.example.com');
    const other = await restore(cluster(new Map()));
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('on cucm1.example.com; name it so')]);
  });

  it('takes no store that is not there for one in which nothing is left', async () => {
    await expect(restore(cluster(new Map()))).rejects.toThrow(`--db ${folder.file('s.db')}: there is no such store`);
  });
});
