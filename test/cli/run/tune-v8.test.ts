import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

/** The most that V8 held for what is new (MB), in a process set up for a command or for none. */
async function mostFor(command: 'audit' | 'migrate' | 'none'): Promise<number> {
  const { NODE_OPTIONS: _ofJest, ...env } = process.env;
  const words = ['--import', './scripts/typescript.mjs', 'test/cli/run/support/churn.ts', command];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { env });
  // V8 complains there of a flag that it does not know.
  expect(stderr).toBe('');
  return Number(stdout);
}

describe('the memory of a run', () => {
  it('is bounded for what is new', async () => {
    expect(await mostFor('none')).toBeGreaterThan(17);
    expect(await mostFor('migrate')).toBeLessThanOrEqual(17);
    // As much as V8 takes by itself.
    expect(await mostFor('audit')).toBeLessThanOrEqual(33);
  });
});
