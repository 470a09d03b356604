import { afterAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { isUsageError } from '../../../src/domain/text/usage-error.js';
import { check, ConfigError, findingAt, parseYaml, readYamlFile, validate } from '../../../src/config/yaml/read.js';
import { messageOf, temporaryFiles } from '../support/temporary-files.js';

const files = temporaryFiles();
afterAll(() => files.remove());

const schema = z.strictObject({
  title: z.string().min(1),
  kind: z.enum(['one', 'two']),
  items: z.array(z.strictObject({ name: z.string(), size: z.number().optional() })).min(1),
  table: z.record(z.string().regex(/^\d{4}$/, 'expected four digits as the key'), z.string()).optional(),
});

/** The complaint about a document, without the file's name in front. */
function complaint(text: string): string {
  return messageOf(() => validate(schema, parseYaml(text, 'f.yaml'), 'f.yaml')).replace(/^f\.yaml/, '');
}

describe('a YAML file', () => {
  it('is read into plain data; dates and versions stay texts', () => {
    const path = files.write('plain.yaml', "a: 2026-11-22\nb: 12.0.3\nc: 12.0(3)SR1\nd: ['7811', 7811]\n");
    expect(readYamlFile(path)).toEqual({ a: '2026-11-22', b: '12.0.3', c: '12.0(3)SR1', d: ['7811', 7811] });
  });

  it('that is not there is a usage error with its name', () => {
    const path = `${files.dir}/none.yaml`;
    expect(messageOf(() => readYamlFile(path))).toBe(`${path}: there is no such file.`);
    try {
      readYamlFile(path);
    } catch (error) {
      expect(isUsageError(error)).toBe(true);
      expect(error).toBeInstanceOf(ConfigError);
      expect((error as ConfigError).place).toEqual({ file: path, path: '', line: null, column: null });
    }
    expect.assertions(4);
  });

  it('that is a folder is a usage error', () => {
    expect(messageOf(() => readYamlFile(files.dir))).toBe(`${files.dir}: this is a folder, not a file.`);
  });

  it.each([
    ['a: 1\n b: 2\n', /^f\.yaml:\d+:\d+: this is not valid YAML: .*\.$/],
    ['a:\n\tb: 1\n', /^f\.yaml:2:1: this is not valid YAML: /],
    ['a: 1\nb: 2\na: 3\n', /^f\.yaml:3:1: this is not valid YAML: map keys must be unique\.$/],
    ['a: "open\n', /^f\.yaml:2:1: this is not valid YAML: /],
    ['a: !secret x\n', /^f\.yaml:1:4: this is not valid YAML: unresolved tag: !secret\.$/],
    ['a: 1\n---\nb: 2\n', /^f\.yaml:\d+:\d+: this is not valid YAML: .*\.$/],
  ])('%j is told with line and column', (text, expected) => {
    expect(messageOf(() => parseYaml(text, 'f.yaml'))).toMatch(expected);
  });

  it('whose aliases would unfold into a giant is refused', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(', ')}]`,
    );
    const bomb = ['l0: &l0 [x, x, x, x, x, x, x, x, x]', ...levels].join('\n');
    expect(messageOf(() => parseYaml(bomb, 'f.yaml'))).toBe('f.yaml: its aliases (*name) cannot be resolved.');
  });

  it('whose alias names nothing is refused', () => {
    expect(messageOf(() => parseYaml('a: *nobody\n', 'f.yaml'))).toBe(
      'f.yaml: its aliases (*name) cannot be resolved.',
    );
  });
});

describe('data that does not fit', () => {
  const good = 'title: x\nkind: one\nitems: [{ name: a }]\n';

  it('fits when it does', () => {
    expect(validate(schema, parseYaml(good, 'f.yaml'), 'f.yaml')).toEqual({
      title: 'x',
      kind: 'one',
      items: [{ name: 'a' }],
    });
  });

  it.each([
    [
      'a missing key',
      'kind: one\nitems: [{ name: a }]\n',
      ':1:1: title: is missing, expected a text (quote it if it looks like a number).',
    ],
    [
      'a number for a text',
      good.replace('x', '12.0'),
      ':1:1: title: expected a text (quote it if it looks like a number), found 12.',
    ],
    ['an empty text', good.replace('x', "''"), ':1:1: title: expected a text, found an empty one.'],
    [
      'a word that is not offered',
      good.replace('one', 'three'),
      ':2:1: kind: expected one of "one", "two", found "three".',
    ],
    [
      'a word that is missing',
      good.replace('kind: one\n', ''),
      ':1:1: kind: is missing, expected one of "one", "two".',
    ],
    ['an empty list', 'title: x\nkind: one\nitems: []\n', ':3:1: items: expected a list of at least 1.'],
    ['a group for a list', 'title: x\nkind: one\nitems: {}\n', ':3:1: items: expected a list, found a group of keys.'],
    [
      'something deep inside',
      'title: x\nkind: one\nitems:\n  - name: a\n  - name: b\n    size: big\n',
      ':6:5: items[1].size: expected a number, found "big".',
    ],
    [
      'a key that is not as it should be',
      `${good}table:\n  '7811': a\n  abc: b\n`,
      ':6:3: table.abc: expected four digits as the key.',
    ],
    ['a misspelled key', `${good}titel: y\n`, ':4:1: titel: unknown key, did you mean "title"?'],
    ['an unknown key', `${good}color: red\n`, ':4:1: color: unknown key, known are title, kind, items, table.'],
    ['nothing at all', '', ': expected a group of keys, found null.'],
    ['a text for a document', 'hello', ': expected a group of keys, found "hello".'],
  ])('%s is told in one sentence with its place', (_, text, expected) => {
    expect(complaint(text)).toBe(expected);
  });

  it('says how much more is wrong, and the misspelled key before what is missing for it', () => {
    expect(complaint('tytle: x\nkind: 1\nitems: [{ name: a }]\n')).toBe(
      ':1:1: tytle: unknown key, did you mean "title"? (and 2 more).',
    );
  });

  it('can be had as a list', () => {
    const result = check(schema, parseYaml('title: 1\nkind: 2\nitems: 3\n', 'f.yaml'), 'f.yaml');
    expect('findings' in result && result.findings.map(({ place }) => place.line)).toEqual([1, 2, 3]);
  });

  it('is told without a position when it did not come from a file', () => {
    expect(messageOf(() => validate(schema, { title: 1, kind: 'one', items: [{ name: 'a' }] }, 'given'))).toMatch(
      /^given: title: expected a text/,
    );
  });

  it('finds its place behind an alias, at keys that are numbers, and around what is not there', () => {
    const data = parseYaml('first: &a\n  name: x\nsecond: *a\n7811:\n  deep: [1, 2]\n', 'f.yaml');
    const line = (...path: (string | number)[]) => findingAt(data, 'f.yaml', path, '').place;
    expect(line('second', 'name')).toMatchObject({ line: 2, column: 3, path: 'second.name' });
    expect(line('7811', 'deep', 1)).toMatchObject({ line: 5, column: 13, path: '7811.deep[1]' });
    expect(line('7811', 'none', 'at all')).toMatchObject({ line: 4, column: 1, path: '7811.none["at all"]' });
  });

  it('is cut short when it is long', () => {
    expect(complaint(good.replace('one', 'y'.repeat(1_000))).length).toBeLessThan(150);
  });
});

describe('two keys', () => {
  const problemOf = (text: string): string => messageOf(() => parseYaml(text, 'f.yaml', { asWritten: true }));

  it.each(['7: a\n"7": b\n', 'true: a\n"true": b\n', '07: a\n07: b\n'])(
    '%j are the same: one would be lost',
    (text) => {
      expect(problemOf(text)).toMatch(/^f\.yaml:2:1: this is not valid YAML: map keys must be unique/i);
    },
  );

  it.each(['7: a\n07: b\n', '1e1: a\n10: b\n'])('%j differ as they are written', (text) => {
    expect(Object.values(parseYaml(text, 'f.yaml', { asWritten: true }) as object)).toHaveLength(2);
  });
});
