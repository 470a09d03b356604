import { describe, expect, it } from '@jest/globals';
import { isBusy, toOpenError, toStoreError } from '../../../src/store/sqlite/sqlite-problem.js';

const thrown = (code: string): Error => Object.assign(new Error('what SQLite says'), { code });

describe('an extended result code that libsql has no name for', () => {
  it.each([
    [1544, 'no-access', 'is read-only (SQLITE_READONLY)'],
    [6666, 'no-access', 'SQLITE_IOERR'],
    [523, 'not-a-store', 'is damaged (SQLITE_CORRUPT)'],
    [269, 'full', 'the disk is full (SQLITE_FULL)'],
    [517, 'busy', 'locked by another process'],
    [1550, 'no-access', 'cannot be opened for writing (SQLITE_CANTOPEN'],
    [257, 'no-access', 'cannot be opened for writing (SQLITE_257'],
  ])('%i is known by its primary one when a store is opened', (number, problem, text) => {
    const error = toOpenError(thrown(`UNKNOWN_SQLITE_ERROR_${number}`), '/store.db');
    expect(error).toMatchObject({ problem });
    expect(error.message).toContain(text);
  });

  it.each([
    [269, 'store-full'],
    [517, 'store-busy'],
    [1544, 'store-broken'],
  ])('%i is known by it while a store is used', (number, code) => {
    expect(toStoreError(thrown(`UNKNOWN_SQLITE_ERROR_${number}`), '/store.db').code).toBe(code);
    expect(isBusy(thrown(`UNKNOWN_SQLITE_ERROR_${number}`))).toBe(code === 'store-busy');
  });
});
