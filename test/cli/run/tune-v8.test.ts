import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

/** The most that V8 held for what is new, in a process that is bounded or not (MB). */
async function mostFor(kind: 'bounded' | 'unbounded'): Promise<number> {
  const { NODE_OPTIONS: _ofJest, ...env } = process.env;
  const words = ['--import', './scripts/typescript.mjs', 'test/cli/run/support/churn.ts', kind];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { env });
  // V8 complains there of a flag that it does not know.
  expect(stderr).toBe('');
  return Number(stdout);
}

describe('the memory of a run', () => {
  it('is bounded for what is new', async () => {
    expect(await mostFor('unbounded')).toBeGreaterThan(17);
    expect(await mostFor('bounded')).toBeLessThanOrEqual(17);
  });
});
