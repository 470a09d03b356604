import { join } from 'node:path';
import * as z from 'zod';
import type { SettingsFiles } from '../../domain/conversion/settings-files.js';
import type { Sourced } from '../../domain/phone/models.js';
import { ConfigError, findingAt, readYamlFile, validate } from '../yaml/read.js';
import { shippedProfilesDir } from './shipped.js';
import { text } from './values.js';

/** Over the whole path; case makes no difference. */
const name = z.string().transform((written, context): RegExp => {
  try {
    return new RegExp(`^(?:${written})$`, 'i');
  } catch {
    context.issues.push({ code: 'custom', message: 'expected a regular expression', input: written });
    return z.NEVER;
  }
});

const tag = z.string().regex(/^[A-Za-z_][\w.-]*$/, 'expected the name of a tag');

const schema = z.strictObject({
  sources: z.record(
    z.string(),
    z.strictObject({ text, asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2026-11-22') }),
  ),
  defaultLoads: z.strictObject({
    name,
    root: tag,
    load: z
      .string()
      .regex(
        /^[A-Za-z_][\w.-]*\{number\}$/,
        'expected the name of a tag that ends in {number}, such as loadInformation{number}',
      ),
    modelAttribute: tag,
    modelText: text,
    source: text,
  }),
  phone: z.strictObject({ name, root: tag, load: tag, source: text }),
  multiplatform: z.strictObject({
    names: z.array(name).min(1),
    roots: z.array(tag).min(1),
    attributes: z.record(tag, z.string()),
    source: text,
  }),
  signed: z.strictObject({ name, source: text }),
});

/**
 * Reads `profiles/settings-files.yaml`, or another file of its shape.
 * @throws ConfigError when the file cannot be read, does not have the shape or names a source that it does not list
 */
export function loadSettingsFiles(path: string = join(shippedProfilesDir(), 'settings-files.yaml')): SettingsFiles {
  const data = readYamlFile(path);
  const file = validate(schema, data, path);
  const sourced = <T extends { source: string }>(key: string, value: T): T & Sourced => {
    const source = Object.hasOwn(file.sources, value.source) ? file.sources[value.source] : undefined;
    if (source) return { ...value, source: source.text, asOf: source.asOf };
    const problem = `there is no source ${JSON.stringify(value.source)} under sources`;
    const finding = findingAt(data, path, [key, 'source'], problem);
    throw new ConfigError(finding.place, finding.problem);
  };
  return {
    defaultLoads: sourced('defaultLoads', file.defaultLoads),
    phone: sourced('phone', file.phone),
    multiplatform: sourced('multiplatform', file.multiplatform),
    signed: sourced('signed', file.signed),
  };
}
