import { listed, type Written } from '../../config/settings/option.js';
import type { Site } from '../../domain/network/site.js';
import { namesList } from '../../domain/network/list-path.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { shippedMoves } from '../../config/profiles/as-shipped.js';
import type { KeptSettings } from '../../config/settings/kept.js';
import { type CommandWords, noWords } from '../../report/summary/commands.js';
import type { SummaryOptions } from '../../report/summary/summary.js';
import { isComparable } from '../../store/read/comparable.js';
import type { Store } from '../../store/store.js';
import type { RunRow } from '../../store/store-rows.js';
import { mistakesIfTyped } from '../../conduct/options/companions.js';
import { ofThisVersion } from '../../conduct/options/fleet-settings.js';
import type { Given } from '../../conduct/options/sources.js';
import { type OptionRow, optionTable } from '../../conduct/options/table.js';
import { keptOptions } from '../../conduct/run/kept-settings.js';

/** What a run is told anew, or is asked of another run of the same kind: neither belongs into its repetition. */
const leftOut: ReadonlySet<string> = new Set([
  ...['dry-run', 'yes', 'detailed-exitcode', 'db', 'config', 'keep'],
  ...['db-password-env', 'db-password-file', 'db-ca'],
]);

/** Targets that hold for other phones as well. */
const ofAnyTargets: ReadonlySet<string> = new Set(['exclude', 'max-targets']);

/** The values of an option that are written out. */
type Taken = (row: OptionRow) => readonly Written[];

/** What is asked of a store for them. */
type NextStore = Pick<Store, 'runs' | 'sites'>;

/** What the summary of a run of this command line needs for the commands after it: what was typed is typed again, what a file or variable says holds anyway. */
export async function nextAfter(
  given: Given,
  profile: MigrationProfile | null,
  fromRun: string | null,
  store: Pick<Store, 'runs'>,
): Promise<SummaryOptions> {
  const { values, where } = given.written;
  const typed: Taken = ({ name }) =>
    listed(values[name])
      .filter((_, at) => where[name]?.[at]?.from === 'flag')
      .map(named(name, fromRun));
  const run = runWords(typed, profile, values);
  const compare = (await others(store, null)).length > 0 ? [] : null;
  return {
    words: { where: whereWords(given), resume: wordsOf(ofResume, typed), run, compare },
    profileFor: profile === null ? await shippedMoves() : null,
  };
}

/** The same for a run that is resumed: how phones are signed in to is typed, the rest is kept of the run. */
export async function nextAfterResume(given: Given, run: RunRow, store: NextStore): Promise<SummaryOptions> {
  const { values, where } = given.written;
  const typed: Taken = ({ name }) => listed(values[name]).filter((_, at) => where[name]?.[at]?.from === 'flag');
  const { words = noWords, ...next } = await nextOfEarlier(given, run, store);
  const resume = wordsOf(ofResume, typed);
  const again = words.run && {
    ...words.run,
    withTargets: [...words.run.withTargets, ...resume],
    withoutTargets: [...words.run.withoutTargets, ...resume],
    inOneWave: words.run.inOneWave && [...words.run.inOneWave, ...resume],
  };
  return { ...next, words: { ...words, resume, run: again } };
}

/** The same for a run of the store: what is kept of it. Passwords are not, nor where they are. */
export async function nextOfEarlier(given: Given, run: RunRow, store: NextStore): Promise<SummaryOptions> {
  const kept = run.settings as Partial<KeptSettings> | null;
  const args = kept?.args;
  const profile = kept?.profile ? ofThisVersion(kept.profile) : null;
  // A file may hold it for other runs.
  const idle = mistakesIfTyped(args ?? {}, ofKept, profile);
  const changed: Taken = ({ name, default: standard }) =>
    listed(args?.[name])
      .filter((value) => value !== standard && !idle.has(name))
      .map(named(name, kept?.ofRun?.run ?? null));
  const words = {
    where: whereWords(given),
    resume: [],
    run:
      args === undefined || !(await knowsSites(given, kept?.sites ?? [], store))
        ? null
        : runWords(changed, profile, args),
    compare: isComparable(run) ? await compared(store, run.id) : null,
  };
  return { words, profileFor: run.profile === null ? await shippedMoves() : null };
}

