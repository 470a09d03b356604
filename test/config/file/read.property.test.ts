import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { ConfigError } from '../../../src/config/yaml/config-error.js';
import { readFleetConfig } from '../../../src/config/file/read.js';
import { fleetConfigProblems } from '../../../src/config/file/problems.js';
import { configKey } from '../../../src/config/settings/option.js';
import { reading, table } from './read-support.js';
import { runs } from '../../support/depth.js';

const keys = [
  ...table.map(({ name }) => configKey(name)),
  'sites',
  'credentials',
  'north',
  'limits',
  'password',
  'subnets',
];
const values = fc.oneof(
  fc.constantFrom(
    '10.0.0.0/24',
    '10.0.0.5-40',
    '${X}',
    'file:/x',
    '30s',
    '22:00-05:00',
    'http://a',
    '1,10,10%',
    'north',
  ),
  fc.anything({ maxDepth: 0, withNullPrototype: false }).filter((value) => typeof value !== 'symbol'),
);
const documents = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    values,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), tie('node'), { maxKeys: 5 }),
  ),
}));
const mappings = fc.dictionary(fc.constantFrom(...keys), documents.node, { maxKeys: 6 });

/** YAML as people mistype it: pieces of the language in any order. */
const scribbles = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\n  ',
        '\t',
        ': ',
        '- ',
        '{',
        '}',
        '[',
        ']',
        ',',
        '#',
        '&a',
        '*a',
        '!',
        '|',
        '>',
        '---\n',
        '"',
        "'",
      ),
      fc.constantFrom('%YAML 1.1\n', '<<: *a', '? ', '__proto__', '\\', '\u2028', '\uFEFF', '\0'),
      fc.constantFrom(...keys),
      fc.string({ maxLength: 6, unit: 'binary' }),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

const written = mappings.map((data) => {
  try {
    return stringify(data);
  } catch {
    return '';
  }
});

/** What reading a text ends in: a configuration, or the error that says why not. */
function endOf(text: string): unknown {
  try {
    return readFleetConfig(text, 'f.yaml', reading({ X: 'x' }));
  } catch (error) {
    return error;
  }
}

describe.each([
  ['any text', fc.string({ unit: 'binary', maxLength: 200 })],
  ['scribbles', scribbles],
  ['any data', written],
])('%s', (_, texts) => {
  it('is a configuration or a ConfigError with its place, and there is an error just when there are problems', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const problems = fleetConfigProblems(text, 'f.yaml', reading({ X: 'x' }));
        const end = endOf(text);
        expect(end instanceof ConfigError).toBe(problems.length > 0);
        if (end instanceof ConfigError) expect(end.place).toEqual(problems[0]?.place);
        else expect(end).toMatchObject({ path: 'f.yaml' });
      }),
      { numRuns: runs(60, 400) },
    );
  });
});
