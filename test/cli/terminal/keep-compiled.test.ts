import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { keepCompiled } from '../../../src/cli/terminal/keep-compiled.js';

function folderFor(env: NodeJS.ProcessEnv): string[] {
  const folders: string[] = [];
  keepCompiled({ enableCompileCache: (folder) => folders.push(folder) }, env);
  return folders;
}

describe('what was compiled', () => {
  it('is kept in the cache folder of the user, and nowhere that others may write to', () => {
    expect(folderFor({})).toEqual([join(homedir(), '.cache', 'fleet-migrate')]);
    expect(folderFor({ XDG_CACHE_HOME: '/home/me/cache' })).toEqual(['/home/me/cache/fleet-migrate']);
    expect(folderFor({ XDG_CACHE_HOME: 'cache' })).toEqual([join(homedir(), '.cache', 'fleet-migrate')]);
  });

  it('is not kept by a Node that cannot, or where there is no such folder', () => {
    const refuses = (): never => {
      throw new Error('no home');
    };
    expect(() => keepCompiled({}, {})).not.toThrow();
    expect(() => keepCompiled({ enableCompileCache: refuses }, {})).not.toThrow();
  });
});
