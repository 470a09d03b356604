import { tellsReturn } from '../licenses/way-back.js';
import type { FailureCodeName } from '../failures/failure-codes.js';
import type { Models } from '../phone/models.js';
import type { PhoneFacts } from '../phone/facts.js';
import type { Failure, Note } from '../failures/failure.js';

/** Codes of phones that refused their password, or to which it was not sent. */
const passwordRefusedOrHeld: ReadonlySet<string> = new Set<FailureCodeName>([
  'password-wrong',
  'locked-out',
  'password-held-back',
]);

/**
 * Why a Multiplatform phone was read from another page than the admin page, or what is odd about its form, for its evidence:
 * `auth-required: /admin/advanced asks for a password (401); read from /admin/status.xml.` `null` if nothing was in the way.
 */
export function accessNote({ family, settingsProblem, readFrom }: PhoneFacts): Note | null {
  if (settingsProblem === null || family === 'enterprise') return null;
  const { code, message } = settingsProblem;
  const from = message.includes(readFrom) ? '' : `; read from ${readFrom}`;
  return { kind: 'access', text: `${code}: ${message.replace(/\.$/, '')}${from}.` };
}

/**
 * Why an audit did not learn all it wanted: the phone refused the password it was given; or the admin page, which would have told whether
 * the phone may return without a license, could not be read. `null` if it learned everything.
 */
export function auditProblem(facts: PhoneFacts, models: Models): Failure | null {
  const { family, settingsProblem } = facts;
  if (settingsProblem === null || family === 'enterprise') return null;
  const isHidden = facts.transitionAuthorizationType === null && tellsReturn(facts, models);
  return isHidden || passwordRefusedOrHeld.has(settingsProblem.code) ? settingsProblem : null;
}
