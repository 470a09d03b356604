import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type * as z from 'zod';
import { codeOf } from '../../domain/text/error-reason.js';
import { labelKey } from '../../domain/phone/labels.js';
import type { EnterprisePages, MultiplatformPages, PhoneProfiles } from '../../domain/phone/page-profile.js';
import { ConfigError, placedSentence, wholeFile } from '../yaml/config-error.js';
import { check, type Finding, findingAt, readYamlFile } from '../yaml/read.js';
import { unreadable } from '../yaml/read-text.js';
import { partialSchema } from './partial-schema.js';
import { pageSchemas } from './phone-pages-schema.js';

/** Files of a folder of one's own: which family they are about, their names say. */
const fileName = /^(multiplatform|enterprise)[\w.-]*\.ya?ml$/i;
const someYaml = /\.ya?ml$/i;

type Family = keyof typeof pageSchemas;

/** A file that adds to a profile, read and checked by itself. */
interface Addition {
  family: Family;
  file: string;
  data: unknown;
}

/** Whether a file would be read from a folder of additions. */
export function isPhonePagesFile(path: string): boolean {
  // The name says so, unless the file is a migration profile of such a name: those have a goal.
  return fileName.test(basename(path)) && !hasGoal(path);
}

/**
 * The profiles with what a folder adds: lists grow, a pattern without groups matches what either matches, every other single value is
 * replaced. @throws ConfigError for the first problem, with file and line
 */
export function withAddedPages(shipped: PhoneProfiles, dir: string): PhoneProfiles {
  let profiles = shipped;
  for (const file of filesIn(dir)) {
    const { findings, merged } = merge(profiles, additionIn(file));
    const [first, ...more] = findings;
    if (first)
      throw new ConfigError(
        first.place,
        `${first.problem}${more.length > 0 ? ` (and ${more.length} more; fleet-migrate profiles lint ${dir} tells them all)` : ''}`,
      );
    profiles = merged;
  }
  return profiles;
}

/** Everything wrong with a folder of additions, or with one file of it, each a sentence with its place; empty when it is good. */
export function lintAddedPages(shipped: PhoneProfiles, path: string): string[] {
  let files: string[];
  try {
    files = isPhonePagesFile(path) ? [path] : filesIn(path);
  } catch (error) {
    if (error instanceof ConfigError) return [error.message];
    throw error;
  }
  const sentences: string[] = [];
  let profiles = shipped;
  for (const file of files) {
    try {
      const { findings, merged } = merge(profiles, additionIn(file));
      sentences.push(...findings.map(({ place, problem }) => placedSentence(place, problem)));
      if (findings.length === 0) profiles = merged;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      sentences.push(error.message);
    }
  }
  return sentences;
}

/** @throws ConfigError for a folder that cannot be read, holds no such file, or holds one of another name */
function hasGoal(path: string): boolean {
  try {
    const data = readYamlFile(path);
    return typeof data === 'object' && data !== null && Object.hasOwn(data, 'goal');
  } catch {
    return false;
  }
}

function filesIn(dir: string): string[] {
  let names: string[];
  try {
    names = readdirSync(dir).sort();
  } catch (error) {
    throw new ConfigError(wholeFile(dir), folderProblem(error), {
      cause: error,
    });
  }
  const strange = names.find((name) => someYaml.test(name) && !fileName.test(name));
  if (strange !== undefined)
    throw new ConfigError(
      wholeFile(join(dir, strange)),
      'its name does not say which phones it is about: call it multiplatform*.yaml or enterprise*.yaml',
    );
  const files = names.filter((name) => fileName.test(name));
  if (files.length === 0)
    throw new ConfigError(
      wholeFile(dir),
      'there is no multiplatform*.yaml or enterprise*.yaml in this folder of phone profiles',
    );
  return files.map((name) => join(dir, name));
}

function folderProblem(error: unknown): string {
  return codeOf(error) === 'ENOTDIR'
    ? 'this is a file; name the folder of phone profiles that it is in'
    : `this folder of phone profiles cannot be read: ${unreadable(error)}`;
}

function additionIn(file: string): Addition {
  const family = /^m/i.test(basename(file)) ? 'multiplatform' : 'enterprise';
  return { family, file, data: readYamlFile(file) };
}

