import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { isUsageError, UsageError } from '../../domain/text/usage-error.js';
import { withOrigin } from '../../config/settings/origin.js';
import { loadModels } from '../../config/profiles/models/read.js';
import { openRunTargets, type RunSettings } from '../../fleet/run/assemble.js';
import { type Arguments, flagOf, numberOf } from '../options/arguments.js';
import { conductRun, outputOf } from '../run/conduct-run.js';
import { readCredentials } from '../options/credentials.js';
import { idleOptions } from '../options/idle-options.js';
import { optionTable } from '../options/table.js';
import { proofOf } from '../options/proof-of.js';
import type { KeptSettings } from '../run/kept-settings.js';
import { recoverInterrupted } from '../run/recover.js';
import { runSettings } from '../options/run-settings.js';
import { judges, processSources, resolveSettings } from '../options/settings-sources.js';
import { forRun, pruneAfterwards, withStore } from '../options/store-option.js';
import { systemClock } from '../run/system-clock.js';
import { packageVersion } from '../terminal/version.js';

/** Runs `migrate` or `audit` and answers the exit code. @throws UsageError before anything is contacted */
export async function migrateCommand(given: Arguments, mayWrite: boolean): Promise<number> {
  const models = loadModels();
  const options = optionTable.filter(({ writes }) => mayWrite || writes !== true);
  const resolved = resolveSettings({ ...processSources(given), options, judges });
  const args = resolved.values;
  const credentialsFor = explained(() => readCredentials(resolved, processSources(given)), resolved);
  const isFlag = (name: string): boolean => resolved.origin[name] === 'flag';
  const { sites } = resolved;
  const confirmed = flagOf(args, 'yes');
  const settings = explained(() => runSettings(args, models, { isFlag, sites, credentialsFor, confirmed }), resolved);
  const idle = explained(() => idleOptions(resolved), resolved).map((text) => withOrigin(text, resolved));
  refuseUnconfirmedPasswords(settings, args);
  refuseUnconfirmed(settings, flagOf(args, 'yes'));
  const keep = numberOf(args, 'keep', 1, 1_000_000);
  const output = await outputOf(args);
  const targets = await openRunTargets(settings, systemClock);
  if (!output.quiet) for (const text of idle) process.stderr.write(`fleet-migrate: ${text}\n`);
  return withStore(
    args,
    async (store) => {
      const recovers = settings.profile !== null && !settings.dryRun;
      const stopped = recovers ? await recoverInterrupted(args, models, credentialsFor, store, output) : null;
      if (stopped !== null) return stopped;
      const kept: KeptSettings = {
        args: keptArguments(args),
        profile: settings.profile,
        sites: sites.map((site) => ({ ...site, credentials: [] })),
      };
      const summary = runSummary(settings);
      const code = await conductRun(
        args,
        {
          ...{ summary, settings, kept, resumes: null, targets, abandonUntouched: false },
          isAskedFor: (name) => resolved.origin[name] !== 'default',
        },
        models,
        store,
        output,
      );
      await pruneAfterwards(store, keep);
      return code;
    },
    forRun,
  );
}

/** A complaint about a setting says where the setting came from. */
function explained<T>(read: () => T, resolved: Parameters<typeof withOrigin>[1]): T {
  try {
    return read();
  } catch (error) {
    if (!isUsageError(error)) throw error;
    throw new UsageError(withOrigin(error.message, resolved), { cause: error });
  }
}

/** A run that would write asks on a terminal; where there is none it needs --yes. */
export function refuseUnconfirmed({ profile, dryRun }: Pick<RunSettings, 'profile' | 'dryRun'>, yes: boolean): void {
  if (!profile || dryRun || yes || (process.stdin.isTTY && process.stderr.isTTY)) return;
  throw new UsageError(
    'This run would write to phones and there is no terminal to ask on; add --yes to go ahead, or --dry-run to only plan.',
  );
}

/** First passwords are set while phones are read, before there is a plan to show and to ask about. */
function refuseUnconfirmedPasswords(
  { profile, dryRun }: Pick<RunSettings, 'profile' | 'dryRun'>,
  args: Arguments,
): void {
  if (!profile || dryRun || flagOf(args, 'yes') || !flagOf(args, 'set-initial-password')) return;
  throw new UsageError(
    '--set-initial-password sets passwords while phones are read, before there is a plan to confirm; add --yes, or leave it out.',
  );
}

/** Options that are this command line's own affair, or hold what must not be kept. */
const notKept = new Set([
  '_',
  '$0',
  'run',
  'yes',
  'notify',
  'config',
  'username',
  'password-env',
  'password-file',
  'db',
  'lock-folder',
  'output',
  'report',
  'report-mode',
  'quiet',
  'log-file',
  'log-level',
  'log-format',
]);
/** Files must be found again from any folder. */
const files = new Set(['inventory', 'ca']);

/** What of a command line is kept with its run, for a resume. */
export function keptArguments(args: Arguments): Arguments {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(args)) {
    if (notKept.has(name) || value === undefined) continue;
    if (files.has(name)) kept[name] = [value].flat().map((path) => resolve(String(path)));
    else if (name === 'exclude')
      kept[name] = [value].flat().map((text) => (/\.(?:csv|json)$/i.test(String(text)) ? resolve(String(text)) : text));
    else kept[name] = value;
  }
  return kept;
}

function runSummary(settings: RunSettings): Parameters<typeof conductRun>[1]['summary'] {
  const proof = proofOf(settings);
  const stamp = new Date(systemClock.now()).toISOString().replace(/\D/g, '').slice(0, 14);
  return {
    id: `${stamp}-${randomBytes(3).toString('hex')}`,
    profile: settings.profile?.name ?? null,
    dryRun: settings.dryRun,
    version: packageVersion(),
    preflightSkipped: settings.skipPreflight,
    insecure: settings.tls.insecure,
    ...(settings.tls.legacy ? { tlsLegacy: true } : {}),
    ...(proof ? { proof } : {}),
  };
}
