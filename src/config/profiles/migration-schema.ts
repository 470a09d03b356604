import * as z from 'zod';
import { defaultPatienceMs, type MigrationProfile } from '../../domain/plan/migration-profile.js';
import { acceptableGrades } from '../../domain/pacing/grades.js';
import { usualWriteMethods, writeMethods } from '../../domain/plan/write-methods.js';
import { duration, text, version } from './values.js';

const direction = z.enum(['e2m', 'm2e', 'none']);

/** Load names by load family; `.loads` at their end is dropped. */
const loads = z.record(
  z.string(),
  text.transform((name) => name.replace(/\.loads$/i, '')),
);

const timing = z.strictObject({
  pollInterval: duration.default(15_000),
  settle: duration.default(2_000),
  patience: duration.default(defaultPatienceMs),
  upgradeDeadline: duration.default(45 * 60_000),
  authorizeDeadline: duration.default(10 * 60_000),
  usual: duration.default(15 * 60_000),
  idleWait: duration.default(10 * 60_000),
  stopGrace: duration.default(60_000),
});

/** The shape of a file in `profiles/migrations/`. The profile's name is the file's. */
export const migrationSchema = z.strictObject({
  description: text,
  source: text,
  goal: z.enum(['convert', 'authorize', 'upgrade']),
  direction,
  requires: z.strictObject({
    family: z.enum(['enterprise', 'multiplatform', 'transition']),
    absolute: version.nullable().default(null),
    recommended: version.nullable().default(null),
  }),
  loads: loads.default({}),
  stepUpLoads: loads.default({}),
  transitionLoads: loads.default({}),
  upgradeRule: text.nullable().default(null),
  authorizationRule: text.nullable().default(null),
  authorizationType: text.nullable().default(null),
  retrigger: z.partialRecord(z.enum(['http', 'https', 'tftp']), text).default({}),
  evidence: z.array(z.enum(['phone-on-load', 'authorization-row', 'authorization-type-shown'])).min(1),
  accept: z.array(z.enum(acceptableGrades)).default([]),
  ways: z
    .array(z.enum(writeMethods))
    .min(1)
    .default([...usualWriteMethods]),
  timing: timing.prefault({}),
}) satisfies z.ZodType<Omit<MigrationProfile, 'name'>>;