/** Whether the sites of an earlier run are described where a command would look for them: it was paced by them, too. */
async function knowsSites(
  { written: { sites } }: Given,
  earlier: readonly Pick<Site, 'name'>[],
  store: Pick<Store, 'sites'>,
): Promise<boolean> {
  const others = earlier.filter((site) => !sites.some(({ name }) => name === site.name));
  if (others.length === 0) return true;
  const stored = await store.sites();
  return others.every((site) => stored.some(({ name }) => name === site.name));
}

/** The options that are kept, but for those that need what is not. */
const ofKept = keptOptions.filter(
  ({ needs }) =>
    needs?.any.every((one) => one === 'credentials' || keptOptions.some(({ name }) => name === one.split('=')[0])) ??
    true,
);

const ofResume = optionTable.filter(
  ({ name, group, resume }) =>
    (resume !== undefined && (group === 'Connection' || group === 'Unified CM')) || name === 'lock-folder',
);

/** What `report --diff` is told to compare an earlier run; `null`: there is no other that has ended. */
async function compared(store: Pick<Store, 'runs'>, run: string): Promise<string[] | null> {
  if ((await others(store, run)).length === 0) return null;
  const [latest] = await others(store, null);
  return latest === run ? [] : [run];
}

/** The ids of runs that have ended, but this one; the latest first. */
async function others(store: Pick<Store, 'runs'>, run: string | null): Promise<string[]> {
  // Few are under way at once.
  const latest = await store.runs({ limit: 20 });
  return latest.filter((one) => isComparable(one) && one.id !== run).map(({ id }) => id);
}

/** `latest` means another run by the time that a command is copied. */
function named(name: string, fromRun: string | null): (value: Written) => Written {
  return (value) => (name === 'from-run' && fromRun !== null ? fromRun : value);
}

/** @param values what the run was given, wherever from */
function runWords(
  taken: Taken,
  profile: MigrationProfile | null,
  values: Readonly<Record<string, Written>>,
): CommandWords['run'] {
  const rows = optionTable.filter(({ name, group }) => group !== 'Output' && !leftOut.has(name));
  // Lists tell hardware versions, which an earlier run does not; as they may be of the file, which other targets replace.
  const hasLists = profile?.direction !== 'm2e' && values['inventory'] !== undefined;
  const listWords = hasLists ? listed(values['inventory']).flatMap((value) => optionWords('inventory', value)) : [];
  // A list that is excluded is read by its columns, too.
  const hasColumns = hasLists || listed(values['exclude']).some((text) => namesList(String(text)));
  const others = rows.filter(
    ({ name, group }) => group !== 'Targets' || ofAnyTargets.has(name) || (name === 'column' && hasColumns),
  );
  const paced = others.filter(({ name }) => name !== 'waves' && name !== 'pause-after-wave');
  return {
    withTargets: wordsOf(rows, taken),
    withoutTargets: [...listWords, ...wordsOf(others, taken)],
    inOneWave: values['waves'] === undefined ? null : [...listWords, ...wordsOf(paced, taken), '--waves', '100%'],
    limit: limitOf(values['limit']),
    says: {
      files: values['files'] !== undefined || values['serve'] !== undefined || values['ucm'] !== undefined,
      ucm: values['ucm'] !== undefined,
    },
  };
}

/** A list names phones, and those that it left out are not taken again anyway. */
function limitOf(value: Written | undefined): number | null {
  return /^\d+$/.test(String(value)) ? Number(value) : null;
}

function wordsOf(rows: readonly OptionRow[], taken: Taken): string[] {
  return rows.flatMap((row) => taken(row).flatMap((value) => optionWords(row.name, value)));
}

function optionWords(name: string, value: Written): string[] {
  if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
  const text = String(value);
  // A word that looks like an option would be taken for one.
  return text.startsWith('-') ? [`--${name}=${text}`] : [`--${name}`, text];
}

/** Where the store and the settings are, if the command line or the environment says so. */
export function whereWords({ written: { values, origin }, noConfig = false }: Given): string[] {
  const said = (['db', 'db-password-env', 'db-password-file', 'db-ca', 'config'] as const).flatMap((name) =>
    (origin[name] === 'flag' || origin[name] === 'env') && values[name] !== undefined
      ? optionWords(name, values[name])
      : [],
  );
  return [...said, ...(noConfig ? ['--no-config'] : [])];
}
