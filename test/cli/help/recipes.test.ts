import { describe, expect, it } from '@jest/globals';
import { recipesText } from '../../../src/cli/help/recipes.js';
import { optionTable } from '../../../src/cli/options/table.js';

const lines = recipesText().split('\n');
/** The commands to copy, each on one line. */
const recipes = [
  ...recipesText()
    .replaceAll(' \\\n', '')
    .matchAll(/^ {2}fleet-migrate (.*)$/gm),
].map(([, line]) => line);

describe('the short help of the whole program', () => {
  it('is about twenty lines that fit on any terminal', () => {
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.filter((line) => line.length > 84)).toEqual([]);
  });

  it('names options that there are, with the words for their values where these are short', () => {
    const named = lines.flatMap((line) => /^ {2}--([\w-]+)/.exec(line)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(6);
    for (const name of named) expect(optionTable.map((row) => row.name)).toContain(name);
  });

  it('leads to everything else', () => {
    for (const more of ['--help', 'COMMAND -h', 'explain', 'man fleet-migrate', 'docs/'])
      expect(recipesText()).toContain(more);
  });

  it('has three: an audit, a dry run, the real run', () => {
    expect(
      recipes.map((line = '') => [line.startsWith('audit '), line.includes('--dry-run'), line.includes('--yes')]),
    ).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, false],
    ]);
  });
});
