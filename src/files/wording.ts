import { STATUS_CODES } from 'node:http';

/** `404 (Not Found)`. */
export function statusText(status: number): string {
  const name = STATUS_CODES[status];
  return name === undefined ? `status ${status}` : `${status} (${name})`;
}

/**
 * What the user should know of redirects: phones are documented to follow 301 and 302
 * (docs/knowledge/multiplatform-settings.md#when-a-phone-acts).
 */
export function redirectWarnings(url: string, redirects: readonly { status: number; to: string }[]): string[] {
  if (redirects.length === 0) return [];
  const statuses = redirects.map(({ status }) => status).filter((status) => status !== 301 && status !== 302);
  const unsure =
    statuses.length > 0
      ? ` Phones are known to follow 301 and 302, but perhaps not ${[...new Set(statuses)].join(', ')}.`
      : '';
  return [`${url} is redirected to ${redirects.at(-1)?.to ?? ''}.${unsure}`];
}
