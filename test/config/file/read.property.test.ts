import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readFleetConfig } from '../../../src/config/file/read.js';
import { parseAddressRange } from '../../../src/domain/network/ipv4.js';
import { refusal } from '../../../src/config/settings/read-value.js';
import { configKey } from '../../../src/config/settings/option.js';
import { reading, table } from './read-support.js';
import { runs } from '../../support/depth.js';
import { anyText } from '../../support/any-text.js';

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
      anyText({ maxLength: 6 }),
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

describe.each([
  ['any text', anyText({ maxLength: 200 })],
  ['scribbles', scribbles],
  ['any data', written],
])('%s', (_, texts) => {
  it('is read without an error, and what is broken in it is neither among its values nor among its sites', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { config, findings } = readFleetConfig(text, 'f.yaml', reading({ X: 'x' }));
        for (const { place, problem } of findings)
          expect([place.file, problem]).toEqual(['f.yaml', expect.stringMatching(/./)]);
        for (const [name, value] of Object.entries(config.values)) {
          const option = table.find((row) => row.name === name);
          for (const one of [value].flat()) expect(option && refusal(option, String(one))).toBeNull();
          expect(config.where[name]).toHaveLength([value].flat().length);
        }
        for (const { subnets } of config.sites)
          for (const one of subnets) expect(parseAddressRange(one)).not.toBeNull();
      }),
      { numRuns: runs(60, 400) },
    );
  });
});
