import { describe, expect, it } from '@jest/globals';
import { isUsageError, UsageError } from '../../../src/domain/text/usage-error.js';

describe('a usage error', () => {
  it('is an error with the code usage, a message and a cause', () => {
    const cause = { code: 'ENOENT' };
    const error = new UsageError('phones.csv: the file cannot be read.', { cause });
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.code, error.message, error.cause]).toEqual([
      'UsageError',
      'usage',
      'phones.csv: the file cannot be read.',
      cause,
    ]);
  });

  it('is told by its code', () => {
    expect(isUsageError(new UsageError('x'))).toBe(true);
    expect([new Error('usage'), { code: 'ENOENT' }, null, 'usage', undefined].some(isUsageError)).toBe(false);
  });
});
