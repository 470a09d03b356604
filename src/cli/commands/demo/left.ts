import { closeSync, mkdtempSync, openSync, rmdirSync } from 'node:fs';
import { codeOf, writeReason } from '../../../domain/text/error-reason.js';
import { UsageError } from '../../../domain/text/usage-error.js';

/** What a demo leaves in the folder that it is run in; a later one replaces it. */
export const left = {
  store: 'demo-store.db',
  json: 'demo-report.json',
  csv: 'demo-report.csv',
  html: 'demo-report.html',
  /** Hardware versions that somebody has read off the phones, of the demo with a Unified CM. */
  labels: 'demo-labels.csv',
} as const;

/** The store with what SQLite keeps beside it. */
export const storeFiles = [left.store, `${left.store}-wal`, `${left.store}-shm`] as const;

/** A demo whose files cannot be written would show failures of its own. Changes nothing. @throws UsageError */
export function refuseUnwritable(): void {
  const problem =
    whyNotHere() ??
    [...storeFiles, left.json, left.csv, left.html, left.labels].map(whyNot).find((one) => one !== null);
  if (problem === null || problem === undefined) return;
  throw new UsageError(
    `The demo leaves ${left.store} and its reports in the folder in which it is run, and cannot: ${problem}; run it in another folder.`,
  );
}

/** The right to write to a folder tells too little: its file system may be read-only, or full. */
function whyNotHere(): string | null {
  try {
    rmdirSync(mkdtempSync('demo-'));
    return null;
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'nothing can be made in this one' : `this one: ${writeReason(error)}`;
  }
}

/** Why a file that an earlier demo may have left cannot be replaced. */
function whyNot(file: string): string | null {
  try {
    closeSync(openSync(file, 'r+'));
    return null;
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? null : `${file}: ${writeReason(error)}`;
  }
}
