import { UsageError } from '../domain/text/usage-error.js';

/** Why a store cannot be opened. */
export type StoreProblem =
  /** The folder or the file cannot be made, read or written. */
  | 'no-access'
  /** It was there, and is not any more. */
  | 'gone'
  /** The file is not a database, or belongs to another program. */
  | 'not-a-store'
  /** It is damaged. */
  | 'damaged'
  /** A newer fleet-migrate has written it. */
  | 'newer'
  /** A database that has no tables of ours yet, or those of an older fleet-migrate: somebody has to bring it up to date first. */
  | 'older'
  /** A database that does not answer; it may later. */
  | 'away'
  | 'full'
  /** Other processes kept it locked for longer than we wait. */
  | 'busy'
  /** An address that is none of a database, or says what we do not do. */
  | 'unsupported';

/** The store given cannot be used. Found before any phone is contacted, so it ends the run like any {@link UsageError}. */
export class StoreOpenError extends UsageError {
  constructor(
    readonly problem: StoreProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StoreOpenError';
  }
}

/** True for a {@link StoreOpenError}, also one from another realm or another copy of this module. */
export function isStoreOpenError(error: unknown): error is StoreOpenError {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'StoreOpenError';
}

/**
 * What can go wrong with a store that was opened: no space left, locked for too long by others, no longer ours (its file deleted or
 * replaced, its lock taken over), a database that does not answer and may come back, or anything else.
 */
export type StoreErrorCode =
  | 'store-full'
  | 'store-busy'
  | 'store-lost'
  | 'store-away'
  | 'store-broken'
  /** The user of a database may not do what was asked. */
  | 'store-forbidden'
  /** Its run is paused, stopping, or has stopped itself: no intent is taken. */
  | 'store-held';

/** Nothing of the failed write is in the store. One sentence: what happened, to which file, what to do. Match on `code`. */
export class StoreError extends Error {
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StoreError';
  }
}

/** Whether a store does not answer, and may later: nothing is known to be wrong with it. */
export function isStoreAway(error: unknown): error is StoreError {
  return isStoreError(error) && error.code === 'store-away';
}

/** Whether a store cannot be looked at for now, and may be later: its file was moved away, or its database does not answer. */
export function mayComeBack(error: unknown): error is StoreError | StoreOpenError {
  return isStoreOpenError(error) || isStoreAway(error);
}

/** True for a {@link StoreError}, also one from another realm or another copy of this module. */
export function isStoreError(error: unknown): error is StoreError {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'StoreError';
}
