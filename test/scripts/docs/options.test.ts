import { describe, expect, it } from '@jest/globals';
import { optionTable } from '../../../src/conduct/options/table.js';
import { optionsMarkdown } from '../../../scripts/docs/options.js';

describe('docs/options.md', () => {
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
