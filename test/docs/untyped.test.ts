import { describe, expect, it } from '@jest/globals';
import { untyped } from './support/untyped.js';

describe('a block of output that is not made', () => {
  const block = (text: string, language = '', sample: string | null = null) => ({ text, language, sample, line: 1 });

  it.each([
    'Run 20261130080000-abcdef\n',
    '$ fleet-migrate runs\nrun  started',
    'fleet-migrate runs\n20261130080000-abcdef  2026-11-30',
    'fleet-migrate: a message of ours',
    '127.20.7.1  00CCFC07A001  8841',
  ])('is known by a line that nobody types: %j', (text) => {
    expect(untyped(block(text))).not.toBeNull();
    expect(untyped(block(text, '', 'made'))).toBeNull();
  });

  it('is known by its language', () => {
    expect(untyped(block('anything', 'text'))).not.toBeNull();
    expect(untyped(block('profile: mine', 'yaml'))).toBeNull();
  });

  it('is none that holds commands, also over several lines', () => {
    expect(
      untyped(block('fleet-migrate audit \\\n  --subnet 10.0.0.0/24   # reads\n\nnpm ci\nA=b fleet-migrate runs')),
    ).toBe(null);
  });
});
