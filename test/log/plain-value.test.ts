import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainValue } from '../../src/log/plain-value.js';

describe('a field value in a log', () => {
  it('keeps plain data', () => {
    const data = { a: [1, 'x', true, null], b: { c: 0.5 } };
    expect(plainValue(data)).toEqual(data);
  });

  it('redacts secrets at every depth', () => {
    expect(plainValue({ request: { headers: { Authorization: 'Digest x', accept: '*/*' } } })).toEqual({
      request: { headers: { Authorization: '[redacted]', accept: '*/*' } },
    });
    expect(plainValue(new Map([['cookie', 'sid=1']]))).toEqual({ cookie: '[redacted]' });
    expect(plainValue(['accept', '*/*', 'authorization', 'Basic abc', 'host', 'h'])).toEqual([
      'accept',
      '*/*',
      'authorization',
      '[redacted]',
      'host',
      'h',
    ]);
    expect(plainValue(new URL('http://u:p@h/'))).toBe('http://[redacted]@h/');
  });

  it('shows an error with its cause, and its stack when asked', () => {
    const error = new Error('no http://u:p@h/', { cause: Object.assign(new Error('inner'), { code: 'ECONNRESET' }) });
    expect(plainValue(error)).toEqual({
      name: 'Error',
      message: 'no http://[redacted]@h/',
      cause: { name: 'Error', code: 'ECONNRESET', message: 'inner' },
    });
    expect(plainValue(error, true)).toHaveProperty('stack', expect.stringContaining('plain-value.test'));
  });

  it('has words for what JSON has none for', () => {
    expect(
      plainValue([10n, Number.NaN, () => 1, Symbol('s'), new Date(0), new Date(Number.NaN), new Uint8Array(3)]),
    ).toEqual(['10', 'NaN', '[function]', 'Symbol(s)', '1970-01-01T00:00:00.000Z', 'Invalid Date', '[3 bytes]']);
  });

  it('cuts circles, depth and width', () => {
    const circle: Record<string, unknown> = { name: 'a' };
    circle['self'] = circle;
    expect(plainValue(circle)).toEqual({ name: 'a', self: '[circular]' });
    expect(JSON.stringify(plainValue([[[[[[[['deep']]]]]]]]))).toContain('[deeper]');
    expect(plainValue(Array.from({ length: 1_000 }, () => 0))).toHaveLength(101);
    expect(
      Object.keys(plainValue(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, i]))) as object),
    ).toHaveLength(101);
  });

  it('survives a getter that throws', () => {
    const value = {
      get broken(): string {
        throw new Error('no');
      },
    };
    expect(plainValue({ value })).toEqual({ value: '[unreadable]' });
  });

  it('is JSON for anything, without the secret', () => {
    const secret = 'Zq7#unlikely';
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }), (value) => {
        const text = JSON.stringify(plainValue({ value, nested: [{ adminPassword: secret, value }] }));
        expect(text).not.toContain(secret);
      }),
    );
  });
});
