import { tellsReturn } from '../plan/eligibility.js';
import type { FailureCodeName } from '../failures/failure-codes.js';
import type { Models } from './models.js';
import type { PhoneFacts } from './facts.js';
import type { Evidence, Failure } from '../failures/failure.js';

/** Codes of phones that refused the password that was given, or were not told it. */
const passwordRefusedOrHeld: ReadonlySet<string> = new Set<FailureCodeName>([
  'password-wrong',
  'locked-out',
  'password-held-back',
]);

/**
 * Why a Multiplatform phone was read from another page than the admin page, or what is odd about its form, for its evidence: `auth-required: /admin/advanced asks for
 * a password (401); read from /admin/status.xml.` `null` where nothing stood in the way.
 */
export function accessNote({ family, settingsProblem, readFrom }: PhoneFacts): Pick<Evidence, 'kind' | 'text'> | null {
  if (settingsProblem === null || family === 'enterprise') return null;
  const { code, message } = settingsProblem;
  const from = message.includes(readFrom) ? '' : `; read from ${readFrom}`;
  return { kind: 'access', text: `${code}: ${message.replace(/\.$/, '')}${from}.` };
}

/**
 * What kept an audit from what it asked a phone: a password that was given and not taken; or whatever stands before its admin page, where
 * that would have told whether the phone may return without a license. `null` where nothing did.
 */
export function whatAuditLacks(facts: PhoneFacts, models: Models): Failure | null {
  const { family, settingsProblem } = facts;
  if (settingsProblem === null || family === 'enterprise') return null;
  const lacks = facts.transitionAuthorizationType === null && tellsReturn(facts, models);
  return lacks || passwordRefusedOrHeld.has(settingsProblem.code) ? settingsProblem : null;
}
