import { truncateSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readTextFile } from '../../../src/config/yaml/read-text.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

describe('readTextFile', () => {
  it('reads a whole text, also where a letter lies across two pieces', () => {
    const text = `${'x'.repeat(65_535)}é${'y'.repeat(70_000)}`;
    writeFileSync(folder.file('text'), text);
    expect(readTextFile(folder.file('text'))).toBe(text);
  });

  it('reads an empty one', () => {
    writeFileSync(folder.file('empty'), '');
    expect(readTextFile(folder.file('empty'))).toBe('');
  });

  it.each([
    ['none', 'ENOENT'],
    ['.', 'EISDIR'],
    ['large', 'EFBIG'],
  ])('says why it cannot read %s: %s', (name, code) => {
    writeFileSync(folder.file('large'), '');
    truncateSync(folder.file('large'), 17 * 1_048_576);
    expect(() => readTextFile(folder.file(name))).toThrow(expect.objectContaining({ code }));
  });
});
