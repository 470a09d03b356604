import { describe, expect, it } from '@jest/globals';
import { refusal } from '../../../src/config/settings/read-value.js';
import { allCommands, recordCommands } from '../../../src/cli/help/command-tree.js';
import type { OptionRow } from '../../../src/conduct/options/row.js';
import { defineCommands } from '../../../src/cli/program.js';

/** Every option of every command that takes a value, once. */
const rows = new Map(
  allCommands(recordCommands(defineCommands)).flatMap(({ path, rows }) =>
    rows
      .filter(({ form }) => form.type !== 'boolean')
      .map((row): [OptionRow['form'], [string, OptionRow]] => [row.form, [`${path.join(' ')} --${row.name}`, row]]),
  ),
);

const nonsense = ['!?', '-5', '99999999999'];

describe('the example of an option', () => {
  it.each([...rows.values()])('%s: is one that it takes, and that what it refuses is told', (_, row) => {
    // A pattern without a wildcard is answered with the pattern itself, mended.
    const refused = nonsense.flatMap((text) => refusal(row, text)?.replace(`"*${text}*"`, '"*lobby*"') ?? []);
    const { example } = row.form;
    if (example !== undefined) expect(refusal(row, example)).toBeNull();
    if (refused.length > 0) expect(example).toBeDefined();
    for (const sentence of refused) expect(sentence).toContain(example);
  });

  it('of a port is one that phones or servers have, not the first number that fits', () => {
    const sentences = [...rows.values()].flatMap(([, row]) => (/-port$/.test(row.name) ? [refusal(row, '99999')] : []));
    expect(sentences.length).toBeGreaterThan(8);
    for (const sentence of sentences) expect(sentence).toMatch(/such as --[\w-]+ (?:69|6970|8080|8443|9443|9970)\.$/);
  });
});
