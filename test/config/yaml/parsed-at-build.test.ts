import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parsedIn } from '../../../src/config/yaml/parsed-at-build.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

describe('texts that the build has parsed', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  const file = folder.file('profiles.json');
  writeFileSync(file, JSON.stringify({ [createHash('sha256').update('a: [1]').digest('hex')]: { a: [1] } }));
  const parsed = parsedIn(pathToFileURL(file));

  it('give their data, each time one of its own', () => {
    const data = parsed('a: [1]');
    expect(data).toEqual({ a: [1] });
    expect(parsed('a: [1]')).not.toBe(data);
  });

  it('give nothing for a text that was edited', () => {
    expect(parsed('a: [1] ')).toBeUndefined();
  });

  it.each(['absent.json', 'broken.json'])('are none where there is no such file, or no JSON: %s', (name) => {
    if (name.startsWith('broken')) writeFileSync(folder.file(name), '{');
    expect(parsedIn(pathToFileURL(folder.file(name)))('a: [1]')).toBeUndefined();
  });
});
