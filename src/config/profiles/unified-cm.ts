import { join } from 'node:path';
import * as z from 'zod';
import type { Models, Sourced } from '../../domain/phone/models.js';
import type { UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import { ConfigError, findingAt, readYamlFile, validate } from '../yaml/read.js';
import { shippedProfilesDir } from './shipped.js';
import { text } from './values.js';

/** Anywhere in a text; case makes no difference. */
const pattern = z.string().transform((written, context): RegExp => {
  try {
    return new RegExp(written, 'i');
  } catch {
    context.issues.push({ code: 'custom', message: 'expected a regular expression', input: written });
    return z.NEVER;
  }
});
const withRows = pattern.refine(
  ({ source }) => source.includes('(?<rows>'),
  'expected a group (?<rows>…) for the number of rows',
);

const tag = z.string().regex(/^[A-Za-z_][\w.-]*$/, 'expected the name of a tag');
const texts = z.array(text);
const count = z.int().min(1).max(10_000);
const role = z.strictObject({ anyOf: texts.min(1), beside: texts, source: text });

const schema = z.strictObject({
  sources: z.record(
    z.string(),
    z.strictObject({ text, asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2026-11-22') }),
  ),
  roles: z.strictObject({
    read: role,
    write: role,
    realTime: role,
    services: role,
    others: z.strictObject({ names: texts, source: text }),
  }),
  statusReasons: z.strictObject({
    none: z.array(z.int()),
    byNumber: z.record(z.string().regex(/^\d{1,4}$/, 'expected a number'), text),
    source: text,
  }),
  faults: z.strictObject({
    memory: pattern,
    tooLarge: withRows,
    rate: pattern,
    notFound: pattern,
    notAuthorized: pattern,
    source: text,
  }),
  notFoundCodes: z.strictObject({ codes: z.array(z.int()).min(1), source: text }),
  webAccess: z.strictObject({ tag, on: text, off: text, source: text }),
  loadServer: z.strictObject({ tags: z.array(tag).min(1), source: text }),
  tftpService: z.strictObject({ name: text, started: text, notActivated: pattern, source: text }),
  notNodes: z.strictObject({ names: texts, source: text }),
  realTime: z.strictObject({
    requestsPerMinute: count,
    namesPerRequest: count,
    devicesPerAnswer: count,
    source: text,
  }),
});

/**
 * Reads `profiles/unified-cm.yaml`, or another file of its shape, with the model numbers that the models have.
 * @throws ConfigError when the file cannot be read, does not have the shape or names a source that it does not list
 */
export function loadUnifiedCm(
  { typeNumbers }: Pick<Models, 'typeNumbers'>,
  path: string = join(shippedProfilesDir(), 'unified-cm.yaml'),
): UcmKnowledge {
  const data = readYamlFile(path);
  const file = validate(schema, data, path);
  const sourced = <T extends { source: string }>(value: T, ...keys: string[]): T & Sourced => {
    const source = Object.hasOwn(file.sources, value.source) ? file.sources[value.source] : undefined;
    if (source) return { ...value, source: source.text, asOf: source.asOf };
    const problem = `there is no source ${JSON.stringify(value.source)} under sources`;
    const finding = findingAt(data, path, [...keys, 'source'], problem);
    throw new ConfigError(finding.place, finding.problem);
  };
  const { roles, statusReasons } = file;
  return {
    modelsByNumber: new Map([...typeNumbers.numbers].map(([model, number]) => [number, model])),
    roles: {
      read: sourced(roles.read, 'roles', 'read'),
      write: sourced(roles.write, 'roles', 'write'),
      realTime: sourced(roles.realTime, 'roles', 'realTime'),
      services: sourced(roles.services, 'roles', 'services'),
      others: sourced(roles.others, 'roles', 'others'),
    },
    statusReasons: {
      ...sourced(statusReasons, 'statusReasons'),
      none: new Set(statusReasons.none),
      byNumber: new Map(Object.entries(statusReasons.byNumber).map(([number, word]) => [Number(number), word])),
    },
    faults: sourced(file.faults, 'faults'),
    notFoundCodes: sourced(file.notFoundCodes, 'notFoundCodes'),
    webAccess: sourced(file.webAccess, 'webAccess'),
    loadServer: sourced(file.loadServer, 'loadServer'),
    tftpService: sourced(file.tftpService, 'tftpService'),
    notNodes: sourced(file.notNodes, 'notNodes'),
    realTime: sourced(file.realTime, 'realTime'),
  };
}
