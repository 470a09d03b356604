import { describe, expect, it } from '@jest/globals';
import { deadEnd, headingsOf, relativeLinksAt } from './support/markdown.js';
import { filesAt, linesAt, textOf, type Line } from './support/repository.js';

const pages = ['docs', 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', '.github'];
const knowing = ['src', 'profiles', 'docs', 'examples', 'README.md'];
const everything = [...knowing, ...pages, 'test', 'scripts', 'bench', 'eslint.config.js'];

/** `file:line` and what is wrong there, for every find of a pattern that is found wrong. */
function faults(lines: readonly Line[], pattern: RegExp, wrong: (found: string) => string | null): string[] {
  return lines.flatMap(({ file, number, text }) =>
    [...text.matchAll(pattern)].flatMap(([whole, found = whole]) => {
      const why = wrong(found);
      return why === null ? [] : [`${file}:${String(number)} ${whole}: ${why}`];
    }),
  );
}

describe('every reference leads somewhere', () => {
  it('to a page of docs, and to its heading', () => {
    const lines = linesAt(...everything);
    const pattern = /(?<![\w/.-])(docs\/[\w./-]+\.md(?:#[\w-]+)?)/g;
    expect(lines.some(({ text }) => text.includes('docs/knowledge/'))).toBe(true);
    expect(faults(lines, pattern, (found) => deadEnd(found, 'README.md'))).toEqual([]);
  });

  it('from one page to another, and within a page', () => {
    const links = relativeLinksAt(...pages);
    expect(links.length).toBeGreaterThan(100);
    const dead = links.flatMap(({ file, number, target }) => {
      const why = deadEnd(target, file);
      return why === null ? [] : [`${file}:${String(number)} ${target}: ${why}`];
    });
    expect(dead).toEqual([]);
  });

  it('to one heading: no page has the same twice, as when a part of it was pasted again', () => {
    const pagesOfDocs = filesAt('docs').filter((file) => file.endsWith('.md'));
    const twice = pagesOfDocs.flatMap((file) => {
      const headings = headingsOf(file);
      return headings.filter((heading, at) => headings.indexOf(heading) < at).map((heading) => `${file}: ${heading}`);
    });
    expect(twice).toEqual([]);
  });

  it('to a rule of the guide', () => {
    const rules = new Set(headingsOf('docs/knowledge/migration-guide.md').map((heading) => heading.split('.')[0]));
    expect([...rules].filter((rule) => /^G\d+$/.test(rule ?? ''))).toHaveLength(13);
    expect(faults(linesAt(...knowing), /\bG\d{1,2}\b/g, (rule) => (rules.has(rule) ? null : 'no such rule'))).toEqual(
      [],
    );
  });

  it('to nothing outside of the project', () => {
    const outside = new RegExp(`\\bfact${'s'}/(?!.*\\.js')|DESIG${'N'}`, 'g');
    expect(faults(linesAt(...everything), outside, () => 'no page of this project')).toEqual([]);
  });
});

describe('every source has a name', () => {
  const guide = headingsOf('docs/knowledge/migration-guide.md').map((heading) => heading.split('.')[0] ?? '');
  const named = new Set([
    ...guide,
    ...[...textOf('docs/knowledge/sources.md').matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, names = '']) =>
      names.split(', '),
    ),
  ]);

  it('that a mark of docs/knowledge cites', () => {
    const marks = linesAt('docs/knowledge').flatMap(({ file, number, text }) =>
      [...text.matchAll(/`\[([A-Z]) ([^\]]+)\]`/g)].flatMap(([, , names = '']) =>
        names.split(', ').map((name) => ({ at: `${file}:${String(number)}`, name })),
      ),
    );
    expect(marks.length).toBeGreaterThan(50);
    expect(marks.filter(({ name }) => !named.has(name))).toEqual([]);
  });

  it('that a verdict shows as its rule', () => {
    const pattern = /\b(?:rule|exceptRule): ([\w-]+)/g;
    const lines = linesAt('profiles/models.yaml');
    expect(lines.some(({ text }) => text.includes('rule: FN'))).toBe(true);
    expect(faults(lines, pattern, (rule) => (named.has(rule) ? null : 'not in docs/knowledge/sources.md'))).toEqual([]);
  });

  it('for every mark that is used, its meaning', () => {
    const table = textOf('docs/knowledge/README.md');
    const wrong = (mark: string): string | null =>
      table.includes(`| \`[${mark}]\` |`) ? null : 'a mark without a meaning';
    expect(faults(linesAt('docs/knowledge'), /`\[([A-Z])(?: [^\]]+)?\]`/g, wrong)).toEqual([]);
    expect(faults(linesAt('profiles'), /(?<=# |[ (])\[([A-Z])\]/g, wrong)).toEqual([]);
  });
});
