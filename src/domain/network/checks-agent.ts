/** How this program calls itself to file servers (`User-Agent`) when it looks whether the files of phones are there. */
export const checksAgent = 'fleet-migrate';

/** Whether somebody calls itself so, with or without a version behind it: no phone does. */
export function isChecksAgent(userAgent: string | null): boolean {
  return userAgent !== null && /^fleet-migrate(?:\/|$)/.test(userAgent);
}
