import type { StatusWords } from '../domain/observation.js';
import type { MultiplatformPages } from '../domain/phone-profile.js';
import { matchesAny } from '../pages/text.js';

/** What the status texts of Multiplatform phones mean, by the profile's patterns. */
export function statusWords({ meanings }: MultiplatformPages): StatusWords {
  const { codes, messages } = meanings.authorizationSucceeded;
  return {
    isUpgrading: (text) => text !== '' && matchesAny(text, meanings.upgrading),
    isUpgradeFailure: (text) => text !== '' && matchesAny(text, meanings.upgradeFailed),
    isAuthorized: (row) => codes.includes(row.code) && matchesAny(row.message, messages),
  };
}
