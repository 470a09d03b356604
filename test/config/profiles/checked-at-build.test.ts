import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { serialize } from 'node:v8';
import { afterAll, describe, expect, it } from '@jest/globals';
import { checkedIn, hashOf } from '../../../src/config/profiles/checked-at-build.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

describe('what the build has made of files', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(folder.file(name), content);
    return folder.file(name);
  };
  const paths = [write('one.yaml', 'a: [1]'), write('other.yaml', 'b: 2')];
  const made = { a: [1], pattern: /x/i, numbers: new Map([['8841', 2]]) };
  const file = write('profiles.data', serialize(new Map([[hashOf(paths), made]])));
  const checkedInFile = (path: string): ReturnType<typeof checkedIn> => checkedIn(pathToFileURL(path));
  const checked = checkedInFile(file);

  it('is found by them', () => {
    expect(checked(paths)).toEqual(made);
  });

  it('is not found once one was edited, or lost', () => {
    const [one = '', other = ''] = paths;
    expect(checked([one, write('edited.yaml', 'b: 2 ')])).toBeUndefined();
    expect(checked([one, folder.file('gone.yaml')])).toBeUndefined();
    expect(checked([one])).toBeUndefined();
    expect(checked([other, one])).toBeUndefined();
  });

  it('is not found under another name, which is the name of a profile', () => {
    const [one = ''] = paths;
    expect(checked([one, write('copy.yaml', 'b: 2')])).toBeUndefined();
  });

  it.each(['absent.data', 'broken.data'])('is nothing where there is no such file, or another: %s', (name) => {
    if (name.startsWith('broken')) write(name, '{');
    expect(checkedInFile(folder.file(name))(paths)).toBeUndefined();
  });
});
