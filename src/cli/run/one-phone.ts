import { loadPhoneProfiles } from '../../config/profiles/phone-pages.js';
import { shippedPhonesDir } from '../../config/profiles/shipped.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import { openRunTargets } from '../../fleet/run/assemble.js';
import type { MeetOptions } from '../../contact/meet/meet-phone.js';
import { companionRemarks } from '../options/companions.js';
import { readCredentials } from '../options/credentials.js';
import { readCertificates } from '../options/checks/files.js';
import type { Given } from '../options/sources.js';
import { optionsOf } from '../options/table.js';
import { systemClock } from '../system-clock.js';
import { packageVersion } from '../terminal/version.js';
import { fileProblems } from './check-run.js';

/** One phone to look at, and how it is reached. */
export interface OnePhone {
  target: string;
  options: MeetOptions;
}

/** How the pages of phones read. @throws UsageError */
export function phoneProfilesOf({ settings }: Given): PhoneProfiles {
  return loadPhoneProfiles(shippedPhonesDir(), settings.phoneProfiles);
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
  const { scheme, httpPort, httpsPort, insecure, tlsLegacy, allowExpiredMic, ca, timeout, tryPasswords } = settings;
  return {
    target: await addressOf(address),
    options: {
      profiles: phoneProfilesOf(given),
      clock: systemClock,
      ...{ scheme, httpPort, httpsPort, tryPasswords },
      tls: { ca: ca.map(readCertificates), insecure, legacy: tlsLegacy, allowExpired: allowExpiredMic },
      timeoutMs: timeout,
      userAgent: `fleet-migrate/${packageVersion()}`,
      credentialsFor: (phone) => credentialsFor(phone),
    },
  };
}

/** The IPv4 address that a text names. @throws UsageError */
async function addressOf(text: string): Promise<string> {
  if (/^[\d.]+\/\d+$/.test(text.trim())) throw new UsageError(`${text} is a subnet; name one phone, such as 10.0.0.7.`);
  const spec = { subnets: [], targets: [text], inventories: [], excludes: [], maxTargets: Number.MAX_SAFE_INTEGER };
  const targets = await openRunTargets({ targets: spec }, systemClock);
  if (targets.count !== 1) throw new UsageError(`${text} names ${targets.count} addresses; name one phone.`);
  for await (const { target, error } of targets) {
    if (error !== undefined) throw new UsageError(`${text} has no address: ${error}; use the phone's address instead.`);
    return target.address;
  }
  throw new UsageError(`${text} names no address; use the phone's address, such as 10.0.0.7.`);
}
