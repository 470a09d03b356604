import { describe, expect, it } from '@jest/globals';
import { published, publishedSchema } from '../../../src/report/schemas/published.js';

/** The paths of fields of a JSON Schema that have no description, at any depth. */
function undescribed(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((one) => undescribed(one, path));
  const { properties = {}, ...rest } = schema as Record<string, unknown>;
  const fields = Object.entries(properties as Record<string, { description?: string }>);
  return [
    ...fields.filter(([, { description = '' }]) => description === '').map(([name]) => `${path}.${name}`),
    ...fields.flatMap(([name, field]) => undescribed(field, `${path}.${name}`)),
    ...Object.values(rest).flatMap((one) => undescribed(one, path)),
  ];
}

describe('the published schemas', () => {
  it.each(Object.keys(published))('%s describes every field', (name) => {
    expect(undescribed(publishedSchema(name))).toEqual([]);
  });
});
