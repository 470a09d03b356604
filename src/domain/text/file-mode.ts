import { UsageError } from './usage-error.js';

/** The rights of what we write unless told otherwise: reports and logs tell what phones there are and how they are reached. */
export const ownerOnly = 0o600;

/**
 * Reads the rights of report and log files as `chmod` takes them: `640`, `0644`.
 * @throws UsageError for what is no such number, would let nobody read them or everybody write them, or would make them programs
 */
export function parseFileMode(option: string, text: string): number {
  const mode = /^0?[0-7]{3}$/.test(text) ? parseInt(text, 8) : 0;
  if ((mode & ownerOnly) === ownerOnly && (mode & 0o113) === 0) return mode;
  throw new UsageError(
    `${option} "${text}" gives no rights that a report can have; give them in octal: 600 (you), 640 (your group may read), 644 (everybody may).`,
  );
}
