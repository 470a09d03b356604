import { describe, expect, it } from '@jest/globals';
import { flagValues } from '../../../src/config/settings/flags.js';
import { table } from '../file/read-support.js';

const problems = (args: Record<string, unknown>): readonly string[] => flagValues(table, args).problems;

describe('the command line', () => {
  it('sets options, without blanks around their texts', () => {
    const args = { files: ' http://a ', subnet: '10.0.0.0/24', concurrency: '8', quiet: true, other: 1 };
    expect(flagValues(table, args).values).toEqual({
      files: 'http://a',
      subnet: ['10.0.0.0/24'],
      concurrency: 8,
      quiet: true,
    });
  });

  it.each([
    [{ files: ['http://a', 'http://b'] }, '--files was given 2 times; give it once.'],
    [{ files: '' }, '--files needs a value; see fleet-migrate --help.'],
    [{ files: false }, '--files needs a value; see fleet-migrate --help.'],
    [{ subnet: ['10.0.0.0/24', ' '] }, '--subnet needs a value; see fleet-migrate --help.'],
    [{ quiet: [true, true] }, '--quiet was given 2 times; give it once.'],
  ])('%j is a problem', (args, problem) => {
    expect(problems(args)).toEqual([problem]);
  });

  it('has all its problems told at once, and what is broken is left out', () => {
    const { values, broken, problems: all } = flagValues(table, { keep: '0', timeout: '1ms', concurrency: '8' });
    expect(all).toHaveLength(2);
    expect([...broken].sort()).toEqual(['keep', 'timeout']);
    expect(values).toEqual({ concurrency: 8 });
  });
});
