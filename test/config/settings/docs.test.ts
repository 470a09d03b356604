import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { optionTable } from '../../../src/conduct/options/table.js';
import { fleetConfigJsonSchema } from '../../../src/config/file/schema.js';
import { problemsOf, reading, table } from '../file/read-support.js';

const file = (path: string): URL => new URL(`../../../${path}`, import.meta.url);

describe('the JSON Schema', () => {
  const schema = fleetConfigJsonSchema(table) as {
    properties: Record<string, Record<string, unknown>>;
    required?: unknown;
  };

  it('has every option that the file can set, by itself', () => {
    expect(Object.keys(schema.properties)).toHaveLength(table.length - 1 + 2);
    expect(schema.properties['httpPort']).toEqual({
      // A number that is quoted is read as well.
      type: ['integer', 'string'],
      minimum: 1,
      maximum: 65_535,
      default: 80,
      description: 'Port for http',
    });
    expect(schema.properties['scheme']).toMatchObject({
      type: 'string',
      enum: ['auto', 'http', 'https'],
      default: 'auto',
    });
    expect(schema.properties['config']).toBeUndefined();
  });

  it('allows no other key and needs none', () => {
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(schema.required).toBeUndefined();
  });

  it('allows a password only by reference', () => {
    const { pattern } = (
      schema.properties['credentials'] as { items: { properties: { password: { pattern: string } } } }
    ).items.properties.password;
    const allowed = new RegExp(pattern, 'u');
    expect(['${PW}', 'file:/run/pw', 'hunter2', '$PW'].map((text) => allowed.test(text))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('docs/configuration.md', () => {
  it('shows only what works', () => {
    const samples = [...readFileSync(file('docs/configuration.md'), 'utf8').matchAll(/```yaml\n([^`]*)```/g)];
    expect(samples.length).toBeGreaterThan(1);
    const found = { '/run/secrets/phones-basement': 'x' };
    const options = { ...reading({ PHONE_ADMIN_PASSWORD: 'x' }, found), options: optionTable };
    for (const [, sample = ''] of samples) expect(problemsOf(sample, options)).toEqual([]);
  });
});

describe('examples/fleet-migrate.yaml', () => {
  it('is good', () => {
    const text = readFileSync(file('examples/fleet-migrate.yaml'), 'utf8');
    const options = { ...reading({}), options: optionTable };
    expect(problemsOf(text, options)).toEqual([]);
  });
});
