import * as z from 'zod';
import { type HintName, hintNames } from '../../domain/network/chosen-column.js';
import type { Site } from '../../domain/network/site.js';
import type { WrittenCredentials } from '../../domain/network/written-site.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { isUsageError, UsageError } from '../../domain/text/usage-error.js';
import { secretReference } from '../file/schema.js';
import { type ConfigOption, listed, type Written } from './option.js';

/** What is stored of a run for a resume: its settings as written, and the profile stored when the run began. */
export interface KeptSettings {
  /** By option name. */
  args: Readonly<Record<string, Written>>;
  profile: MigrationProfile | null;
  sites: readonly KeptSite[];
  /** The phones that `--from-run` selected: that run may be deleted, or no longer be the latest. Absent: none. */
  ofRun?: KeptPhones | undefined;
}

/** A site as a run had it, without its credentials. */
export interface KeptSite extends Site {
  /** Where the run found the passwords of a site of the store. Absent: the configuration file says it. */
  references?: readonly WrittenCredentials[] | undefined;
}

/** Phones of an earlier run, as they were selected when the run began. */
interface KeptPhones {
  run: string;
  phones: readonly { address: string | null; hint: Readonly<Partial<Record<HintName, string>>> }[];
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const texts = z.array(z.string());

const siteSchema = z.looseObject({
  name: z.string(),
  subnets: texts,
  targets: texts,
  inventories: texts,
  tags: texts,
  limits: z.looseObject({
    maxUpgrading: z.number().nullable(),
    window: texts,
    timeZone: z.string().nullable(),
  }),
  files: z.string().nullable(),
  credentials: z.array(z.never()),
  references: z
    .array(z.object({ username: z.string(), password: z.string().regex(secretReference), subnets: texts }))
    .optional(),
});

/** The fields that a run needs; those unknown to older versions may be missing. */
const profileSchema = z.looseObject({
  name: z.string(),
  goal: z.enum(['convert', 'authorize', 'upgrade']),
  direction: z.enum(['e2m', 'm2e', 'none']),
  requires: z.looseObject({ family: z.string() }),
  loads: z.record(z.string(), z.string()),
  stepUpLoads: z.record(z.string(), z.string()),
  // Runs of earlier versions have none.
  transitionLoads: z.record(z.string(), z.string()).default({}),
  upgradeRule: z.string().nullable(),
  authorizationRule: z.string().nullable(),
  evidence: texts,
  timing: z.looseObject({
    pollInterval: z.number(),
    settle: z.number(),
    upgradeDeadline: z.number(),
    authorizeDeadline: z.number(),
    usual: z.number(),
    idleWait: z.number(),
    stopGrace: z.number(),
  }),
});

const keptSchema = z.looseObject({
  args: z.record(z.string(), z.unknown()),
  profile: profileSchema.nullable(),
  sites: z.array(siteSchema),
  ofRun: z
    .object({
      run: z.string(),
      phones: z.array(
        z.object({ address: z.string().nullable(), hint: z.partialRecord(z.enum(hintNames), z.string()) }),
      ),
    })
    .optional(),
});

/**
 * What the store holds of a run, as this version understands it, without options that a resume does not keep or that are
 * unknown by now.
 * @param options the options that are kept
 * @throws UsageError for data that no version of this program writes
 */
export function readKept(kept: unknown, run: string, options: readonly ConfigOption[]): KeptSettings {
  const broken = (what: string): UsageError =>
    new UsageError(`The run ${run} cannot be resumed: ${what} in the store; start a new run instead.`);
  const checked = keptSchema.safeParse(kept);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw broken(`its settings are not as this version keeps them (${issue?.path.join('.') ?? 'settings'})`);
  }
  const args: Record<string, Written> = {};
  for (const { name, form, many } of options) {
    const value = checked.data.args[name];
    if (value === undefined) continue;
    const written = (many ? z.union([scalar, z.array(scalar)]) : scalar).safeParse(value);
    if (!written.success) throw broken(`the value of --${name} is unusable`);
    try {
      for (const one of listed(written.data)) form.read(String(one), `--${name}`);
    } catch (error) {
      if (isUsageError(error)) throw broken(`${error.message.replace(/\.$/, '')}, and stands`);
      throw error;
    }
    args[name] = written.data;
  }
  // Only what a run uses is checked; the rest is as its version wrote it.
  const { profile, sites, ofRun } = checked.data;
  return { args, profile: profile as MigrationProfile | null, sites, ofRun };
}
