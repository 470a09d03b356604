import type { UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import { printable } from '../../domain/text/printable.js';
import { UcmError } from '../ucm.js';
import type { HttpAnswer } from './exchange.js';
import { childOf, type Element, parseXml, textOf } from './element.js';

/** A SOAP fault. */
export interface Fault {
  /** `faultstring`, made printable. */
  text: string;
  /** `axlcode`; `null` where there is none. */
  code: number | null;
}

/** What a response means for who asked. */
export type Reply =
  | { kind: 'body'; body: Element; xml: string }
  | { kind: 'fault'; fault: Fault }
  /** It was not taken, and may be sent again later. */
  | { kind: 'held'; said: string; why: 'busy' | 'rate' }
  /** The result would be too large; so many rows fit. */
  | { kind: 'too-large'; rows: number }
  /** 404: there is nothing, or the session is over. */
  | { kind: 'nothing-there' };

/** Whom and what was asked, for sentences. */
export interface Asked {
  /** Host and port. */
  host: string;
  /** The operation. */
  operation: string;
  changes: boolean;
}

type Faults = Pick<UcmKnowledge, 'faults'>;

/**
 * Reads a response by status first, since refusals come as web pages and throttles as plain text.
 * @throws UcmError for a refused login or role, for what is no answer of this service, and for one that is cut off
 */
export function readReply(answer: HttpAnswer, asked: Asked, { faults }: Faults): Reply {
  const { status, text } = answer;
  const { host, operation, changes } = asked;
  if (status === 401)
    throw new UcmError('ucm-login-refused', `Unified CM at ${host} refused the user name or the password.`, true);
  if (status === 403)
    throw new UcmError('ucm-role-missing', `Unified CM at ${host} does not allow this user ${operation}.`, true);
  if (status === 404) return { kind: 'nothing-there' };
  if (status === 503 || status === 429) return { kind: 'held', said: `status ${status}`, why: 'busy' };
  if (status === 599)
    throw new UcmError(
      'ucm-version',
      `Unified CM at ${host} does not speak this version of its interface (status 599).`,
      true,
    );
  if (status >= 300 && status < 400)
    throw new UcmError(
      'ucm-not-ucm',
      `${host} redirects ${operation} elsewhere (status ${status}), which was not followed.`,
      true,
    );
  const root = answer.isTooLong || answer.isDamaged ? null : parseXml(text);
  const body = root?.name === 'Envelope' ? childOf(root, 'Body') : null;
  const fault = childOf(body, 'Fault');
  if (fault) return ofFault(fault, text, asked, faults);
  if (body && status < 300) return { kind: 'body', body, xml: text };
  // Under load errors come as plain text, the rate fault among them.
  if (faults.rate.test(text)) return { kind: 'held', said: quoted(text), why: 'rate' };
  if (status >= 500 && !changes) return { kind: 'held', said: `status ${status}, ${quoted(text)}`, why: 'busy' };
  throw notUnderstood(answer, asked);
}

function ofFault(fault: Element, xml: string, { host, operation }: Asked, faults: Faults['faults']): Reply {
  // SOAP 1.2 has Reason/Text.
  const said = textOf(fault, 'faultstring') ?? textOf(fault, 'Reason', 'Text') ?? '';
  const error = childOf(fault, 'detail', 'axlError') ?? childOf(fault, 'detail', 'axlerror');
  const message = textOf(error, 'axlmessage') ?? '';
  const all = `${said} ${message}`;
  if (faults.rate.test(xml)) return { kind: 'held', said: printable(said), why: 'rate' };
  if (faults.memory.test(all)) return { kind: 'held', said: printable(said), why: 'busy' };
  const rows = Number(faults.tooLarge.exec(all)?.groups?.['rows']);
  if (Number.isSafeInteger(rows)) return { kind: 'too-large', rows };
  if (faults.notAuthorized.test(all))
    throw new UcmError(
      'ucm-role-missing',
      `Unified CM at ${host} does not allow this user ${operation}: ${printable(said)}`,
      true,
    );
  const code = textOf(error, 'axlcode');
  return {
    kind: 'fault',
    fault: {
      text: printable(said === '' ? message : said) || 'a fault without a text',
      code: code !== null && /^-?\d{1,9}$/.test(code) ? Number(code) : null,
    },
  };
}

/** The start of a text that is not what was expected, in one line. */
function quoted(text: string): string {
  const words = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words === '' ? 'without a text' : `"${printable(words, 200)}"`;
}

function notUnderstood(answer: HttpAnswer, { host, operation, changes }: Asked): UcmError {
  const { status, text, isTooLong, contentType } = answer;
  const changed = changes ? ' Whether the change was made is not known.' : '';
  const isPage = contentType === 'text/html' || /^\s*<(?:!doctype\s+html|html)\b/i.test(text);
  if (isPage)
    return new UcmError(
      'ucm-not-ucm',
      `${host} responded to ${operation} with a web page (status ${status}), not with an answer of Unified CM.${changed}`,
      !changes,
    );
  const why = isTooLong
    ? 'is larger than any that is known, and was cut off'
    : /^\s*<(?:\?xml|[\w-]+:Envelope|Envelope)/.test(text)
      ? 'is cut off or damaged'
      : text.trim() === ''
        ? `is empty (status ${status})`
        : `is none of its interface (status ${status})`;
  return new UcmError(
    'ucm-unreadable',
    `The answer of Unified CM at ${host} to ${operation} ${why}.${changed}`,
    !changes,
  );
}
