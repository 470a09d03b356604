import type { RequestLogEntry, SimulatedPhone } from '../../../src/simulator/index.js';
import type { Network } from '../network.js';
import type { Report } from './report-schema.js';

/** Where login forms are posted to: a sign-in, not a write. */
const loginPaths: ReadonlySet<string> = new Set(['/admin/login.csc', '/login.csc']);
/** GETs that act. */
const actions = /^\/admin\/(?:upgrade|resync|updateca|reboot)\b/;

/** Everything that could have changed a device: posts other than logins, and GETs that act. */
export function writes(network: Network): RequestLogEntry[] {
  return network.simulator.log.filter(({ method, path }) =>
    method === 'GET' ? actions.test(path) : !loginPaths.has(path),
  );
}

/** Everything that was posted. */
export function logins(network: Network): RequestLogEntry[] {
  return network.posts().filter(({ path }) => loginPaths.has(path));
}

/** Phones that were written to according to the report, also those that it names because they took over an address at that moment. */
function saidToBeTouched({ phones }: Report): ReadonlySet<string | null> {
  return new Set(
    phones
      .filter(({ touched }) => touched)
      .flatMap(({ mac, evidence }) => [
        mac,
        ...evidence.flatMap(({ kind, text }) => (kind === 'other-phone' ? (/[0-9A-F]{12}/.exec(text)?.[0] ?? []) : [])),
      ]),
  );
}

/** Writes to phones to which nothing may be written, by name, address and path; empty if there are none. */
export function forbiddenWrites(network: Network, report: Report): string[] {
  const touched = saidToBeTouched(report);
  return writes(network).flatMap(({ address, mac, kind, path }) => {
    const why = kind !== 'multiplatform' ? `is ${kind}` : !touched.has(mac) ? 'is untouched in the report' : null;
    return why === null ? [] : [`${address} ${mac} ${path}: ${why}`];
  });
}

/** Devices to which nothing was written according to the report, although their own log or state shows a write. */
export function secretlyChanged(network: Network, report: Report): string[] {
  const touched = saidToBeTouched(report);
  const isChanged = (phone: SimulatedPhone): boolean => {
    const { postsApplied, directActions, passwordSet, passwordWiped, upgrades } = phone.snapshot();
    return postsApplied + directActions + upgrades > 0 || passwordSet || passwordWiped;
  };
  return network.simulator.phones
    .filter((phone) => !touched.has(phone.mac) && isChanged(phone))
    .map(({ name, address }) => `${name} ${address}`);
}
