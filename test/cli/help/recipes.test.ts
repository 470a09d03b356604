import { describe, expect, it } from '@jest/globals';
import { recipes, recipesText } from '../../../src/cli/help/recipes.js';
import { optionTable } from '../../../src/conduct/options/table.js';

const lines = recipesText().split('\n');
/** The commands to copy, each on one line. */
const copied = [
  ...recipesText()
    .replaceAll(' \\\n', '')
    .matchAll(/^ {2}fleet-migrate (.*)$/gm),
].map(([, line]) => line);

describe('the short help of the whole program', () => {
  it('is twenty lines that fit on a usual terminal', () => {
    expect(recipesText().trimEnd().split('\n').length).toBeLessThanOrEqual(20);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it.each([40, 60, 100])('fits on a terminal of %d columns, and its commands can still be copied', (width) => {
    const text = recipesText(width);
    expect(text.split('\n').filter((line) => line.length > width)).toEqual([]);
    const copied = text.replaceAll(/ \\\n +/g, ' ').match(/^ {2}fleet-migrate .*$/gm);
    expect(copied?.map((line) => line.trim())).toEqual(recipes.map(({ line }) => line));
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
      copied.map((line = '') => [line.startsWith('audit '), line.includes('--dry-run'), line.includes('--yes')]),
    ).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, false],
    ]);
  });
});
