import { readFileSync } from 'node:fs';
import { codeOf, messageOf } from '../../../domain/text/error-reason.js';
import { isUsageError } from '../../../domain/text/usage-error.js';
import { checkLogFile } from '../../../log/log-file.js';
import { checkReportPath } from '../../../report/formats/write-report.js';
import { checkStorePath } from '../../../store/file/check-path.js';
import { checkLockFolder } from '../../../store/locks/phones/check-folder.js';
import type { Check } from '../row.js';

/** A file with certificates that can be read. */
export function certificateCheck(path: string): string | null {
  try {
    readCertificates(path);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/** The certificates in a PEM file, as text. @throws Error whose message is a whole sentence */
export function readCertificates(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = codeOf(error) ?? 'unknown error';
    throw new Error(`--ca ${path} cannot be read (${code}); check the path.`, { cause: error });
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new Error(`--ca ${path} holds no PEM certificate; convert it with openssl x509.`);
  return text;
}

/** A path that a report can be written to. */
export const reportCheck: Check = (path) => complaintOf(() => checkReportPath(path));
/** A path that a log can be appended to. */
export const logCheck: Check = (path) => complaintOf(() => checkLogFile(path));
/** A path where a store is, or can be made. */
export const storeCheck: Check = (path) => complaintOf(() => checkStorePath(path));
/** A folder where locks are, or can be made. */
export const lockFolderCheck: Check = (path) => complaintOf(() => checkLockFolder(path));

async function complaintOf(check: () => Promise<void> | void): Promise<string | null> {
  try {
    await check();
    return null;
  } catch (error) {
    if (isUsageError(error)) return error.message;
    throw error;
  }
}
