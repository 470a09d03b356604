import { UsageError } from './usage-error.js';

/** Default mode of the files we write: reports and logs show which phones exist and how they are reached. */
export const ownerOnly = 0o600;

/**
 * Reads the mode of report and log files as `chmod` takes it: `640`, `0644`.
 * @throws UsageError for anything else, and for a mode that is unreadable for the owner, writable for others, or executable
 */
export function parseFileMode(option: string, text: string): number {
  const mode = /^0?[0-7]{3}$/.test(text) ? parseInt(text, 8) : 0;
  if ((mode & ownerOnly) === ownerOnly && (mode & 0o113) === 0) return mode;
  throw new UsageError(
    `${option} "${text}" gives no rights that a report can have; give them in octal: 600 (you), 640 (your group may read), 644 (everybody may).`,
  );
}
