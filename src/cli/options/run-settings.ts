import { readFileSync } from 'node:fs';
import { parseAcceptable } from '../../domain/progress/grades.js';
import { defaultPatienceMs, type MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { Models } from '../../domain/phone/models.js';
import type { Site } from '../../domain/network/site.js';
import { isOfWrites } from '../../domain/pacing/judge-thresholds.js';
import { parseThreshold } from '../../domain/pacing/thresholds.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { usualWriteMethods } from '../../domain/plan/write-methods.js';
import { loadMigrationProfile } from '../../config/profiles/migration-profile.js';
import type { RunSettings } from '../../fleet/run/assemble.js';
import { pacingOf } from './pacing-settings.js';
import { checkAuthorizationRule, checkFilesUrl } from '../../domain/network/files-url.js';
import { type Arguments, durationOf, flagOf, listOf, numberOf, textOf } from './arguments.js';
import { serveAtOf } from './serve-at.js';
import { packageVersion } from '../terminal/version.js';

/** What settings come with besides the values of options. */
export interface GivenBeside {
  /** Whether an option was given on the command line, where one that does nothing is a mistake; a file may hold it for other runs. */
  isFlag?: (name: string) => boolean;
  /** The profile as it was when the run began that is gone on with. */
  profile?: MigrationProfile | null;
  sites?: readonly Site[];
  credentialsFor?: RunSettings['credentialsFor'];
  /** Writing was agreed to beforehand (`--yes`): what is written while phones are read cannot be asked for later. Absent: not. */
  confirmed?: boolean;
}

/** Turns a command line into the settings of a run, with every contradiction found before anything is contacted. @throws UsageError */
export function runSettings(
  args: Arguments,
  models: Models,
  {
    isFlag = () => true,
    profile: stored = null,
    sites = [],
    credentialsFor = () => [],
    confirmed = false,
  }: GivenBeside = {},
): RunSettings {
  const profile = stored ? ofThisVersion(stored) : profileOf(args, models);
  const files = filesOf(args);
  const authorizationRule = ruleOf(args);
  refuseContradictions(args, profile, files, authorizationRule, isFlag);
  return {
    targets: {
      subnets: listOf(args, 'subnet'),
      targets: listOf(args, 'target'),
      inventories: listOf(args, 'inventory'),
      excludes: listOf(args, 'exclude'),
      maxTargets: numberOf(args, 'max-targets', 1, 16_777_216),
    },
    profile,
    files,
    authorizationRule,
    dryRun: flagOf(args, 'dry-run'),
    stepUp: args['step-up'] !== false,
    allowBelowRecommended: flagOf(args, 'allow-below-recommended'),
    skipPreflight: flagOf(args, 'skip-preflight'),
    pacing: pacingOf(args, profile, sites),
    sites,
    concurrency: numberOf(args, 'concurrency', 1, 1_024),
    probeConcurrency: numberOf(args, 'probe-concurrency', 1, 8_192),
    scheme: (textOf(args, 'scheme') ?? 'auto') as RunSettings['scheme'],
    httpPort: numberOf(args, 'http-port', 1, 65_535),
    httpsPort: numberOf(args, 'https-port', 1, 65_535),
    tls: {
      ca: listOf(args, 'ca').map(readCa),
      insecure: flagOf(args, 'insecure'),
      legacy: flagOf(args, 'tls-legacy'),
    },
    credentialsFor,
    tryPasswords: flagOf(args, 'try-passwords'),
    setInitialPassword:
      confirmed && profile !== null && !flagOf(args, 'dry-run') && flagOf(args, 'set-initial-password'),
    timeoutMs: durationOf(args, 'timeout', 50) ?? 3_000,
    userAgent: `fleet-migrate/${packageVersion()}`,
    serveAt: serveAtOf(args, profile, isFlag),
  };
}

/** A profile as a run of an earlier version kept it, with what profiles had no word for then. */
function ofThisVersion(stored: MigrationProfile): MigrationProfile {
  const { ways = usualWriteMethods, accept = [], timing } = stored;
  return { ...stored, ways, accept, timing: { ...timing, patience: timing.patience ?? defaultPatienceMs } };
}

function profileOf(args: Arguments, models: Models): MigrationProfile | null {
  const name = textOf(args, 'profile');
  if (name === null) return null;
  const profile = loadMigrationProfile(name, { models });
  const pollInterval = durationOf(args, 'poll-interval', 50);
  const deadline = durationOf(args, 'deadline', 100);
  const idleWait = durationOf(args, 'idle-wait', 0);
  return {
    ...profile,
    timing: {
      ...profile.timing,
      ...(pollInterval === null ? {} : { pollInterval }),
      ...(idleWait === null ? {} : { idleWait }),
      ...(deadline === null ? {} : { upgradeDeadline: deadline, authorizeDeadline: deadline }),
    },
  };
}

function filesOf(args: Arguments): string | null {
  const text = textOf(args, 'files');
  return text === null ? null : checkFilesUrl(text);
}

function ruleOf(args: Arguments): string | null {
  const text = textOf(args, 'authorization-rule');
  return text === null ? null : checkAuthorizationRule(text);
}

function refuseContradictions(
  args: Arguments,
  profile: MigrationProfile | null,
  files: string | null,
  rule: string | null,
  isFlag: (name: string) => boolean,
): void {
  if (!profile) {
    const useless = [
      'files',
      'authorization-rule',
      'set-initial-password',
      'dry-run',
      'yes',
      'allow-below-recommended',
      'skip-preflight',
      'serve-at',
      'poll-interval',
      'idle-wait',
      'deadline',
      'detailed-exitcode',
      'waves',
      'pause-after-wave',
      'accept',
      'window',
      'max-upgrading',
      'max-upgrading-per-subnet',
      'lock-folder',
    ];
    const given =
      useless.find((name) => args[name] !== undefined && args[name] !== false && isFlag(name)) ??
      (args['step-up'] === false && isFlag('step-up') ? 'no-step-up' : undefined);
    if (given)
      throw new UsageError(
        `--${given} does nothing without --profile; name one (fleet-migrate profiles list), or leave it out to only read.`,
      );
    refuseThresholdsOfWrites(args, isFlag);
    return;
  }
  const authorization = rule ?? profile.authorizationRule;
  const needsRule = profile.goal === 'authorize' && authorization === null;
  if (needsRule)
    throw new UsageError(
      `The profile ${profile.name} needs --authorization-rule, the URL where phones fetch their license.`,
    );
  const templates = [profile.upgradeRule, authorization].filter((template) => template !== null);
  if (files === null && templates.some((template) => template.includes('{files}'))) {
    throw new UsageError(
      `The profile ${profile.name} needs --files, the address of the file server with firmware and licenses, such as http://10.0.0.5:6970.`,
    );
  }
  if (rule !== null && profile.goal === 'upgrade')
    throw new UsageError(
      `--authorization-rule does nothing with the profile ${profile.name}, which sets no license; leave it out.`,
    );
  refuseIdleAccept(args, profile, isFlag);
  if (flagOf(args, 'detailed-exitcode') && !flagOf(args, 'dry-run'))
    throw new UsageError('--detailed-exitcode goes with --dry-run; add that, or leave it out.');
}

/** Where nothing is written, only codes of reading can ever be counted. */
function refuseThresholdsOfWrites(args: Arguments, isFlag: (name: string) => boolean): void {
  if (!isFlag('abort-after')) return;
  const idle = listOf(args, 'abort-after').find((text) => isOfWrites(parseThreshold(text).kind));
  if (idle !== undefined)
    throw new UsageError(
      `--abort-after ${idle} counts phones that were written to, and without --profile none is; name a code of reading, such as password-wrong:3, or a profile.`,
    );
}

/** A way to end that never happens, or that nothing asks about. */
function refuseIdleAccept(
  args: Arguments,
  { name, direction }: MigrationProfile,
  isFlag: (name: string) => boolean,
): void {
  const accepted = listOf(args, 'accept').map((text) => parseAcceptable(text));
  if (accepted.length === 0 || !isFlag('accept')) return;
  if (direction !== 'm2e')
    throw new UsageError(
      `--accept does nothing with the profile ${name}: only a move to Enterprise may end without proof; leave it out.`,
    );
  if (textOf(args, 'waves') === null && listOf(args, 'abort-after').length === 0)
    throw new UsageError(
      '--accept goes with --waves or --abort-after, which ask how phones ended; add one, or leave it out.',
    );
}

function readCa(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `--ca ${path} cannot be read (${(error as { code?: string }).code ?? 'unknown error'}); check the path.`,
      { cause: error },
    );
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new UsageError(`--ca ${path} holds no PEM certificate; convert it with openssl x509.`);
  return text;
}
