/** Codes of the file system, as the end of a sentence about a file that cannot be written. */
const whenWriting: Readonly<Record<string, string>> = {
  EACCES: 'we may not write there',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is not a folder',
  EPERM: 'we may not write there',
  EROFS: 'the file system is read-only',
};

/** Why a file could not be opened or written, for people; an unusual reason is given by its code. */
export function writeReason(error: unknown): string {
  const code = codeOf(error) ?? 'unknown error';
  return whenWriting[code] ?? code;
}

/** Why a request over `fetch` had no answer: the first code among the error and its causes, for `fetch` itself only says that it failed. */
export function connectionReason(error: unknown): string {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    const code = codeOf(at);
    if (code !== null) return code;
    at = 'cause' in at ? at.cause : null;
  }
  return 'the connection failed';
}

function codeOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}
