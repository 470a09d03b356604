/** An ISO 8601 instant for people, in UTC to the minute: `2026-01-31 22:14 UTC`; `-` for what is none. */
export function utcMinute(instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? '-' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
