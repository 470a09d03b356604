import { download, type DownloadOptions } from './download.js';
import type { FileFailureCode } from './file-check.js';
import { LoadsError, type LoadsFile, parseLoads } from './loads.js';
import { type Download, isTransient, looksLikeHtml, redirectWarnings, statusText } from './response.js';

/** `.loads` files are 450 to 1100 bytes (docs/knowledge/firmware.md#the-loads-file); 64 KB leaves ample room. */
const MAX_BYTES = 64 * 1024;

/** What is known about a load on a file server, whichever load is wanted. */
export type FirmwareFinding =
  | { kind: 'found'; loads: LoadsFile; bytes: number; warnings: string[] }
  /** `listed` when the `.loads` file itself could be read. */
  | { kind: 'problem'; code: FileFailureCode; message: string; warnings: string[]; listed: LoadsFile | null };

/**
 * Fetches a `.loads` file, reads it and looks for each of its images beside it. Images are requested one after the other and not
 * downloaded: they may be 80 MB each.
 * @param shown the URL for messages
 */
export async function findFirmware(url: URL, shown: string, options: DownloadOptions): Promise<FirmwareFinding> {
  const response = await download(url, { method: 'GET', maxBytes: MAX_BYTES, attempts: 2 }, options);
  if (response.kind === 'unreachable') return problem(response.code, response.message);
  const warnings = redirectWarnings(shown, response.redirects);
  const refused = refusalOf(response, shown);
  if (refused) return { ...refused, warnings };

  const loads = readLoads(response.body);
  if (loads instanceof LoadsError) {
    return { ...problem('firmware-unreadable', `${shown} is not a .loads file: ${loads.message}.`), warnings };
  }
  for (const image of loads.images) {
    // Beside the URL in the rule, not beside the redirect's target: where a phone looks after a redirect is not documented.
    const missing = await imageProblem(new URL(image, url), shown, options);
    if (missing) return { ...missing, warnings, listed: loads };
  }
  return { kind: 'found', loads, bytes: response.body.length, warnings };
}

type Problem = Extract<FirmwareFinding, { kind: 'problem' }>;
type FileResponse = Extract<Download, { kind: 'response' }>;

function problem(code: FileFailureCode, message: string): Problem {
  return { kind: 'problem', code, message, warnings: [], listed: null };
}

function refusalOf(response: FileResponse, shown: string): Problem | null {
  const { status } = response;
  if (isTransient(response))
    return problem('files-unreachable', `${shown} was answered with ${statusText(status)}, twice.`);
  if (status >= 300) return problem('firmware-missing', `${shown} was answered with ${statusText(status)}.`);
  const unreadable = (what: string): Problem =>
    problem('firmware-unreadable', `${shown} is not a .loads file: ${what}.`);
  if (status !== 200) return unreadable(`the response was ${statusText(status)}`);
  if (response.tooLarge) return unreadable('it is larger than 64 KB');
  if (response.body.length === 0) return unreadable('it is empty');
  if (looksLikeHtml(response.contentType, response.body)) return unreadable('the file server sent a web page');
  return null;
}

function readLoads(bytes: Uint8Array): LoadsFile | LoadsError {
  try {
    return parseLoads(bytes);
  } catch (error) {
    if (error instanceof LoadsError) return error;
    throw error;
  }
}

/** Tries HEAD first. Whether Unified CM supports HEAD is not known, so anything but a clear yes is requested again with GET. */
async function imageProblem(image: URL, shown: string, options: DownloadOptions): Promise<Problem | null> {
  const head = await download(image, { method: 'HEAD', maxBytes: 0, attempts: 1 }, options);
  if (head.kind === 'response' && head.status === 200 && head.length !== 0 && head.contentType !== 'text/html')
    return null;

  const get = await download(image, { method: 'GET', maxBytes: 0, attempts: 2 }, options);
  if (get.kind === 'unreachable') return problem(get.code, get.message);
  if (isTransient(get))
    return problem('files-unreachable', `${image.href} was answered with ${statusText(get.status)}, twice.`);
  const missing = (what: string): Problem =>
    problem('firmware-image-missing', `${shown} lists ${image.href}, ${what}; phones would fail half-way.`);
  if (get.status !== 200) return missing(`which was answered with ${statusText(get.status)}`);
  if (get.length === 0) return missing('which is empty');
  if (get.contentType === 'text/html') return missing('for which the server sent a web page');
  return null;
}
