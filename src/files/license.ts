import { type Download, download, type DownloadOptions, isTransient } from './download.js';
import type { FileCheck, FileFailureCode } from './file-check.js';
import { fileNameOf, readFileUrl } from './file-url.js';
import { redirectWarnings, statusText } from './wording.js';
import { looksLikeHtml } from './html.js';
import { namedMacs } from './named-macs.js';

/** License files are a few kilobytes; what is larger is something else. */
const MAX_BYTES = 64 * 1024;

/**
 * Fetches one phone's license. Its content is opaque (docs/knowledge/open-questions.md#licenses): all that can be known is that the file
 * is there, is not empty, is no web page and no JSON, and is not named after another phone and names no other (guide G4).
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
  const answer = await download(file.url, { method: 'GET', maxBytes: MAX_BYTES, attempts: 2 }, options);
  if (answer.kind === 'unreachable') return refuse(answer.code, answer.message);
  warnings.push(...redirectWarnings(file.shown, answer.redirects), ...namingWarnings(naming, file.shown, mac));
  const problem = problemOf(answer, file.shown, naming, mac);
  if (problem) return refuse(problem.code, problem.message);
  return { ok: true, url: file.shown, bytes: answer.body.length, warnings };
}

/** How a file name carries the phone's MAC. */
type Naming = 'upper-case' | 'other-spelling' | 'other-phone' | 'without-mac';

function namingOf(name: string, mac: string): Naming {
  if (name.includes(mac.toUpperCase())) return 'upper-case';
  if (name.replace(/[:-]/g, '').toUpperCase().includes(mac.toUpperCase())) return 'other-spelling';
  return /(?<![0-9a-z])[0-9a-f]{12}(?![0-9a-z])/i.test(name) ? 'other-phone' : 'without-mac';
}

function namingWarnings(naming: Naming, url: string, mac: string): string[] {
  if (naming === 'without-mac') return [`${url} does not carry the MAC ${mac}: whose license it is cannot be told.`];
  if (naming === 'other-spelling')
    return [`${url} spells the MAC other than ${mac.toUpperCase()}; license files are named in upper case.`];
  return [];
}

function problemOf(
  answer: Extract<Download, { kind: 'answer' }>,
  url: string,
  naming: Naming,
  mac: string,
): { code: FileFailureCode; message: string } | null {
  const unreadable = (what: string): { code: FileFailureCode; message: string } => ({
    code: 'license-unreadable',
    message: `${url} is not a license file: ${what}.`,
  });
  if (isTransient(answer))
    return { code: 'files-unreachable', message: `${url} was answered with ${statusText(answer.status)}, twice.` };
  if (answer.status >= 300) {
    const hint =
      naming === 'other-spelling'
        ? `; Unified CM tells upper from lower case and license files are named ${mac.toUpperCase()}.lic: use $MAU in the rule`
        : '';
    return { code: 'license-missing', message: `${url} was answered with ${statusText(answer.status)}${hint}.` };
  }
  if (answer.status !== 200) return unreadable(`the answer was ${statusText(answer.status)}`);
  if (answer.tooLarge) return unreadable('it is larger than 64 KB');
  if (answer.body.length === 0) return unreadable('it is empty');
  const text = textOf(answer.body);
  if (text.trim() === '') return unreadable('it is empty');
  if (looksLikeHtml(answer.contentType, Buffer.from(text, 'latin1')) || holdsPage.test(text))
    return unreadable('the file server answered with a web page');
  if (isErrorText(text)) return unreadable(`the file server answered with an error ("${text.trim().slice(0, 40)}")`);
  if (isJson(answer.contentType, text)) return unreadable('the file server answered with JSON, as for an error');
  const others = namedMacs(text);
  if (others.size === 0 || others.has(mac.toUpperCase())) return null;
  const [other] = others;
  return {
    code: 'license-other-phone',
    message: `${url} is the license of another phone: it names ${other}, not ${mac.toUpperCase()}.`,
  };
}

/** A page is one wherever it begins: behind a remark, an XML declaration or a line of an error. */
const holdsPage = /<!doctype\s+html|<\/?(?:html|head|body)[\s>]/i;

/** The text of a file, for what it shows of itself; UTF-16 is known by its byte order mark, or by the zero behind its first letter. */
function textOf(body: Uint8Array): string {
  const [first, second] = body;
  const isMarked = first === 0xff && second === 0xfe;
  const encoding =
    isMarked || (first !== 0 && second === 0) ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'latin1';
  return new TextDecoder(encoding).decode(body);
}

/** What servers and stores of files say with status 200 of a file that they do not have. */
function isErrorText(text: string): boolean {
  if (/^\s*(?:<\?xml[^>]*>\s*)?<Error[\s>]/.test(text)) return true;
  return (
    text.length < 200 &&
    /^\s*(?:error\b|(?:http\S*\s+)?[45]\d\d\b|(?:file |page |object |resource )?not found\b)/i.test(text)
  );
}

const beforeJson =
  /^(?:\)\]\}'?,?\s*|(?:while|for)\s*\([^)]*\);\s*|\/\/[^\n]*\n\s*|\/\*[^]*?\*\/\s*|[\w$.]+\((?=\s*[[{]))+/;

/** Whether an answer is JSON, which file services send with status 200 to say that there is no such file. */
function isJson(contentType: string | null, text: string): boolean {
  if (contentType !== null && /[/+]json$/.test(contentType)) return true;
  // Services put guards, remarks or the name of a function before it.
  const json = text
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trim()
    .replace(beforeJson, '');
  // Also several of them, and one that is cut off or has a brace too many.
  if (/^(?:\[\s*)*\{\s*(?:"[^"]*"|'[^']*')\s*:/.test(json)) return true;
  if (!/^(?:[[{"]|null$|true$|false$)/.test(json)) return false;
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}
