import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { Models } from '../../domain/phone/models.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { placedSentence } from '../yaml/config-error.js';
import { lintGoal, lintWriteMethods } from './lint/goal.js';
import { lintLoads } from './lint/loads.js';
import { lintRules } from './lint/rules.js';
import { migrationSchema } from './migration-schema.js';
import { loadModels } from './models/read.js';
import { nearestWord } from '../../domain/text/near-miss.js';
import type { ProfileProblem } from './lint/problem.js';
import { shippedMigrationsDir } from './shipped.js';
import { check, ConfigError, type Finding, findingAt, readYamlFile, validate } from '../yaml/read.js';

/** A problem found by `lintMigrationProfile`; `text` is one sentence with file, place and what was expected. */
export interface LintProblem {
  severity: ProfileProblem['severity'];
  text: string;
}

/** One line of `profiles list`. */
export type ProfileSummary = Pick<MigrationProfile, 'name' | 'description' | 'goal' | 'direction'> & { file: string };

/**
 * Loads a migration profile: by the name of one in `dir` (default: the shipped ones), or from a file, recognized by a
 * slash or the ending `.yaml`/`.yml`.
 * @throws UsageError for an unknown name, and ConfigError for the first error that `lintMigrationProfile` finds
 */
export function loadMigrationProfile(
  nameOrFile: string,
  options: { dir?: string; models?: Models } = {},
): MigrationProfile {
  const dir = options.dir ?? shippedMigrationsDir();
  const file = isFile(nameOrFile) ? nameOrFile : join(dir, `${knownName(nameOrFile, dir)}.yaml`);
  const data = readYamlFile(file);
  const profile = toProfile(file, validate(migrationSchema, data, file));
  const errors = lint(profile, options.models ?? loadModels()).filter(({ severity }) => severity === 'error');
  const [first, ...others] = errors;
  if (!first) return profile;
  const { place, problem } = findingAt(data, file, first.path, first.problem);
  throw new ConfigError(place, others.length === 0 ? problem : `${problem} (and ${others.length} more)`);
}

/** The profiles of a folder, by name. @throws ConfigError when one of them cannot be read */
export function listMigrationProfiles(dir: string = shippedMigrationsDir()): ProfileSummary[] {
  return migrationProfileNames(dir).map((name) => {
    const file = join(dir, `${name}.yaml`);
    const { description, goal, direction } = validate(migrationSchema, readYamlFile(file), file);
    return { name, description, goal, direction, file };
  });
}

/** Everything wrong with a profile's file, errors first; empty when it is good. Never throws for what is in the file. */
export function lintMigrationProfile(file: string, models: Models): LintProblem[] {
  let data: unknown;
  try {
    data = readYamlFile(file);
  } catch (cause) {
    if (cause instanceof ConfigError) return [{ severity: 'error', text: cause.message }];
    throw cause;
  }
  const checked = check(migrationSchema, data, file);
  if ('findings' in checked) return checked.findings.map((finding) => ({ severity: 'error', text: sentence(finding) }));
  return lint(toProfile(file, checked.value), models).map(({ severity, path, problem }) => ({
    severity,
    text: sentence(findingAt(data, file, path, problem)),
  }));
}

function lint(profile: MigrationProfile, models: Models): ProfileProblem[] {
  const problems = [
    ...lintGoal(profile, models),
    ...lintLoads(profile, models),
    ...lintRules(profile, models),
    ...lintWriteMethods(profile),
  ];
  return problems.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

function toProfile(file: string, checked: Omit<MigrationProfile, 'name'>): MigrationProfile {
  return { name: basename(file).replace(/\.ya?ml$/i, ''), ...checked };
}

function sentence({ place, problem }: Finding): string {
  return placedSentence(place, problem);
}

function isFile(nameOrFile: string): boolean {
  return /[/\\]|\.ya?ml$/i.test(nameOrFile);
}

function knownName(name: string, dir: string): string {
  const names = migrationProfileNames(dir);
  if (names.includes(name)) return name;
  const meant = nearestWord(name, names);
  const hint = meant === null ? '' : ` Did you mean ${meant}?`;
  throw new UsageError(
    `There is no profile ${JSON.stringify(name)}; known are ${names.join(', ')}, and a file of your own is given with its path, such as ./my.yaml.${hint}`,
  );
}

function migrationProfileNames(dir: string): string[] {
  let files: string[];
  try {
    files = readdirSync(dir);
  } catch (cause) {
    throw new ConfigError({ file: dir, path: '', line: null, column: null }, 'this folder of profiles cannot be read', {
      cause,
    });
  }
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}
