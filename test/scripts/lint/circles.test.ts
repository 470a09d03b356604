import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { circlesOf, importsWithin } from '../../../scripts/lint/circles.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

describe('circles of imports', () => {
  const folder = temporaryFolder();
  afterEach(() => folder.remove());

  it('are found in files, over folders, and also where only types are imported or passed on', () => {
    mkdirSync(folder.file('room'));
    writeFileSync(folder.file('a.ts'), `import type { B } from './room/b.js';\nexport type A = B;`);
    writeFileSync(folder.file('room/b.ts'), `export type { A as B } from '../a.js';`);
    writeFileSync(
      folder.file('c.ts'),
      `import { a } from './a.js';\nimport fs from 'node:fs';\nexport default [a, fs];`,
    );
    expect(circlesOf(importsWithin(folder.path))).toEqual([['a.ts', 'room/b.ts', 'a.ts']]);
  });

  it('are told once each, by their shortest way', () => {
    const imports = { a: ['b', 'c'], b: ['c'], c: ['a'], d: ['d'], e: ['a'] };
    expect(circlesOf(new Map(Object.entries(imports)))).toEqual([
      ['a', 'c', 'a'],
      ['b', 'c', 'a', 'b'],
      ['d', 'd'],
    ]);
  });

  it('are none where files only share what they import', () => {
    const imports = { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] };
    expect(circlesOf(new Map(Object.entries(imports)))).toEqual([]);
  });
});
