import { type Download, download, type DownloadOptions, isTransient } from './download.js';
import type { FileFailureCode } from './file-check.js';
import { FileProblem } from './file-problem.js';
import { looksLikeHtml } from './html.js';
import { type LoadsFile, parseLoads } from './loads.js';
import { redirectWarnings, statusText } from './wording.js';

/** `.loads` files are 450 to 1100 bytes (docs/knowledge/firmware.md#the-loads-file); 64 KB leaves ample room. */
const MAX_BYTES = 64 * 1024;

/** What is known of a load on a file server, whatever load it is wanted for. */
export type FirmwareFinding =
  | { kind: 'found'; loads: LoadsFile; bytes: number; warnings: string[] }
  /** `listed` when the `.loads` file itself was read. */
  | { kind: 'problem'; code: FileFailureCode; message: string; warnings: string[]; listed: LoadsFile | null };

/**
 * Fetches a `.loads` file, reads it and looks for each of its images beside it. Images are asked for one after the other and
 * not downloaded: they may be 80 MB each.
 * @param shown the URL for messages
 */
export async function findFirmware(url: URL, shown: string, options: DownloadOptions): Promise<FirmwareFinding> {
  const answer = await download(url, { method: 'GET', maxBytes: MAX_BYTES, attempts: 2 }, options);
  if (answer.kind === 'unreachable') return problem(answer.code, answer.message);
  const warnings = redirectWarnings(shown, answer.redirects);
  const refused = refusalOf(answer, shown);
  if (refused) return { ...refused, warnings };

  const loads = readLoads(answer.body);
  if (loads instanceof FileProblem) {
    return { ...problem('firmware-unreadable', `${shown} is not a .loads file: ${loads.message}.`), warnings };
  }
  for (const image of loads.images) {
    // Beside the file as the rule names it: where a phone looks after a redirect is not documented.
    const missing = await imageProblem(new URL(image, url), shown, options);
    if (missing) return { ...missing, warnings, listed: loads };
  }
  return { kind: 'found', loads, bytes: answer.body.length, warnings };
}

type Problem = Extract<FirmwareFinding, { kind: 'problem' }>;
type Answer = Extract<Download, { kind: 'answer' }>;

function problem(code: FileFailureCode, message: string): Problem {
  return { kind: 'problem', code, message, warnings: [], listed: null };
}

function refusalOf(answer: Answer, shown: string): Problem | null {
  const { status } = answer;
  if (isTransient(answer))
    return problem('files-unreachable', `${shown} was answered with ${statusText(status)}, twice.`);
  if (status >= 300) return problem('firmware-missing', `${shown} was answered with ${statusText(status)}.`);
  const unreadable = (what: string): Problem =>
    problem('firmware-unreadable', `${shown} is not a .loads file: ${what}.`);
  if (status !== 200) return unreadable(`the answer was ${statusText(status)}`);
  if (answer.tooLarge) return unreadable('it is larger than 64 KB');
  if (answer.body.length === 0) return unreadable('it is empty');
  if (looksLikeHtml(answer.contentType, answer.body)) return unreadable('the file server answered with a web page');
  return null;
}

function readLoads(bytes: Uint8Array): LoadsFile | FileProblem {
  try {
    return parseLoads(bytes);
  } catch (error) {
    if (error instanceof FileProblem) return error;
    throw error;
  }
}

/** HEAD first; whether Unified CM answers it is not known, so that anything but a yes is asked again with GET. */
async function imageProblem(image: URL, shown: string, options: DownloadOptions): Promise<Problem | null> {
  const head = await download(image, { method: 'HEAD', maxBytes: 0, attempts: 1 }, options);
  if (head.kind === 'answer' && head.status === 200 && head.length !== 0 && head.contentType !== 'text/html')
    return null;

  const get = await download(image, { method: 'GET', maxBytes: 0, attempts: 2 }, options);
  if (get.kind === 'unreachable') return problem(get.code, get.message);
  if (isTransient(get))
    return problem('files-unreachable', `${image.href} was answered with ${statusText(get.status)}, twice.`);
  const missing = (what: string): Problem =>
    problem('firmware-image-missing', `${shown} lists ${image.href}, ${what}; phones would fail half-way.`);
  if (get.status !== 200) return missing(`which was answered with ${statusText(get.status)}`);
  if (get.length === 0) return missing('which is empty');
  if (get.contentType === 'text/html') return missing('in whose place a web page was sent');
  return null;
}
