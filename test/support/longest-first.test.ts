import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

interface Tests {
  path: string;
}
interface Sequencer {
  longest: readonly string[];
  default: new (options: { contexts: never[]; globalConfig: object }) => { sort: (tests: Tests[]) => Tests[] };
}
// It is JavaScript, as jest itself loads it.
const { longest, default: LongestFirst } = (await import('./longest-first.js' as string)) as Sequencer;

function inOrder(paths: readonly string[]): string[] {
  const tests = paths.map((path) => ({ path, context: { config: { cache: false }, hasteFS: { getSize: () => 1 } } }));
  return new LongestFirst({ contexts: [], globalConfig: {} }).sort(tests).map(({ path }) => path);
}

describe('the order of the test files', () => {
  it.each(longest)('knows %s, which is there', (path) => {
    expect(existsSync(path)).toBe(true);
  });

  it('begins with those that take longest; those that compute come last', () => {
    const [first = '', second = ''] = longest;
    const other = 'test/integration/command/output.test.ts';
    const computing = 'test/docs/paths.test.ts';
    expect(inOrder([computing, other, second, first])).toEqual([first, second, other, computing]);
  });
});
