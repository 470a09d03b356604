import { expandMacros } from '../../../domain/plan/macros.js';
import type { MigrationProfile } from '../../../domain/plan/migration-profile.js';
import type { Models } from '../../../domain/phone/models.js';
import { isKnownType } from '../../../domain/licenses/way-back.js';
import { nearMiss } from '../../../domain/text/near-miss.js';
import { error, type ProfileProblem, warning } from './problem.js';

/** What is wrong with the rule templates, the type and the endings that make an unchanged rule a new one. */
export function lintRules(profile: MigrationProfile, models: Models): ProfileProblem[] {
  const { upgradeRule, authorizationRule } = profile;
  return [
    ...lintAuthorizationType(profile, models),
    ...(upgradeRule === null ? [] : [...lintTemplate('upgradeRule', upgradeRule), ...lintUpgradeRule(upgradeRule)]),
    ...(authorizationRule === null
      ? []
      : [
          ...lintTemplate('authorizationRule', authorizationRule),
          ...lintAuthorizationRule(profile, authorizationRule),
        ]),
    ...lintRetrigger(profile),
  ];
}

/** A phone whose page does not offer the type would be left out, after all the checks before it: a typing mistake is told here. */
function lintAuthorizationType({ authorizationType: type }: MigrationProfile, models: Models): ProfileProblem[] {
  if (type === null || isKnownType(type, models)) return [];
  const { types } = models.returnWithoutLicenseFrom;
  const meant = nearMiss(type, types);
  const guess = meant === null ? '' : `; did you mean ${meant}?`;
  return [error(['authorizationType'], `expected one of ${types.join(', ')}, found ${JSON.stringify(type)}${guess}`)];
}

function lintTemplate(key: 'upgradeRule' | 'authorizationRule', rule: string): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  for (const [variable] of rule.matchAll(/\{[^{}]*\}?|\}/g)) {
    if (variable !== '{files}' && variable !== '{load}') {
      problems.push(error([key], `expected no variable but {files} and {load}, found ${variable}`));
    }
  }
  // Conditions, alternatives and options are part of the phones' rule language (docs/knowledge/multiplatform-settings.md#rules-and-macros);
  // the preflight could not know what the phone fetches.
  if (/[\s|[\]]|^\(/.test(rule))
    problems.push(error([key], 'expected one plain URL, without blanks, conditions, options or alternatives'));
  else if (!/^(?:\{files\}|(?:https?|tftp):\/\/)/i.test(rule)) {
    problems.push(error([key], 'expected a URL that begins with {files}, http://, https:// or tftp://'));
  }
  return problems;
}

function lintUpgradeRule(rule: string): ProfileProblem[] {
  if (!rule.includes('{load}'))
    return [error(['upgradeRule'], 'expected {load} in it, or all phones get the same file')];
  return /\.loads(?:$|\?)/i.test(rule) ? [] : [warning(['upgradeRule'], 'does not end in .loads, as firmware does')];
}

function lintAuthorizationRule({ authorizationType, goal }: MigrationProfile, rule: string): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  if (authorizationType === null) {
    problems.push(error(['authorizationType'], 'is missing; it must be set every time the authorization rule is set'));
  }
  const one = expandMacros(rule, { MA: '1', MAU: '1', MAC: '1', SN: '1' });
  const other = expandMacros(rule, { MA: '2', MAU: '2', MAC: '2', SN: '2' });
  if (one === other && goal !== 'upgrade') {
    problems.push(
      warning(['authorizationRule'], 'is the same for every phone, yet each phone has a license of its own (G4)'),
    );
  }
  return problems;
}

function lintRetrigger({ retrigger }: MigrationProfile): ProfileProblem[] {
  return Object.entries(retrigger).flatMap(([scheme, ending]) => {
    const path = ['retrigger', scheme];
    if (!/^[?#][^\s|[\]{}]*\{n\}[^\s|[\]{}]*$/.test(ending)) {
      return [
        error(
          path,
          `expected an ending that begins with ? or # and has {n} in it once, found ${JSON.stringify(ending)}`,
        ),
      ];
    }
    return [];
  });
}
