import { parse } from '@swc/core';
import { describe, expect, it } from '@jest/globals';
import { blocksOf } from '../../scripts/docs/pictures/blocks.js';
import { pagesWithSamples } from '../../scripts/docs/pictures/pages.js';
import * as library from '../../src/index.js';
import { textOf } from './support/repository.js';

const blocks = pagesWithSamples.flatMap((page) =>
  blocksOf(textOf(page)).flatMap(({ language, text, line }) =>
    language === 'js' ? [{ at: `${page}:${line}`, text }] : [],
  ),
);

describe('code on a page', () => {
  it('is there', () => {
    expect(blocks.length).toBeGreaterThan(0);
  });

  it.each(blocks)('$at can be parsed, and imports what there is', async ({ text }) => {
    await parse(text, { syntax: 'ecmascript', target: 'es2022' });
    const names = [...text.matchAll(/import \{ ([^}]+) \} from 'fleet-migrate'/g)].flatMap(([, all = '']) =>
      all.split(', '),
    );
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(Object.keys(library)).toContain(name);
  });
});
