import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** Benches are not type-checked: what they name must lie in `src/` under that name. */
describe('what the benches import of ours', () => {
  const benches = readdirSync('bench').filter((name) => name.endsWith('.mjs'));
  const imported = benches.flatMap((bench) =>
    [...readFileSync(join('bench', bench), 'utf8').matchAll(/(?:fromBuild\('|from '\.\.\/src\/)([^']+)\.js'/g)].map(
      ([, path]) => ({
        bench,
        path,
      }),
    ),
  );

  it('is something', () => {
    expect(imported.length).toBeGreaterThan(10);
  });

  it.each(imported)('$bench: $path', ({ path }) => {
    expect(existsSync(join('src', `${path}.ts`))).toBe(true);
  });
});
