import * as z from 'zod';
import { text, version, vid } from '../values.js';

const direction = z.enum(['e2m', 'm2e']);
const ruled = { rule: text, source: text };
const vidRange = { vidFrom: vid.exactOptional(), vidTo: vid.exactOptional() };

/** Case makes no difference in load names. */
const pattern = z.string().transform((written, context): RegExp => {
  try {
    return new RegExp(written, 'i');
  } catch {
    context.issues.push({ code: 'custom', message: 'expected a regular expression', input: written });
    return z.NEVER;
  }
});

const source = z.strictObject({
  text,
  asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2026-11-22'),
});

const directionRule = z.strictObject({ allowed: z.boolean(), ...vidRange, text: text.exactOptional(), ...ruled });

const model = z.strictObject({ loadFamily: text.nullable(), e2m: directionRule, m2e: directionRule });

/** The shape of `profiles/models.yaml`, in which values name their source by a key of `sources`. */
export const modelsSchema = z.strictObject({
  sources: z.record(z.string(), source),
  loadNames: z
    .array(z.strictObject({ family: z.enum(['enterprise', 'multiplatform', 'transition']), pattern, source: text }))
    .min(1),
  models: z.record(z.string().regex(/^\d{4}[A-Z]*$/, 'expected a model such as 8841 or 8851NR as the key'), model),
  warnings: z.array(z.strictObject({ models: z.array(text).min(1), direction, ...vidRange, text, ...ruled })),
  minimums: z.array(
    z.strictObject({
      direction,
      kind: z.enum(['absolute', 'recommended']),
      version,
      except: z.record(z.string(), version).default({}),
      exceptRule: text.optional(),
      ...ruled,
    }),
  ),
  multiplatformTargetFrom: z.strictObject({ version, except: z.record(z.string(), version).default({}), ...ruled }),
  typeNumbers: z.strictObject({
    source: text,
    numbers: z.record(z.string(), z.int().positive()),
  }),
  hardwareFloors: z.array(
    z.strictObject({
      models: z.array(text).min(1),
      vidFrom: vid,
      family: z.enum(['enterprise', 'multiplatform']),
      version,
      ...ruled,
    }),
  ),
  returnWithoutLicenseFrom: z.strictObject({ version, types: z.array(text).min(1), ...ruled }),
  authorizationFieldsFrom: z.strictObject({ version, ...ruled }),
  licenses: z.strictObject({
    orders: z
      .array(z.strictObject({ direction, loadFamilies: z.array(text).min(1), sku: text, supportSku: text, ...ruled }))
      .min(1),
    words: z.array(z.strictObject({ direction, pattern, source: text })),
  }),
});

export type ModelsFile = z.infer<typeof modelsSchema>;
