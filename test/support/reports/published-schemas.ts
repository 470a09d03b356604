import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** The documents that programs are given, by the names of their schemas in docs/schemas/. */
export type DocumentName =
  'report' | 'events' | 'notify' | 'runs' | 'status' | 'diff' | 'groups' | 'lists' | 'rehearsal';

const ajv = new Ajv2020({
  allErrors: true,
  // A key of zod's that says nothing to a validator must not pass for one that does.
  strict: true,
  allowUnionTypes: true,
  formats: {
    'date-time': (text: string) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text)),
  },
});

const compiled = new Map<string, ValidateFunction>();

/**
 * Throws unless a document is as its published schema says, and has nothing that the schema does not name: a reader tolerates that, but
 * then it is not documented.
 */
export function holdToSchema(name: DocumentName, document: unknown): void {
  hold(name, document, strictly(name));
}

/** Throws unless a document is as its published schema says, as a reader takes it that tolerates what it does not know. */
export function holdToTolerantSchema(name: DocumentName, document: unknown): void {
  hold(
    name,
    document,
    compile(name, () => schemaOf(name)),
  );
}

function hold(name: string, document: unknown, validate: ValidateFunction): void {
  if (validate(document)) return;
  const errors = (validate.errors ?? []).slice(0, 5).map(({ instancePath, message, params }) => {
    return `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`;
  });
  throw new RangeError(`not as docs/schemas/${name}.schema.json says: ${errors.join('; ')}`);
}

function schemaOf(name: DocumentName): Record<string, unknown> {
  return JSON.parse(readFileSync(`docs/schemas/${name}.schema.json`, 'utf8')) as Record<string, unknown>;
}

function strictly(name: DocumentName): ValidateFunction {
  return compile(`${name} strictly`, () => {
    const schema = closed(schemaOf(name)) as Record<string, unknown>;
    return { ...schema, $id: `${String(schema['$id'])}-strict` };
  });
}

function compile(key: string, schema: () => object): ValidateFunction {
  const known = compiled.get(key) ?? ajv.compile(schema());
  compiled.set(key, known);
  return known;
}

/** The schema with no other keys allowed in objects whose keys it names. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in schema && schema.properties !== null && 'type' in schema
    ? { ...inner, additionalProperties: false }
    : inner;
}
