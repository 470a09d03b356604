import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { movesThroughUcm } from '../../domain/plan/target.js';
import type { Models } from '../../domain/phone/models.js';
import { lowerFirst } from '../../domain/text/error-reason.js';
import { isUsageError } from '../../domain/text/usage-error.js';
import { type Scalar, listed } from '../../config/settings/option.js';
import { nameAt, placed } from '../../config/settings/where.js';
import { migrationProfile } from '../../config/profiles/as-shipped.js';
import { type FleetSettings, type OfRun, openRunTargets, type TargetSource } from '../../fleet/run/assemble.js';
import { companionRemarks } from '../options/companions.js';
import { readCredentials } from '../options/access/credentials.js';
import { serverAccess } from '../options/access/store-access.js';
import { mailServerOf } from '../options/access/mail-access.js';
import { ucmCredentialsOf } from '../options/access/ucm-access.js';
import { fleetSettings, targetSpec, ucmOfTargets, withTiming } from '../options/fleet-settings.js';
import { pacingOf, windowsTooShort } from '../options/pacing.js';
import type { Credentials } from '../../domain/network/site.js';
import type { MailServer } from '../../report/notify/mail.js';
import type { Given } from '../options/sources.js';
import type { OptionRow } from '../options/row.js';
import { storePath } from '../options/store-option.js';
import { systemClock } from '../system-clock.js';
import { selectFromRun } from './from-run.js';
import { offeredProblems, privateFiles } from './private-files.js';
import { filesOfStore, type NamedFile, sameFiles } from './distinct-files.js';

/** A run that passed every check possible before a phone is contacted. */
export interface CheckedRun {
  settings: FleetSettings;
  targets: TargetSource;
  /** For its mails; `null`: it sends none. */
  mail: MailServer | null;
}

/** The result of checking a run before it begins. */
export interface RunCheck {
  /** One sentence each, with its place; empty when the run can begin. */
  problems: string[];
  /** Settings without effect in this run, and what was left out of the lists of phones. */
  warnings: string[];
  /** Null when there are problems or no targets. */
  run: CheckedRun | null;
  profile: MigrationProfile | null;
}

/**
 * Finds everything that keeps a run from beginning: what its settings say, which options can be combined, and whether files can be read and
 * written. No phone and no server is contacted, and nothing is left behind. `migrate`, `audit` and `config check` all look here.
 * @param mustAsk targets are required; a configuration file may leave them to the command line
 * @param isShared workers reach the phones, and have the passwords
 * @param rehearses nothing will be contacted: no password is needed, no name is looked up, no file server has to be there
 */
export async function checkRun(
  given: Given,
  options: readonly OptionRow[],
  models: Models,
  { mustAsk, rehearses = false, isShared = false }: { mustAsk: boolean; rehearses?: boolean; isShared?: boolean },
): Promise<RunCheck> {
  const { settings, written, surroundings } = given;
  const problems = [...written.problems];
  const profile = await namedProfile(given, models, problems);
  const remarks = companionRemarks(given, options, profile);
  problems.push(...remarks.problems);
  const serves = settings.serve !== null && options.some(({ name }) => name === 'serve');
  if (profile) problems.push(...whatProfileLacks(given, profile, serves || rehearses));
  const credentialsFor = rehearses || isShared ? () => [] : readCredentials(settings, written, surroundings, problems);
  const ucmCredentials = rehearses ? nobody : ucmCredentialsOf(settings, written, surroundings, problems);
  const mail = mailServerOf(settings, written, surroundings, problems);
  if (profile) problems.push(...(await windowProblems(given, profile)));
  problems.push(...(await fileProblems(given, options, Boolean(profile) && !settings.dryRun)));
  if (serves) problems.push(...offeredProblems(settings.serve ?? '', privateFiles(given, options)));
  const selected = await selectFromRun(given, problems);
  const ofRun = selected?.ofRun ?? null;
  const ucmTargets = options.some(({ name }) => name === 'ucm') ? ucmOfTargets(settings, profile ?? null) : null;
  const targets = await targetsOf(given, options, mustAsk, { ofRun, ucm: ucmTargets, looksUp: !rehearses }, problems);
  const warnings = [
    ...written.warnings,
    ...remarks.warnings,
    ...(selected?.remarks ?? []),
    ...listWarnings(targets, given),
  ];
  if (problems.length > 0 || targets === null) return { problems, warnings, run: null, profile: profile ?? null };
  const beside = {
    ...{ profile: profile ?? null, sites: written.sites, credentialsFor, ucmCredentials, ofRun },
    confirmed: settings.yes,
  };
  return {
    problems,
    warnings,
    run: { settings: await fleetSettings(settings, beside), targets, mail },
    profile: beside.profile,
  };
}

