import { describe, expect, it } from '@jest/globals';
import { filesAt, linesAt } from './support/repository.js';

const pages = ['README.md', 'CONTRIBUTING.md', 'docs', 'src', 'profiles', 'scripts'];
const ours = /(?<![\w/.-])(?:src|test|docs|profiles|examples|scripts|bench|\.ci)\/[\w./-]*/g;

describe('every path that a page names is there', () => {
  const files = filesAt('src', 'test', 'docs', 'profiles', 'examples', 'scripts', 'bench', '.ci');
  const named = linesAt(...pages).flatMap(({ file, number, text }) =>
    [...text.matchAll(ours)].map(([path]) => ({ at: `${file}:${String(number)}`, path: path.replace(/[.,]$/, '') })),
  );

  it.each(['docs/architecture.md', 'docs/development.md', 'docs/knowledge/README.md'])('%s names some', (page) => {
    expect(named.filter(({ at }) => at.startsWith(page))).not.toEqual([]);
  });

  it('as a file, a folder, or the beginning of the names of tests', () => {
    const missing = named.filter(
      ({ path }) =>
        !files.some((file) => file === path || file.startsWith(path.endsWith('/') ? path : `${path}/`)) &&
        !files.some((file) => file.startsWith(path) && file.endsWith('.test.ts')),
    );
    expect(missing).toEqual([]);
  });
});
