import type { AuthorizationRow } from '../../domain/phone/facts.js';
import type { StatusWords } from '../../domain/progress/observation.js';
import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { compile, matchesAny } from '../markup/text.js';

/** What the status texts of Multiplatform phones mean, by the profile's patterns. */
export function statusWords(profile: MultiplatformPages): StatusWords {
  return {
    isUpgrading: (text) => text !== '' && saysUpgrading(text, profile),
    isUpgradeFailure: (text) => text !== '' && saysUpgradeFailed(text, profile),
    isAuthorized: (row) => saysAuthorized(row, profile),
    isAuthorizationFailure: (row) => saysAuthorizationFailed(row, profile),
    timeIn: (text) => timeIn(text, profile),
    withoutTimes: (text) => withoutTimes(text, profile),
  };
}

/** True when no line has an active call. A page with no call state, or an empty one, counts as idle. */
export function isIdle(callStates: readonly string[], { meanings }: MultiplatformPages): boolean {
  return callStates.every((state) => state.trim() === '' || matchesAny(state, meanings.idleCallStates));
}

/** True for a status text that says an upgrade is going on (guide G7, G9). */
function saysUpgrading(text: string, { meanings }: MultiplatformPages): boolean {
  return matchesAny(text, meanings.upgrading);
}

/** True for a status text that says an upgrade has failed. */
function saysUpgradeFailed(text: string, { meanings }: MultiplatformPages): boolean {
  return !matchesAny(text, meanings.upgrading) && matchesAny(text, meanings.upgradeFailed);
}

/** True for a row that says the license was accepted. */
function saysAuthorized(row: AuthorizationRow, { meanings }: MultiplatformPages): boolean {
  const { codes, messages } = meanings.authorizationSucceeded;
  return codes.includes(row.code) && matchesAny(row.message, messages);
}

/**
 * True for a row that says the license was not accepted. Only the success text is known
 * (docs/knowledge/multiplatform-pages.md#the-authorization-row), so a text that is neither may be an interim one.
 */
function saysAuthorizationFailed(row: AuthorizationRow, profile: MultiplatformPages): boolean {
  return !saysAuthorized(row, profile) && matchesAny(row.message, profile.meanings.authorizationFailed.messages);
}

/** The time in a status text, as milliseconds of whatever clock the phone has; `null` where there is none. */
function timeIn(text: string, { timePattern }: MultiplatformPages): number | null {
  const parts = compile(timePattern).exec(text)?.groups;
  if (!parts) return null;
  const part = (name: string): number => Number(parts[name]);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** A status text without the times in it. */
function withoutTimes(text: string, { timePattern }: MultiplatformPages): string {
  return text.replace(new RegExp(compile(timePattern), 'gi'), '');
}
