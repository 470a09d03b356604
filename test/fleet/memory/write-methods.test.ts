import { describe, expect, it } from '@jest/globals';
import { silentLog } from '../../../src/domain/ports/log.js';
import { storedMethods } from '../../../src/fleet/memory/write-methods.js';
import { useStore } from '../../store/support/open-test-store.js';

const kind = 'CP-8841-3PCC sip88xx.12-0-3MPP0001-87';

describe('write methods that worked', () => {
  const test = useStore();

  it('are where the next run begins, with or without a Referer', async () => {
    const first = await storedMethods(test.store, silentLog);
    expect(first.methodFor(kind)).toBeNull();
    first.worked(kind, { way: 'partial-form', referer: false });
    first.worked(kind, { way: 'full-form', referer: true });
    first.worked('another', { way: 'resync', referer: false });
    await first.settled();
    const second = await storedMethods(await test.reopen(), silentLog);
    expect(second.methodFor(kind)).toEqual({ way: 'full-form', referer: true });
    expect(second.methodFor('another')).toEqual({ way: 'resync', referer: false });
  });

  it('are kept once, not for every phone of a kind', async () => {
    const kept: string[] = [];
    const store = {
      writeMethodsKnown: async () => new Map<string, string>(),
      rememberWriteMethod: async (key: string) => void kept.push(key),
    };
    const memory = await storedMethods(store, silentLog);
    for (let phone = 0; phone < 100; phone += 1) memory.worked(kind, { way: 'full-form', referer: false });
    await memory.settled();
    expect(kept).toEqual([kind]);
  });

  it('of which this version knows nothing are passed over', async () => {
    await test.store.rememberWriteMethod(kind, 'by carrier pigeon');
    expect((await storedMethods(test.store, silentLog)).methodFor(kind)).toBeNull();
  });

  it('that cannot be kept cost no phone anything', async () => {
    const warned: string[] = [];
    const store = {
      writeMethodsKnown: async () => new Map<string, string>(),
      rememberWriteMethod: () => Promise.reject(new Error('the disk is full')),
    };
    const memory = await storedMethods(store, { ...silentLog, warn: (text) => void warned.push(text) });
    memory.worked(kind, { way: 'full-form', referer: false });
    expect(memory.methodFor(kind)).toEqual({ way: 'full-form', referer: false });
    await memory.settled();
    expect(warned).toEqual(['a write method could not be stored']);
  });
});
