import * as z from 'zod';
import type { Behavior } from './behavior.js';
import { USUAL_BEHAVIOR } from './behavior.js';
import { OTHER_VALUES } from '../scenario/builtin/flag-values.js';

/** What follows a model in product ids: `-K9`, `-A-K9=`, `-3PC-EU-K9`, `-3PCC-NR-K9++=`. */
const pidEnding = /^(?:-[A-Z0-9]{1,5})*(?:\+\+)?=?$/;

/** Flags that take more than the values listed for them. */
const FREE: { readonly [Flag in keyof Behavior]?: z.ZodType } = {
  password: z.string().min(1),
  cookieSeconds: z.number().min(0),
  cookieRequests: z.number().int().min(0),
  digestNonceUses: z.number().int().min(0),
  locksOutAfter: z.number().int().min(0),
  busy: z.union([z.number().min(0), z.literal('forever')]),
  upgradeStatusText: z.string(),
  wrongVersionAfter: z.string(),
  staleRule: z.string(),
  previousRows: z.array(z.string()),
  pidEnding: z.string().regex(pidEnding, 'expected an ending of product ids, such as -K9= or -A-K9++='),
  productEnding: z
    .string()
    .regex(
      new RegExp(`^(?=-3P)${pidEnding.source.slice(1)}`),
      'expected an ending of product ids, such as -3PCC-NR-K9 or -3PC-EU-K9=',
    ),
};

/** The flags of a device as a scenario file may set them: any of them, each to one of its values. */
export const behaviorSchema = z
  .strictObject(
    Object.fromEntries((Object.keys(USUAL_BEHAVIOR) as (keyof Behavior)[]).map((flag) => [flag, valuesOf(flag)])),
  )
  .partial();

/** What a flag may be, by what its listed values are. */
function valuesOf(flag: keyof Behavior): z.ZodType {
  const free = FREE[flag];
  if (free !== undefined) return free;
  const values: readonly unknown[] = [USUAL_BEHAVIOR[flag], ...OTHER_VALUES[flag]];
  if (values.every((value) => typeof value === 'boolean')) return z.boolean();
  if (values.every((value) => typeof value === 'string')) return z.enum(values as [string, ...string[]]);
  return z.literal(values as number[]);
}
