import { phoneProfiles } from '../../config/profiles/as-shipped.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { parseTarget } from '../../domain/network/address-forms.js';
import { type Site, siteOfTarget } from '../../domain/network/site.js';
import { shown } from '../../domain/text/printable.js';
import { isUsageError, refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import { openRunTargets, type TargetSource } from '../../fleet/run/assemble.js';
import type { MeetOptions } from '../../contact/meet/meet-phone.js';
import { companionRemarks } from '../../conduct/options/companions.js';
import { connectionOf } from '../../conduct/options/connection.js';
import { readCredentials } from '../../conduct/options/access/credentials.js';
import type { Given } from '../../conduct/options/sources.js';
import { optionsOf } from '../../conduct/options/table.js';
import { systemClock } from '../../conduct/system-clock.js';
import { fileProblems } from '../../conduct/check/check-run.js';

/** One phone to look at, and how it is reached. */
export interface OnePhone {
  target: string;
  options: MeetOptions;
}

/** Checks everything that can be checked before one phone is contacted. @throws UsageError with all that is wrong */
export async function onePhone(given: Given, address: string): Promise<OnePhone> {
  const { settings, written, surroundings } = given;
  const problems = [...written.problems];
  const credentialsFor = readCredentials(settings, written, surroundings, problems);
  const remarks = companionRemarks(given, optionsOf.phone, null);
  problems.push(...remarks.problems, ...(await fileProblems(given, optionsOf.phone, false)));
  refuseProblems(problems);
  for (const text of remarks.warnings) process.stderr.write(`fleet-migrate: ${text}\n`);
  const { scheme, httpPort, httpsPort, tryPasswords } = settings;
  const phone = await phoneAt(address);
  const site = (await siteOfPhone(phone, written.sites))?.name ?? null;
  return {
    target: phone.address,
    options: {
      profiles: await phoneProfiles(settings.phoneProfiles),
      clock: systemClock,
      ...{ scheme, httpPort, httpsPort, tryPasswords },
      ...connectionOf(settings),
      credentialsFor: (at) => credentialsFor(at, site),
    },
  };
}

/**
 * What `probe --from` and `capture --check` read a file with. Options for a phone that is asked do nothing there.
 * @param command as the user typed it
 * @throws UsageError
 */
export async function profilesForFile({ settings, written }: Given, command: string): Promise<PhoneProfiles> {
  const idle = optionsOf.phone
    .map(({ name }) => name)
    .filter((name) => !ofFiles.has(name) && written.where[name]?.some(({ from }) => from === 'flag'))
    .map((name) => `--${name}`);
  if (idle.length > 0)
    throw new UsageError(
      `${command} reads a file and asks no phone, so ${idle.join(', ')} ${idle.length === 1 ? 'does' : 'do'} nothing; leave ${idle.length === 1 ? 'it' : 'them'} out.`,
    );
  refuseProblems(written.problems);
  return phoneProfiles(settings.phoneProfiles);
}

/** Options that also matter where no phone is asked. */
const ofFiles: ReadonlySet<string> = new Set(['phone-profiles', 'config']);

interface PhoneAt {
  /** Dotted IPv4. */
  address: string;
  /** The host name it was given as. */
  host?: string;
}

/** The IPv4 address that a text names. @throws UsageError */
async function phoneAt(text: string): Promise<PhoneAt> {
  const given = text.trim();
  const place = `ADDRESS ${shown(given)}`;
  if (/^[\d.]+\/\d+$/.test(given))
    throw new UsageError(`${place}: this is a subnet; name one phone, such as 10.0.0.7.`);
  if (/[,;\s]/.test(given)) throw new UsageError(`${place}: name one phone, such as 10.0.0.7.`);
  const form = parseTarget(given, place);
  if (form.kind === 'addresses' && form.range.first !== form.range.last)
    throw new UsageError(
      `${place}: these are ${form.range.last - form.range.first + 1} addresses; name one phone, such as 10.0.0.7.`,
    );
  for await (const { target, error } of await targetsOf({ targets: [given] })) {
    if (error !== undefined)
      throw new UsageError(`${place}: the name has no address (${error}); use the phone's address instead.`);
    return { address: target.address, ...(target.host === undefined ? {} : { host: target.host }) };
  }
  throw new UsageError(`${place}: there is no such address; use the phone's address, such as 10.0.0.7.`);
}

/**
 * The site of the configuration file that a phone belongs to, as in an audit of all sites: their inventories are read where one of them may
 * say so, as another site's password must not be tried. @throws UsageError where such a list cannot be read
 */
async function siteOfPhone(phone: PhoneAt, sites: readonly Site[]): Promise<Site | null> {
  const own = { ...phone, hint: {} };
  const inventories = sites.flatMap((site) => site.inventories);
  if (inventories.length === 0 || sites.every((site) => site.credentials.length === 0)) return siteOfTarget(own, sites);
  for await (const { target } of await listedPhones(inventories, sites)) {
    const isIt = target.address === phone.address || (phone.host !== undefined && target.host === phone.host);
    if (isIt) return siteOfTarget({ ...target, ...phone }, sites);
    // Phones listed by address come first; the names of the others need not be looked up.
    if (target.host !== undefined || target.inventory === undefined) break;
  }
  return siteOfTarget(own, sites);
}

async function listedPhones(inventories: string[], sites: readonly Site[]): Promise<TargetSource> {
  try {
    // A list of MACs alone is read where subnets are given.
    return await targetsOf({ inventories, subnets: sites.flatMap((site) => site.subnets) });
  } catch (error) {
    if (!isUsageError(error)) throw error;
    throw new UsageError(
      `${error.message} Which site's passwords the phone would be given is not known; correct the list, or leave the configuration file out with --no-config.`,
      { cause: error },
    );
  }
}

function targetsOf(asked: { targets?: string[]; inventories?: string[]; subnets?: string[] }): Promise<TargetSource> {
  const none = { subnets: [], targets: [], inventories: [], columns: [], excludes: [] };
  return openRunTargets({ targets: { ...none, ...asked, maxTargets: Number.MAX_SAFE_INTEGER } }, systemClock);
}
