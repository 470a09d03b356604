import type { Charset } from '../../transport/body/response.js';
import type { Page } from '../../transport/session/session.js';

/** One name and value of a form. */
export interface Pair {
  name: string;
  value: string;
}

/** A form as it is sent. */
export interface FormBody {
  body: Buffer;
  contentType: string;
}

/** Whether a form asks for an encoding that it can be sent in. */
export function isKnownEncoding(enctype: string): boolean {
  return formBody([], enctype, 'utf8', '-') !== null;
}

/**
 * A form in the encoding it asks for, in the page's own character set, as a browser would send it (the URL standard, RFC 7578). `null`
 * for an encoding that no phone page is known to use.
 * @param boundary for `multipart/form-data`; made longer where it occurs in a value
 */
export function formBody(pairs: readonly Pair[], enctype: string, charset: Charset, boundary: string): FormBody | null {
  switch (enctype.trim().toLowerCase()) {
    case '':
    case 'application/x-www-form-urlencoded':
      return {
        body: Buffer.from(
          pairs.map(({ name, value }) => `${encode(name, charset)}=${encode(value, charset)}`).join('&'),
        ),
        contentType: 'application/x-www-form-urlencoded',
      };
    case 'multipart/form-data': {
      let own = boundary;
      while (pairs.some(({ name, value }) => name.includes(own) || value.includes(own))) own += 'x';
      const text = `${pairs.map(({ name, value }) => part(name, value, own, charset)).join('')}--${own}--\r\n`;
      return { body: Buffer.from(text, charset), contentType: `multipart/form-data; boundary=${own}` };
    }
    default:
      return null;
  }
}

function part(name: string, value: string, boundary: string, charset: Charset): string {
  const quoted = writable(name, charset).replace(/"/g, '%22').replace(/\r\n/g, '%0D%0A');
  return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted}"\r\n\r\n${writable(value, charset)}\r\n`;
}

/** With the line breaks of forms, and with references for what the character set cannot hold. */
function writable(text: string, charset: Charset): string {
  const normalized = text.replace(/\r\n|\r|\n/g, '\r\n');
  if (charset !== 'latin1') return normalized;
  return normalized.replace(/[^\0-\u00ff]/gu, (char) => `&#${char.codePointAt(0)};`);
}

/** The URL standard's form encoding, on the bytes of the page's character set. */
function encode(text: string, charset: Charset): string {
  let encoded = '';
  for (const byte of Buffer.from(writable(text, charset), charset)) {
    const char = String.fromCharCode(byte);
    if (/[A-Za-z0-9*\-._]/.test(char)) encoded += char;
    else encoded += byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/** A form that is ready to be sent. */
export interface FormPost extends FormBody {
  path: string;
}

/** Longer than any typed value; made longer where a value contains it. */
const boundary = `----fleet-migrate-${'form'.repeat(6)}`;

/**
 * A filled-in form as it is posted; `null` if it would go to another host, scheme or port, or in an unknown encoding.
 * @param origin where the phone is spoken to: a form may name the phone's own address
 */
export function formPost(
  form: { action: string; enctype: string },
  pairs: readonly Pair[],
  page: Page,
  origin: string,
): FormPost | null {
  const path = formTarget(form.action, page.path, origin);
  const body = formBody(pairs, form.enctype, page.charset, boundary);
  return path === null || !body ? null : { ...body, path };
}

/**
 * Where a form posts to, as a path on the phone that served its page; `null` if it leads to another host, scheme or port.
 * @param origin where the phone is spoken to: a form may name the phone's own address
 */
export function formTarget(action: string, pagePath: string, origin: string): string | null {
  const base = new URL(pagePath, origin);
  const target = URL.canParse(action, base.href) ? new URL(action, base) : null;
  return target?.origin === base.origin ? target.pathname + target.search : null;
}
