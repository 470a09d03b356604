import { type FailureCodeName, isFailureCode } from './failure-codes.js';
import type { PhoneFacts } from './phone.js';
import type { Evidence } from './report.js';

/** Codes of phones that want a password, or another one, before they show their admin page. */
const askForPassword: ReadonlySet<FailureCodeName> = new Set([
  'auth-required',
  'password-wrong',
  'login-form-unclear',
  'locked-out',
] as const);

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

/** True when a phone's evidence says that it kept its admin page behind a password. */
export function asksForPassword(evidence: readonly Pick<Evidence, 'kind' | 'text'>[]): boolean {
  return evidence.some(({ kind, text }) => {
    const [code = ''] = text.split(':', 1);
    return kind === 'access' && isFailureCode(code) && askForPassword.has(code);
  });
}
