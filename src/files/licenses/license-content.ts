import { looksLikeHtml } from '../servers/response.js';

/** License files are a few kilobytes; anything larger is something else. */
export const mostLicenseBytes = 64 * 1024;

/** Why a file is no license for a phone. `text` ends a sentence: "it is …", "the server sent …". */
export type LicenseProblem =
  | { kind: 'empty' | 'web-page' | 'error-text' | 'json' | 'other-file'; text: string }
  | { kind: 'other-phone'; named: string };

/**
 * What is wrong with the content of a license. It is opaque (docs/knowledge/open-questions.md#licenses): all that can be told is that it is
 * something, is neither a web page, an error message, JSON nor a file of a known other kind, and does not name another phone (guide G4).
 * @param mac 12 hexadecimal digits
 * @param contentType as a server gave it, in lower case without parameters; empty for a file
 */
export function licenseProblem(body: Uint8Array, mac: string, contentType = ''): LicenseProblem | null {
  const text = textOf(body);
  if (text.trim() === '') return { kind: 'empty', text: 'it is empty' };
  const other = otherFile(body);
  if (other !== null) return { kind: 'other-file', text: other };
  if (looksLikeHtml(contentType, Buffer.from(text, 'latin1')) || holdsPage.test(text))
    return { kind: 'web-page', text: 'a web page' };
  if (isErrorText(text)) return { kind: 'error-text', text: `an error message ("${text.trim().slice(0, 40)}")` };
  if (isJson(contentType, text)) return { kind: 'json', text: 'JSON, probably an error message' };
  const macs = namedMacs(text);
  const [named] = macs;
  return named === undefined || macs.has(mac.toUpperCase()) ? null : { kind: 'other-phone', named };
}

/** What begins so is known to be something else. */
const beginnings: readonly [begins: RegExp, what: string][] = [
  [/^(?:PK\x03\x04|PK\x05\x06|\x1f\x8b|7z\xbc\xaf|Rar!|BZh|\xfd7zXZ)/, 'an archive'],
  [/^%PDF-/, 'a PDF'],
  [/^(?:\x89PNG|\xff\xd8\xff|GIF8)/, 'a picture'],
  [/^(?:MZ|\x7fELF|\xca\xfe\xba\xbe)/, 'a program'],
  [/^version https:\/\/git-lfs/, 'a pointer to a file that was not fetched'],
];

/** What a file is known to be that is no license; `null` for anything else. */
export function otherFile(content: Uint8Array): string | null {
  if (content.length > 0 && content.every((byte) => byte === 0)) return 'nothing but zero bytes';
  const start = Buffer.from(content.subarray(0, 64)).toString('latin1');
  return beginnings.find(([begins]) => begins.test(start))?.[1] ?? null;
}

/** Markup of a web page, wherever it begins: after a comment, an XML declaration or a line of an error message. */
const holdsPage = /<!doctype\s+html|<\/?(?:html|head|body)[\s>]/i;

/** The text of a file. UTF-16 is recognized by its byte order mark, or by the zero byte after its first letter. */
export function textOf(body: Uint8Array): string {
  const [first, second] = body;
  const isMarked = first === 0xff && second === 0xfe;
  const encoding =
    isMarked || (first !== 0 && second === 0) ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'latin1';
  return new TextDecoder(encoding).decode(body);
}

/** What servers and object stores send, with status 200, for a file that they do not have. */
function isErrorText(text: string): boolean {
  if (/^\s*(?:<\?xml[^>]*>\s*)?<Error[\s>]/.test(text)) return true;
  return (
    text.length < 200 &&
    /^\s*(?:error\b|(?:http\S*\s+)?[45]\d\d\b|(?:file |page |object |resource )?not found\b)/i.test(text)
  );
}

const beforeJson =
  /^(?:\)\]\}'?,?\s*|(?:while|for)\s*\([^)]*\);\s*|\/\/[^\n]*\n\s*|\/\*[^]*?\*\/\s*|[\w$.]+\((?=\s*[[{]))+/;

/** Whether a body is JSON, which file services send with status 200 to say that there is no such file. */
function isJson(contentType: string | null, text: string): boolean {
  if (contentType !== null && /[/+]json$/.test(contentType)) return true;
  // Services put guards, comments or a function name in front of it.
  const json = text
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trim()
    .replace(beforeJson, '');
  // Also several objects in a row, and one that is cut off or has a brace too many.
  if (/^(?:\[\s*)*\{\s*(?:"[^"]*"|'[^']*')\s*:/.test(json)) return true;
  if (!/^(?:[[{"]|null$|true$|false$)/.test(json)) return false;
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

/** 12 digits in one of the usual spellings: with separators, after SEP or a word for a MAC, or plain with a letter among them. */
const spelled =
  /(?<![0-9a-z])(?:(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}|mac(?:[ _-]?addr(?:ess)?)?["' ]*[:=]["' ]*(?:[0-9a-f]{2} ){5}[0-9a-f]{2}|(?:SEP|mac(?:[ _-]?addr(?:ess)?)?["' ]*[:=]["' ]*)?[0-9a-f]{12})(?![0-9a-z])/gi;

/**
 * The MACs that a text names, 12 upper-case digits each. Twelve decimal digits alone are more often a time or a number, so they count only
 * after a word that says what they are.
 */
function namedMacs(text: string): Set<string> {
  const found = new Set<string>();
  for (const [match] of text.matchAll(spelled)) {
    const digits = match.replace(/^(?:SEP|mac[^:=]*[:=]["' ]*)/i, '').replace(/[^0-9a-f]/gi, '');
    if (digits.length === 12 && (digits.length < match.length || /[a-f]/i.test(digits)))
      found.add(digits.toUpperCase());
  }
  return found;
}
