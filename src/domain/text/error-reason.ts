/** Reasons by file system code, as the end of a sentence about a file that cannot be written. */
const whenWriting: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is not a folder',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
};

/** Why a file could not be opened or written, for users; the code itself for an unusual reason. */
export function writeReason(error: unknown): string {
  const code = codeOf(error) ?? 'unknown error';
  return whenWriting[code] ?? code;
}

/** Reasons by file system code, as the end of a sentence about a file that cannot be read, with what to do. */
const whenReading: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; give yourself the right to read it, or name another file',
  EISDIR: 'it is a folder; name a file in it',
  ENOENT: 'there is no such file; check its name and folder',
  ENOTDIR: 'a part of its path is not a folder; check its name and folder',
  EPERM: 'permission denied; give yourself the right to read it, or name another file',
};

/** Why a file could not be read, for users; the code itself for an unusual reason. */
export function readReason(error: unknown): string {
  const code = codeOf(error) ?? 'unknown error';
  return whenReading[code] ?? code;
}

/** Why a request over `fetch` got no response: the first code among the error and its causes, as `fetch` itself only says that it failed. */
export function connectionReason(error: unknown): string {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    const code = codeOf(at);
    if (code !== null) return code;
    at = 'cause' in at ? at.cause : null;
  }
  return 'the connection failed';
}

/** The code of an error of Node or of a library; `null` if it has none. */
export function codeOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}

/** What an error says; what was thrown, where that is none. */
export function messageOf(error: unknown): string {
  return (error as { message?: string } | null)?.message ?? String(error);
}

/** Writes a library's message as a sentence: with a capital and a full stop. */
export function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** The same text as the rest of a sentence that has begun: with its first letter small. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** An error with its stack, for the debug log and a report of a bug. */
export function stackOf(error: unknown): string {
  return (error as { stack?: string } | null)?.stack ?? String(error);
}