function merge(
  profiles: PhoneProfiles,
  { family, file, data }: Addition,
): { findings: Finding[]; merged: PhoneProfiles } {
  const checked = check(partialSchema(pageSchemas[family]), data, file);
  if ('findings' in checked) return { findings: checked.findings, merged: profiles };
  const one = joined(profiles[family], checked.value, '');
  const whole = check<MultiplatformPages | EnterprisePages>(schemaOf(family), one, file);
  if ('findings' in whole) return { findings: whole.findings, merged: profiles };
  const merged: PhoneProfiles = { ...profiles, [family]: whole.value };
  const findings = conflicts(merged, family).flatMap((conflict): Finding[] => {
    const at = placeOf(checked.value, conflict.label, []);
    return at ? [findingAt(data, file, at, conflict.problem)] : [];
  });
  return { findings, merged };
}

function schemaOf(family: Family): z.ZodType<MultiplatformPages | EnterprisePages> {
  return family === 'enterprise' ? pageSchemas.enterprise : pageSchemas.multiplatform;
}

/** Shipped and added data as one. @param key the key that holds them */
function joined(shipped: unknown, added: unknown, key: string): unknown {
  if (added === undefined || added === null) return shipped;
  if (Array.isArray(shipped) && Array.isArray(added)) {
    const [known, more]: readonly unknown[][] = [shipped, added];
    return [...(known ?? []), ...(more ?? []).filter((one) => !known?.includes(one))];
  }
  if (isGroup(shipped) && isGroup(added)) {
    const keys = [...new Set([...Object.keys(shipped), ...Object.keys(added)])];
    return Object.fromEntries(keys.map((one) => [one, joined(shipped[one], added[one], one)]));
  }
  const isPattern = /pattern$/i.test(key) && typeof shipped === 'string' && typeof added === 'string';
  return isPattern && shipped !== added && !hasGroups(shipped) && !hasGroups(added)
    ? `(?:${shipped})|(?:${added})`
    : added;
}

function hasGroups(pattern: string): boolean {
  return pattern.includes('(?<');
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Conflict {
  label: string;
  problem: string;
}

/** Labels that stand for two things: which of them a page means could only be guessed. */
function conflicts({ multiplatform, enterprise }: PhoneProfiles, family: Family): Conflict[] {
  return family === 'enterprise' ? ofEnterprise(enterprise) : ofMultiplatform(multiplatform);
}

function ofEnterprise({ labels, tags }: EnterprisePages): Conflict[] {
  return [labels, tags].flatMap((groups) => twice(groups));
}

function ofMultiplatform(pages: MultiplatformPages): Conflict[] {
  const { productInformation, firmwareUpgrade, sections, otherHeadings } = pages;
  const { upgradeStatus, firmwareUpgradeRows, callState, authorizationRows } = pages;
  const statuses = { upgradeStatus, firmwareUpgradeRows, callState, authorizationRows };
  const ofStatuses = (key: 'labels' | 'tags'): Record<string, string[]> =>
    Object.fromEntries(Object.entries(statuses).map(([name, one]) => [name, one[key]]));
  const { labels, otherLabels, tags } = productInformation;
  return [
    { ...labels, otherLabels },
    firmwareUpgrade.labels,
    ofStatuses('labels'),
    { ...sections, otherHeadings },
    { ...tags, ...firmwareUpgrade.tags, ...ofStatuses('tags') },
  ].flatMap((groups) => twice(groups));
}

function twice(groups: Readonly<Record<string, readonly string[]>>): Conflict[] {
  const known = new Map<string, string>();
  return Object.entries(groups).flatMap(([name, labels]) =>
    labels.flatMap((label): Conflict[] => {
      const key = labelKey(label);
      const other = known.get(key);
      if (other === undefined) known.set(key, name);
      return other === undefined || other === name
        ? []
        : [
            {
              label,
              problem: `${JSON.stringify(label)} stands for ${other} already, and cannot stand for ${name} as well`,
            },
          ];
    }),
  );
}

/** Where a text stands in what was added; `null` if it is not in there. */
function placeOf(data: unknown, text: string, path: readonly (string | number)[]): (string | number)[] | null {
  if (typeof data === 'string' && labelKey(data) === labelKey(text)) return [...path];
  const entries: [string | number, unknown][] = Array.isArray(data)
    ? data.map((one: unknown, at) => [at, one])
    : isGroup(data)
      ? Object.entries(data)
      : [];
  for (const [key, one] of entries) {
    const found = placeOf(one, text, [...path, key]);
    if (found) return found;
  }
  return null;
}
