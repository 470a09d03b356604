import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { optionTable } from '../../../src/cli/options/table.js';
import { optionsMarkdown } from '../../../src/cli/options/options-markdown.js';

describe('docs/options.md', () => {
  it('is up to date (renew it with UPDATE_DOCS=1 before the test command)', () => {
    const path = new URL('../../../docs/options.md', import.meta.url);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, optionsMarkdown());
    expect(readFileSync(path, 'utf8')).toBe(optionsMarkdown());
  });

  it('has one row for each option, with its default', () => {
    const rows = optionsMarkdown()
      .split('\n')
      .filter((line) => line.startsWith('| `--'));
    expect(rows).toHaveLength(optionTable.length);
    expect(rows).toContainEqual(expect.stringMatching(/^\| `--timeout DURATION` \| `3s` \| /));
    expect(rows).toContainEqual(expect.stringMatching(/^\| `--step-up` \| on \| /));
    // Three cells: a bar in a text would make a fourth.
    for (const row of rows) expect(row.replaceAll('\\|', '').match(/\|/g)).toHaveLength(4);
  });
});
