import * as z from 'zod';

/**
 * The same schema for a file that adds to another one: every key may be left out, every list may be short. What is there must be right all
 * the same.
 */
export function partialSchema(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional) return z.optional(partialSchema(schema.unwrap() as z.ZodType));
  if (schema instanceof z.ZodObject)
    return z.strictObject(
      Object.fromEntries(
        Object.entries(schema.shape as Record<string, z.ZodType>).map(([key, one]) => [
          key,
          z.optional(partialSchema(one)),
        ]),
      ),
    );
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) {
    const one = z.optional(partialSchema(schema.valueType as z.ZodType));
    // As a group of keys: then a misspelled one is told with the key that is meant.
    return z.strictObject(Object.fromEntries(schema.keyType.options.map((key) => [String(key), one])));
  }
  return schema instanceof z.ZodArray ? z.array(partialSchema(schema.element as z.ZodType)) : schema;
}
