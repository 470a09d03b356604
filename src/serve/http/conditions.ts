import type { IncomingHttpHeaders } from 'node:http';
import type { OpenFile } from '../source.js';

/** What the conditions of a request come to (RFC 9110 §13.2.2). */
export type Condition = 'send' | 'unchanged' | 'failed';

/** The entity tag of a file: strong, as it changes with every change. */
export function tagOf({ version }: Pick<OpenFile, 'version'>): string {
  return `"${version}"`;
}

/** Whether the client wants the file, has it already, or wants another version. */
export function checkConditions(
  headers: IncomingHttpHeaders,
  file: Pick<OpenFile, 'version' | 'modifiedAt'>,
): Condition {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (match !== undefined) {
    if (!names(match, file, 'strong')) return 'failed';
  } else if (isLaterThan(file.modifiedAt, headers['if-unmodified-since']) === true) return 'failed';
  if (noneMatch !== undefined) return names(noneMatch, file, 'weak') ? 'unchanged' : 'send';
  return isLaterThan(file.modifiedAt, headers['if-modified-since']) === false ? 'unchanged' : 'send';
}

/** Whether a part may be sent: the client's other parts are of this version, or it does not say of which (RFC 9110 §13.1.5). */
export function isSameVersion(ifRange: string | undefined, file: Pick<OpenFile, 'version' | 'modifiedAt'>): boolean {
  if (ifRange === undefined) return true;
  if (/^\s*(?:W\/)?"/.test(ifRange)) return ifRange.trim() === tagOf(file);
  return file.modifiedAt !== null && Date.parse(ifRange) === wholeSeconds(file.modifiedAt);
}

function names(header: string, file: Pick<OpenFile, 'version'>, comparison: 'strong' | 'weak'): boolean {
  if (header.trim() === '*') return true;
  const tags = header.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => (comparison === 'weak' ? tag.replace(/^W\//, '') : tag) === tagOf(file));
}

/** `null` where it cannot be told. */
function isLaterThan(modifiedAt: number | null, header: string | undefined): boolean | null {
  const than = Date.parse(header ?? '');
  return modifiedAt === null || Number.isNaN(than) ? null : wholeSeconds(modifiedAt) > than;
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000;
}
