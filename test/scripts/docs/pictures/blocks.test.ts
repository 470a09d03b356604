import { describe, expect, it } from '@jest/globals';
import { blocksOf, withSamples } from '../../../../scripts/docs/pictures/blocks.js';

const page = `# A page

<!-- sample: one -->

\`\`\`text
$ fleet-migrate runs
old
\`\`\`

1. A step:

   <!-- sample: two -->

   \`\`\`text
   \`\`\`

\`\`\`
fleet-migrate runs   # typed
\`\`\`
`;

describe('the blocks of a page', () => {
  it('have their names, their lines, and their text as it stands', () => {
    expect(blocksOf(page)).toEqual([
      { language: 'text', text: '$ fleet-migrate runs\nold', line: 5, sample: 'one' },
      { language: 'text', text: '', line: 14, sample: 'two' },
      { language: '', text: 'fleet-migrate runs   # typed', line: 17, sample: null },
    ]);
  });

  it('get what is made now, as far to the right as they stand, and are found again', () => {
    const made = new Map([
      ['one', 'new'],
      ['two', 'first\n\n  second $&'],
    ]);
    const renewed = withSamples(page, made);
    expect(renewed).toContain('\n   ```text\n   first\n\n     second $&\n   ```\n');
    expect(blocksOf(renewed).map(({ text }) => text)).toEqual(['new', made.get('two'), 'fleet-migrate runs   # typed']);
    expect(withSamples(page, new Map())).toBe(page);
  });
});
