import type { StatusWords } from '../../domain/progress/observation.js';

/** What modeled phones say, on their pages and through Unified CM: the words of the house, so that nothing depends on those of a firmware. */
export const said = {
  upgrading: 'Upgrading',
  failed: 'Download failed',
  authorized: 'Authorized',
  refused: 'Not authorized',
} as const;

/** How these words are to be read. */
export const modeledWords: StatusWords = {
  isUpgrading: (text) => text === said.upgrading,
  isUpgradeFailure: (text) => text === said.failed,
  isAuthorized: ({ message }) => message === said.authorized,
  isAuthorizationFailure: ({ message }) => message === said.refused,
  timeIn: () => null,
  withoutTimes: (text) => text,
};
