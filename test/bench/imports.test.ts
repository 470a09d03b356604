import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

// Benches run by hand and import what is built: without this, a file that moves would leave them broken for weeks.
describe('what bench/ imports of the build', () => {
  it.each(readdirSync('bench').filter((name) => name.endsWith('.mjs')))('%s: is made from a file of src/', (name) => {
    const built = readFileSync(`bench/${name}`, 'utf8').matchAll(/'\.\.\/dist\/([^']+)\.js'/g);
    const missing = [...built].map(([, path]) => `src/${path}.ts`).filter((path) => !existsSync(path));
    expect(missing).toEqual([]);
  });
});
