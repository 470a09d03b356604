import { X509Certificate } from 'node:crypto';
import { readTextFile, unreadable } from '../../../config/yaml/read-text.js';
import { reportNameToCheck } from '../../../domain/report/report-name.js';
import { messageOf } from '../../../domain/text/error-reason.js';
import { isUsageError } from '../../../domain/text/usage-error.js';
import { systemClock } from '../../system-clock.js';
import type { Check } from '../row.js';

/** A file with certificates that can be read. */
export const certificateCheck = (path: string): string | null => certificateProblem(path, '--ca');
/** The same, for the file server. */
export const filesCertificateCheck = (path: string): string | null => certificateProblem(path, '--files-ca');
/** The same, for Unified CM. */
export const ucmCertificateCheck = (path: string): string | null => certificateProblem(path, '--ucm-ca');
/** The same, for the database of the store. */
export const dbCertificateCheck = (path: string): string | null => certificateProblem(path, '--db-ca');
/** The same, for the mail server. */
export const mailCertificateCheck = (path: string): string | null => certificateProblem(path, '--mail-ca');

function certificateProblem(path: string, option: string): string | null {
  try {
    readCertificates(path, option);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/** A certificate, also one that is cut off at the end of the file. Whatever else is in it, such as a private key, is left out. */
const pemCertificate = /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[^]*?(?:-----END \1-----|$)/g;

/** The certificates in a PEM file that an option names, as text. @throws Error whose message is a whole sentence */
export function readCertificates(path: string, option: string): string {
  let text: string;
  try {
    text = readTextFile(path);
  } catch (error) {
    throw new Error(`${option} ${path} cannot be read: ${unreadable(error)}; check the path.`, { cause: error });
  }
  const certificates = text.match(pemCertificate) ?? [];
  if (certificates.length === 0)
    throw new Error(`${option} ${path} holds no PEM certificate; convert it with openssl x509.`);
  const broken = certificates.findIndex((certificate) => !isCertificate(certificate));
  if (broken >= 0)
    throw new Error(`${option} ${path}: its certificate number ${broken + 1} is broken; export it once more as PEM.`);
  return certificates.join('\n');
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

// What they need is loaded when there is something to check: help is shown without.

/** A folder of phone profiles that fit to the shipped ones. */
export const phoneProfilesCheck: Check = (path) =>
  complaintOf(async () => {
    await (await import('../../../config/profiles/as-shipped.js')).phoneProfiles(path);
  });

/** A path that a report can be written to. */
export const reportCheck: Check = (path) =>
  complaintOf(async () =>
    (await import('../../../report/formats/write-report.js')).checkReportPath(
      reportNameToCheck(path, systemClock.now()),
      path,
    ),
  );
/** A path where metrics can be kept. */
export const metricsCheck: Check = (path) =>
  complaintOf(async () => (await import('../../../report/metrics/metrics-file.js')).checkMetricsPath(path));
/** A path that a log can be appended to. */
export const logCheck: Check = (path) =>
  complaintOf(async () => (await import('../../../log/log-file.js')).checkLogFile(path));
/** A place where a log can go to. */
export const logTargetCheck: Check = (text) =>
  complaintOf(async () => (await import('../../../log/check-target.js')).checkLogTarget(text));
/** A path where a store is, or can be made, or an address where one may be. */
export const storeCheck: Check = (path) =>
  complaintOf(async () => {
    const { isAddress } = await import('../../../store/place.js');
    if (isAddress(path)) (await import('../../../store/postgres/address.js')).parseAddress(path);
    else (await import('../../../store/file/check-path.js')).checkStorePath(path);
  });
/** A folder where locks are, or can be made. */
export const lockFolderCheck: Check = (path) =>
  complaintOf(async () => (await import('../../../store/locks/phones/check-folder.js')).checkLockFolder(path));

async function complaintOf(check: () => Promise<void>): Promise<string | null> {
  try {
    await check();
    return null;
  } catch (error) {
    if (isUsageError(error)) return error.message;
    throw error;
  }
}
