import { codeOf } from '../../domain/text/error-reason.js';

/** A password file as given. */
export interface PasswordFile {
  /** Where it is: absolute, or from the working folder. */
  path: string;
  /** The base of a relative path, such as `the working folder`; null for one written as absolute. */
  relativeTo: string | null;
  /** What is in it. Absent: a password. */
  what?: 'password' | 'token';
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  EFBIG: 'it is too large for a password',
};

/**
 * The password in a file: its only line, with or without a line break after it. A byte order mark before it, which some editors write, is
 * dropped; blanks are part of it. No problem repeats content of the file.
 * @param readFile reads a text file as UTF-8; throws an error with a `code` as Node's do
 * @returns the password, or why there is none as the end of a sentence that begins with the file
 */
export function readPasswordFile(
  { path, relativeTo, what = 'password' }: PasswordFile,
  readFile: (path: string) => string,
): { password: string } | { problem: string } {
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    const code = codeOf(error) ?? 'unknown error';
    const counted = relativeTo === null ? '' : ` (a relative path starts at ${relativeTo})`;
    return {
      problem: `cannot be read (${code}: ${reasons[code] ?? 'no further details'}); check the path${counted} and its permissions`,
    };
  }
  // Bytes that are not UTF-8 are U+FFFD by now, and would be sent to phones as that.
  if (/[\0\ufffd]/.test(text)) return { problem: 'is not a text in UTF-8; save it as UTF-8' };
  const password = text.replace(/^\ufeff+/, '').replace(/(?:\r\n|\n|\r)$/, '');
  if (password === '') return { problem: `is empty; write the ${what} into its first line` };
  if (/^[\r\n]/.test(password))
    return { problem: `has an empty first line; write the ${what} there, and nothing else` };
  if (/[\r\n]/.test(password))
    return { problem: `has more than one line; leave only the ${what} in it, on the first line` };
  return { password };
}
