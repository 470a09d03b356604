import { failure } from '../../domain/failures/failure-codes.js';
import type { Failure } from '../../domain/failures/failure.js';

/** Why a phone that Unified CM does not see registered is not given a load there. */
export function notRegistered(registered: 'no' | 'unknown', host: string): Failure {
  return registered === 'no'
    ? failure('ucm-unregistered', `Unified CM ${host} does not see it registered.`)
    : failure('ucm-registration-unknown', `Unified CM ${host} does not say whether it is registered.`);
}
