import { download, type DownloadOptions } from '../servers/download.js';
import type { FileFailureCode } from '../file-check.js';
import { type Download, isTransient, saidText } from '../servers/response.js';

/** What is known of an image on a file server. */
export type ImageFinding =
  /** `bytes` is null where the server does not tell its size. */
  | { kind: 'there'; bytes: number | null }
  /** `what` continues a sentence: `which is empty`. */
  | { kind: 'missing'; what: string }
  /** Nothing is known about the image. */
  | { kind: 'unknown'; code: FileFailureCode; message: string; noResponse: boolean };

/**
 * Looks for an image without downloading it: it may be 80 MB. HEAD first; whether Unified CM supports it is not known, so anything but a
 * clear yes with a size is requested again with GET, stopped after the headers, or after the first byte where they tell no size.
 */
export async function findImage(image: URL, options: DownloadOptions): Promise<ImageFinding> {
  const head = await download(image, { method: 'HEAD', maxBytes: 0, attempts: 1 }, options);
  const size = head.kind === 'response' && head.status === 200 && !isPage(head) ? head.length : null;
  if (size !== null && size > 0) return { kind: 'there', bytes: size };

  const get = await download(image, { method: 'GET', maxBytes: 0, attempts: 2, provesContent: true }, options);
  if (get.kind === 'unreachable') {
    const { code, message, answered = false } = get;
    return { kind: 'unknown', code, message, noResponse: !answered };
  }
  if (isTransient(get)) {
    const message = `${image.href} was answered with ${saidText(get)}, twice.`;
    return { kind: 'unknown', code: 'files-unreachable', message, noResponse: false };
  }
  if (get.status !== 200) return { kind: 'missing', what: `which was answered with ${saidText(get)}` };
  if (isPage(get)) return { kind: 'missing', what: `for which the server sent ${pageName(get)}` };
  const bytes = get.length ?? (get.tooLarge ? null : get.body.length);
  return bytes === 0 ? { kind: 'missing', what: 'which is empty' } : { kind: 'there', bytes };
}

type FileResponse = Extract<Download, { kind: 'response' }>;

/** What servers send with status 200 in place of a missing file; no image has such a type. */
function isPage({ contentType }: FileResponse): boolean {
  return /^text\/html$|^application\/xhtml\+xml$|[/+]json$/.test(contentType);
}

function pageName({ contentType }: FileResponse): string {
  return contentType.endsWith('json') ? 'JSON' : 'a web page';
}
