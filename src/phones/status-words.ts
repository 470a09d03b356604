import type { StatusWords } from '../domain/progress/observation.js';
import type { MultiplatformPages } from '../domain/phone/page-profile.js';
import {
  saysAuthorizationFailed,
  saysAuthorized,
  saysUpgradeFailed,
  saysUpgrading,
  timeIn,
  withoutTimes,
} from '../pages/admin/status-meanings.js';

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
