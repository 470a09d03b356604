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

  it('begins with those that take longest, and spreads the computing ones between them and the other waiting ones', () => {
    const [first = '', second = ''] = longest;
    const other = 'test/integration/command/output.test.ts';
    const [a, b, c] = ['test/support/covering.test.ts', 'test/docs/paths.test.ts', 'test/docs/references.test.ts'];
    const order = inOrder([a, other, b, second, c, first]);
    expect(order.filter((path) => path.includes('integration'))).toEqual([first, second, other]);
    expect(order.map((path) => path.includes('integration'))).toEqual([true, false, true, false, true, false]);
  });
});