/** Who speaks to nobody. */
const nobody: Credentials = { username: '', password: () => '' };

/** What was ignored and skipped in inventories and exclusions, with the place that names the file. */
function listWarnings(targets: TargetSource | null, { written: { values, where } }: Given): string[] {
  return (targets?.warnings ?? []).map(({ path, text }) => {
    const name = ['inventory', 'exclude'].find((one) => listed(values[one]).includes(path)) ?? 'limit';
    const at = listed(values[name]).findIndex((one) => String(one).trim() === path);
    return placed(name, where[name]?.[at], `--${name} ${path}: ${text}`);
  });
}

/** The named profile; null when none is named, undefined when it cannot be loaded. Adds what is wrong with it to the problems. */
export async function namedProfile(
  { settings, written }: Given,
  models: Models,
  problems: string[],
): Promise<MigrationProfile | null | undefined> {
  if (written.broken.has('profile')) return undefined;
  const name = settings.profile;
  if (name === null) return null;
  try {
    return withTiming(await migrationProfile(name), settings);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    const where = written.where['profile']?.[0];
    problems.push(
      ...(await profileErrors(name, error.message, models)).map((sentence) =>
        placed('profile', where, `--profile ${sentence}`),
      ),
    );
    return undefined;
  }
}

/** All that is wrong with a profile, of which loading it told the first. */
async function profileErrors(name: string, first: string, models: Models): Promise<string[]> {
  // An error about a file begins with its path.
  if (!first.startsWith(name)) return [`${name}: ${lowerFirst(first)}`];
  const { lintMigrationProfile } = await import('../../config/profiles/migration-profile.js');
  const errors = lintMigrationProfile(name, models).filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? errors.map(({ text }) => text) : [first];
}

/**
 * Options that a profile needs and that were not given, one sentence each.
 * @param serves the run is its own file server
 */
export function whatProfileLacks({ settings, written }: Given, profile: MigrationProfile, serves = false): string[] {
  const { name, goal, upgradeRule } = profile;
  const isOpen = (option: string): boolean => !written.broken.has(option);
  const authorization = settings.authorizationRule ?? profile.authorizationRule;
  const lacks: string[] = [];
  if (goal === 'authorize' && authorization === null && isOpen('authorization-rule'))
    lacks.push(`The profile ${name} needs --authorization-rule, the URL where phones fetch their license.`);
  if (movesThroughUcm(profile) && settings.ucm === null && isOpen('ucm'))
    lacks.push(`The profile ${name} needs --ucm, the publisher of the Unified CM that has these phones.`);
  const needsFiles = [upgradeRule, authorization].some((template) => template?.includes('{files}'));
  const isServed = settings.files !== null || serves || settings.ucm !== null || movesThroughUcm(profile);
  if (!isServed && needsFiles && isOpen('files') && isOpen('serve'))
    lacks.push(
      `The profile ${name} needs --files, the address of the file server with firmware and licenses, such as http://10.0.0.5:6970.`,
    );
  return lacks.map((sentence) => placed('profile', written.where['profile']?.[0], sentence));
}

