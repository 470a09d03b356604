import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { isOfWrites } from '../../domain/pacing/judge-thresholds.js';
import { listed } from '../../config/settings/option.js';
import type { Settings } from '../../config/settings/merge.js';
import { placed } from '../../config/settings/where.js';
import { type Companions, nameOne, type OptionRow } from './row.js';
import type { Given } from './sources.js';

/** Remarks on options that cannot be combined. */
export interface Remarks {
  problems: string[];
  /** Settings of a configuration file that do nothing in this run. */
  warnings: string[];
}

/**
 * Options without effect in this run. On the command line that is a mistake; a configuration file or the environment may hold
 * them for other runs.
 * @param profile undefined when the named one cannot be loaded
 */
export function companionRemarks(
  { settings, written }: Given,
  options: readonly OptionRow[],
  profile: MigrationProfile | null | undefined,
): Remarks {
  const remarks: Remarks = { problems: [], warnings: [] };
  for (const { name, sentence, elsewhere, onFlag } of withoutEffect(written, options, profile)) {
    const where = written.where[name]?.[0];
    const weight = where?.from === 'flag' ? (onFlag ?? 'mistake') : elsewhere;
    if (weight !== 'fine') remarks[weight === 'mistake' ? 'problems' : 'warnings'].push(placed(name, where, sentence));
  }
  if (profile === null) {
    for (const [at, { kind, text }] of settings.abortAfter.entries()) {
      // Without writes only codes of reading can ever be counted.
      const where = written.where['abort-after']?.[at];
      if (!isOfWrites(kind) || where?.from !== 'flag') continue;
      remarks.problems.push(
        `--abort-after ${text} counts phones that were written to, and without --profile there are none; name a reading code, such as password-wrong:3, or a profile.`,
      );
    }
  }
  return remarks;
}

/** Options of a run that would be a mistake on a command line, as they have no effect in it. */
export function mistakesIfTyped(
  values: Settings['values'],
  options: readonly OptionRow[],
  profile: MigrationProfile | null,
): ReadonlySet<string> {
  const written = { values, where: {}, broken: new Set<string>(), sites: [], credentials: [] };
  const found = [...withoutEffect(written, options, profile)];
  return new Set(found.filter(({ onFlag = 'mistake' }) => onFlag === 'mistake').map(({ name }) => name));
}

/** An option without effect, and why. */
interface Idle extends Pick<Companions, 'elsewhere' | 'onFlag'> {
  name: string;
  sentence: string;
}

/** What of the settings the rules of options look at. */
type Looked = Pick<Settings, 'values' | 'where' | 'broken' | 'sites' | 'credentials'>;

function* withoutEffect(
  written: Looked,
  options: readonly OptionRow[],
  profile: MigrationProfile | null | undefined,
): Generator<Idle> {
  // A resume has what its run was given.
  const isOfCommand = (one: string): boolean =>
    one === 'credentials' || options.some(({ name }) => name === one.split('=')[0]);
  const mayBeNamed = ({ any }: Companions): boolean => profile === undefined && any.includes('profile');
  for (const row of options) {
    const { name, needs, idleBeside } = row;
    if (!isSet(row, written)) continue;
    if (row.needsProfile && profile === null) {
      const word = row.default === true ? `no-${name}` : name;
      const sentence = `--${word} does nothing without --profile; ${nameOne}.`;
      yield { name, sentence, elsewhere: 'fine' };
      continue;
    }
    if (row.needsProfile && profile === undefined) continue;
    const idle = profile ? (row.idleWith?.(profile, (one) => isThere(one, written)) ?? null) : null;
    if (idle !== null) yield { ...idle, name, sentence: `--${name} ${idle.say}` };
    else if (needs?.any.some(isOfCommand) && !needs.any.some((one) => isThere(one, written)) && !mayBeNamed(needs))
      yield {
        ...needs,
        name,
        // An audit takes no profile.
        sentence: `--${name} ${isOfCommand('profile') ? needs.say : needs.say.replace(nameOne, 'leave it out')}`,
      };
    if (idleBeside?.any.some((one) => isThere(one, written) && !isBroken(one, written)))
      yield { ...idleBeside, name, sentence: `--${name} ${idleBeside.say}` };
  }
}

/** Whether it was set to something other than its default. */
function isSet({ name, default: standard }: OptionRow, { values, where }: Looked): boolean {
  const value = values[name];
  if (value === undefined || where[name]?.[0]?.from === 'default') return false;
  return typeof standard === 'boolean' ? value !== standard : true;
}

/** Whether it is set, or was given a value that cannot be read. */
function isThere(wanted: string, { values, sites, credentials, broken }: Looked): boolean {
  if (broken.has(wanted)) return true;
  if (wanted === 'credentials')
    return [credentials, ...sites.map((site) => site.credentials)].some((all) => all.length > 0) || broken.has('sites');
  const [name = '', value] = wanted.split('=');
  const given = listed(values[name]);
  if (value === undefined) return given.some((one) => one !== false);
  if (value.startsWith('*')) return given.some((one) => String(one).toLowerCase().endsWith(value.slice(1)));
  if (value.endsWith('*')) return given.some((one) => String(one).toLowerCase().startsWith(value.slice(0, -1)));
  return given.includes(value);
}

function isBroken(wanted: string, { broken }: Looked): boolean {
  return broken.has(wanted.split('=')[0] ?? '');
}
