import { download, type DownloadOptions } from '../servers/download.js';
import type { FileFailureCode } from '../file-check.js';
import { LoadsError, type LoadsFile, parseLoads } from './loads.js';
import { type Download, isTransient, looksLikeHtml, redirectWarnings, saidText } from '../servers/response.js';
import type { ImageFinding } from './image.js';
import type { FileSize } from '../../domain/firmware/images.js';

/** `.loads` files are 450 to 1100 bytes (docs/knowledge/firmware.md#the-loads-file); 64 KB leaves ample room. */
const MAX_BYTES = 64 * 1024;

/** What is known about a load on a file server, whichever load is wanted. */
export type FirmwareFinding =
  | { kind: 'found'; loads: LoadsFile; bytes: number; images: FileSize[]; warnings: string[] }
  | {
      kind: 'problem';
      code: FileFailureCode;
      message: string;
      /** The server did not answer at all: nothing is known of any of its files. */
      noResponse: boolean;
      warnings: string[];
      /** When the `.loads` file itself could be read. */
      listed: LoadsFile | null;
      /** What was found of the images it lists: those without a size are missing, unknown, or were not looked for. */
      images: FileSize[];
    };

/**
 * Fetches a `.loads` file, reads it and looks for each of its images beside it, one after the other.
 * @param shown the URL for messages
 * @param find looks for one image
 */
export async function findFirmware(
  url: URL,
  shown: string,
  options: DownloadOptions,
  find: (image: URL) => Promise<ImageFinding>,
): Promise<FirmwareFinding> {
  const response = await download(url, { method: 'GET', maxBytes: MAX_BYTES, attempts: 2 }, options);
  if (response.kind === 'unreachable') return problem(response.code, response.message, !response.answered);
  const warnings = redirectWarnings(shown, response.redirects);
  const refused = refusalOf(response, shown);
  if (refused) return { ...refused, warnings };

  const loads = readLoads(response.body);
  if (loads instanceof LoadsError) {
    return { ...problem('firmware-unreadable', `${shown} is not a .loads file: ${loads.message}.`), warnings };
  }
  const images: FileSize[] = loads.images.map((name) => ({ name, bytes: null }));
  const missing: string[] = [];
  for (const image of images) {
    // Beside the URL in the rule, not beside the redirect's target: where a phone looks after a redirect is not documented.
    const at = new URL(image.name, url);
    const found = await find(at);
    if (found.kind === 'unknown') {
      const { code, message, noResponse } = found;
      return { ...problem(code, message, noResponse), warnings, listed: loads, images };
    }
    if (found.kind === 'there') image.bytes = found.bytes;
    else missing.push(`${at.href}, ${found.what}`);
  }
  if (missing.length === 0) return { kind: 'found', loads, bytes: response.body.length, images, warnings };
  const [first = ''] = missing;
  const rest =
    missing.length === 1 ? '' : `, and ${missing.length - 1} more of its ${images.length} images are not there`;
  const message = `${shown} lists ${first}${rest}; phones would fail half-way.`;
  return { ...problem('firmware-image-missing', message), warnings, listed: loads, images };
}

type Problem = Extract<FirmwareFinding, { kind: 'problem' }>;
type FileResponse = Extract<Download, { kind: 'response' }>;

function problem(code: FileFailureCode, message: string, noResponse = false): Problem {
  return { kind: 'problem', code, message, noResponse, warnings: [], listed: null, images: [] };
}

function refusalOf(response: FileResponse, shown: string): Problem | null {
  const { status } = response;
  if (isTransient(response))
    return problem('files-unreachable', `${shown} was answered with ${saidText(response)}, twice.`);
  if (status >= 300) return problem('firmware-missing', `${shown} was answered with ${saidText(response)}.`);
  const unreadable = (what: string): Problem =>
    problem('firmware-unreadable', `${shown} is not a .loads file: ${what}.`);
  if (status !== 200) return unreadable(`the response was ${saidText(response)}`);
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
