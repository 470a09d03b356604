import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { generatedPages } from '../../../scripts/docs/generated.js';

/** Code without what prettier decides. */
const loose = (code: string): string => code.replaceAll(/\s+/g, ' ').replaceAll(/(?<=[=:]) \| /g, ' ');

describe('what is generated', () => {
  it.each(Object.entries(generatedPages))('%s is up to date (`npm run docs` renews it)', (path, renew) => {
    const page = readFileSync(path, 'utf8');
    // How JSON and code are laid out is prettier's, and `npm run lint` looks at that.
    if (path.endsWith('.json')) expect(JSON.parse(page)).toEqual(JSON.parse(renew(page)));
    else if (path.endsWith('.ts')) expect(loose(page)).toBe(loose(renew(page)));
    else expect(page).toBe(renew(page));
  });
});
