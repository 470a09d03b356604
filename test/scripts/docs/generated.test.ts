import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { generatedPages } from '../../../scripts/docs/generated.js';

describe('what is generated in docs/', () => {
  it.each(Object.entries(generatedPages))('%s is up to date (`npm run docs` renews it)', (path, renew) => {
    const page = readFileSync(path, 'utf8');
    // How JSON is laid out is prettier's, and `npm run lint` looks at that.
    if (path.endsWith('.json')) expect(JSON.parse(page)).toEqual(JSON.parse(renew(page)));
    else expect(page).toBe(renew(page));
  });
});
