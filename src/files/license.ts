import { download, type DownloadOptions } from './download.js';
import type { FileCheck, FileFailureCode } from './file-check.js';
import { fileNameOf, readFileUrl } from './file-url.js';
import { type Download, isTransient, redirectWarnings, statusText, looksLikeHtml } from './response.js';

/** License files are a few kilobytes; anything larger is something else. */
const MAX_BYTES = 64 * 1024;

/**
 * Fetches one phone's license. Its content is opaque (docs/knowledge/open-questions.md#licenses): all that can be checked is that the file
 * exists, is not empty, is neither a web page nor JSON, and neither is named after nor names another phone (guide G4).
 * @param mac 12 hexadecimal digits
 */
export async function checkLicense(text: string, mac: string, options: DownloadOptions): Promise<FileCheck> {
  const file = readFileUrl(text);
  const warnings: string[] = [];
  const refuse = (code: FileFailureCode, message: string): FileCheck => ({
    ok: false,
    url: file.shown,
    code,
    message,
    warnings,
  });
  if (!file.ok) return refuse(file.code, file.message);

  const naming = namingOf(fileNameOf(file.url), mac);
  if (naming === 'other-phone') {
    return refuse(
      'files-bad-url',
      `${file.shown} is named after another phone than ${mac}; a license holds for one MAC only.`,
    );
  }
  const response = await download(file.url, { method: 'GET', maxBytes: MAX_BYTES, attempts: 2 }, options);
  if (response.kind === 'unreachable') return refuse(response.code, response.message);
  warnings.push(...redirectWarnings(file.shown, response.redirects), ...namingWarnings(naming, file.shown, mac));
  const problem = problemOf(response, file.shown, naming, mac);
  if (problem) return refuse(problem.code, problem.message);
  return { ok: true, url: file.shown, bytes: response.body.length, warnings };
}

/** How a file name carries the phone's MAC. */
type Naming = 'upper-case' | 'other-spelling' | 'other-phone' | 'without-mac';

function namingOf(name: string, mac: string): Naming {
  if (name.includes(mac.toUpperCase())) return 'upper-case';
  if (name.replace(/[:-]/g, '').toUpperCase().includes(mac.toUpperCase())) return 'other-spelling';
  return /(?<![0-9a-z])[0-9a-f]{12}(?![0-9a-z])/i.test(name) ? 'other-phone' : 'without-mac';
}

function namingWarnings(naming: Naming, url: string, mac: string): string[] {
  if (naming === 'without-mac')
    return [`${url} does not carry the MAC ${mac}: it cannot be told which phone it is for.`];
  if (naming === 'other-spelling')
    return [`${url} does not spell the MAC as ${mac.toUpperCase()}; license files are named in upper case.`];
  return [];
}

function problemOf(
  response: Extract<Download, { kind: 'response' }>,
  url: string,
  naming: Naming,
  mac: string,
): { code: FileFailureCode; message: string } | null {
  const unreadable = (what: string): { code: FileFailureCode; message: string } => ({
    code: 'license-unreadable',
    message: `${url} is not a license file: ${what}.`,
  });
  if (isTransient(response))
    return { code: 'files-unreachable', message: `${url} was answered with ${statusText(response.status)}, twice.` };
  if (response.status >= 300) {
    const hint =
      naming === 'other-spelling'
        ? `; Unified CM is case-sensitive and license files are named ${mac.toUpperCase()}.lic: use $MAU in the rule`
        : '';
    return { code: 'license-missing', message: `${url} was answered with ${statusText(response.status)}${hint}.` };
  }
  if (response.status !== 200) return unreadable(`the response was ${statusText(response.status)}`);
  if (response.tooLarge) return unreadable('it is larger than 64 KB');
  if (response.body.length === 0) return unreadable('it is empty');
  const text = textOf(response.body);
  if (text.trim() === '') return unreadable('it is empty');
  if (looksLikeHtml(response.contentType, Buffer.from(text, 'latin1')) || holdsPage.test(text))
    return unreadable('the file server sent a web page');
  if (isErrorText(text)) return unreadable(`the file server sent an error message ("${text.trim().slice(0, 40)}")`);
  if (isJson(response.contentType, text)) return unreadable('the file server sent JSON, probably an error message');
  const others = namedMacs(text);
  if (others.size === 0 || others.has(mac.toUpperCase())) return null;
  const [other] = others;
  return {
    code: 'license-other-phone',
    message: `${url} is the license of another phone: it names ${other}, not ${mac.toUpperCase()}.`,
  };
}

/** Markup of a web page, wherever it begins: after a comment, an XML declaration or a line of an error message. */
const holdsPage = /<!doctype\s+html|<\/?(?:html|head|body)[\s>]/i;

/** The text of a file. UTF-16 is recognized by its byte order mark, or by the zero byte after its first letter. */
function textOf(body: Uint8Array): string {
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