async function windowProblems({ settings, written }: Given, profile: MigrationProfile): Promise<string[]> {
  const pacing = await pacingOf(settings, profile, written.sites);
  return windowsTooShort(pacing, profile).map(([site, sentence]) =>
    placed(
      'window',
      site === null ? written.where['window']?.[0] : written.placeOf(['sites', site, 'limits', 'window']),
      sentence,
    ),
  );
}

/**
 * Problems of the files that options name, each by itself and all together.
 * @param writes phones may be written to
 */
export async function fileProblems(
  { settings, written, surroundings }: Given,
  options: readonly OptionRow[],
  writes: boolean,
): Promise<string[]> {
  const problems: string[] = [];
  const files: Record<'read' | 'written', NamedFile[]> = { read: [], written: [] };
  for (const row of options) {
    const { name, check, file, path = (text: string) => text } = row;
    for (const [at, value] of valuesOf(row, written.values[name]).entries()) {
      const where = written.where[name]?.[at];
      if (file !== undefined && name !== 'db') files[file].push({ option: nameAt(name, where), path: path(value) });
      // Targets were opened together before. What is only read is needed for a dry run, too.
      const isIdle = row.needsProfile === true && (file === 'read' ? settings.profile === null : !writes);
      if (!check || row.group === 'Targets' || name === 'db' || isIdle) continue;
      const sentence = await check(value, settings.column);
      if (sentence !== null) problems.push(placed(name, where, sentence));
    }
  }
  const db = { option: nameAt('db', written.where['db']?.[0]), path: storePath(settings, surroundings.env) };
  const ofStore = (await options.find(({ name }) => name === 'db')?.check?.(db.path, settings.column)) ?? null;
  if (ofStore !== null && !written.broken.has('db')) problems.push(placed('db', written.where['db']?.[0], ofStore));
  else if (options.some(({ name }) => name === 'db')) serverAccess(settings, written, surroundings, problems);
  return [...sameFiles([...filesOfStore(db), ...files.written], files.read), ...problems];
}

function valuesOf({ form }: OptionRow, value: Parameters<typeof listed>[0]): string[] {
  return form.type === 'boolean' ? [] : listed(value as Scalar | readonly Scalar[] | undefined).map(String);
}

/** Opens the targets; on failure reports the problems of each list and each exclusion. */
async function targetsOf(
  { settings, written }: Given,
  options: readonly OptionRow[],
  mustAsk: boolean,
  { ofRun, ucm, looksUp }: { ofRun: OfRun | null; ucm: string | null; looksUp: boolean },
  problems: string[],
): Promise<TargetSource | null> {
  const { subnet, target, inventory, column, fromRun } = settings;
  const isAsked = subnet.length + target.length + inventory.length > 0 || ofRun !== null || ucm !== null;
  // The intended targets may be in a list that cannot be read.
  if (!isAsked && (!mustAsk || written.problems.length > 0 || fromRun !== null)) {
    await itemProblems();
    return null;
  }
  try {
    return await openRunTargets({ targets: targetSpec(settings, ofRun, ucm) }, systemClock, { looksUp });
  } catch (error) {
    if (!isUsageError(error)) throw error;
    if ((await itemProblems()) > 0) return null;
    const named = error.option === 'column' ? ['column'] : ['subnet', 'target', 'inventory', 'from-run'];
    const first = named.find((name) => written.where[name] !== undefined) ?? 'subnet';
    problems.push(placed(first, written.where[first]?.[0], error.message));
    return null;
  }

  async function itemProblems(): Promise<number> {
    let count = 0;
    for (const row of options.filter(({ group, check }) => group === 'Targets' && check)) {
      for (const [at, value] of valuesOf(row, written.values[row.name]).entries()) {
        const sentence = (await row.check?.(value, column, looksUp)) ?? null;
        if (sentence === null) continue;
        count += 1;
        problems.push(placed(row.name, written.where[row.name]?.[at], sentence));
      }
    }
    return count;
  }
}
