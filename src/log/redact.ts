/** What replaces a secret. */
export const redacted = '[redacted]';

const secretWords = 'password|passwd|passphrase|pwd|secret|token|credential|apikey|privatekey|sessionid';

/** Names of HTTP headers that carry a secret. `authorizationRule` and the like are not secrets and stay readable. */
const secretHeaders = /^(?:proxy)?authorization(?:header)?$|cookie/;
const secretName = new RegExp(secretWords);

/** Whether a field of this name holds a secret, however it is spelled (`apiKey`, `api_key`, `X-API-Key`). */
export function isSecretName(name: string): boolean {
  const letters = name.toLowerCase().replace(/[^a-z]/g, '');
  return secretName.test(letters) || secretHeaders.test(letters);
}

/** Longest text that is searched, in UTF-16 units; the rest of a longer one is dropped. */
const longest = 65_536;

const word = `(?:${secretWords}|api[_-]key|private[_-]key|session[_-]id)`;

/** Where texts hold secrets; the first group is what comes before the secret, the last what comes after. */
const places: readonly RegExp[] = [
  // http://user:pass@host, also with an "@" in the password
  /([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#]*(@)/gi,
  // ?xuser=admin&xpassword=admin, Admin_Password=…, pass=…
  new RegExp(`([\\w$.-]{0,40}${word}[\\w.-]{0,40}=|\\b(?:pass|xuser)=)(?:"[^"]*"|'[^']*'|[^\\s&"<>])+()`, 'gi'),
  // P30959=…: phones name their password inputs with a P (docs/knowledge/multiplatform-pages.md#spa5xx)
  /(\bP\d{3,}=)[^\s&"<>]+()/g,
  // "password":"…" in a JSON text
  new RegExp(`("[\\w$.-]{0,40}${word}[\\w.-]{0,40}"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*(")`, 'gi'),
  // <Admin_Password ua="na">…</Admin_Password>
  new RegExp(`(<[\\w.-]{0,40}${word}[\\w.-]{0,40}(?:\\s[^<>]{0,200})?>)[^<]+(<)`, 'gi'),
  // [--uid user --pwd secret]URL in a rule (docs/knowledge/multiplatform-settings.md#rules-and-macros)
  /(--(?:pwd|password|key)\s+)[^\s\]]+()/gi,
  // header lines
  /(\bauthorization:\s*(?:basic|bearer|digest|negotiate)\s)[^\r\n]*()/gi,
  /(\bcookie:\s*)[^\r\n]+()/gi,
];

/** Removes the secrets from a text: user and password in URLs, password values in queries, forms, JSON, XML, rules and headers. */
export function redactText(text: string): string {
  let safe = text.length > longest ? text.slice(0, longest) : text;
  for (const place of places) safe = safe.replace(place, `$1${redacted}$2`);
  return safe;
}
