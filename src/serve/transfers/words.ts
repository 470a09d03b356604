import { formatBytes } from '../../domain/text/bytes.js';
import type { Transfer } from '../../store/store-rows.js';
import { formatDuration } from '../../domain/text/duration.js';
import { printable } from '../../domain/text/printable.js';

const factors: Readonly<Record<string, number>> = { kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** How much of it: `12 of 61 MB`. What is not whole never looks whole. */
export function progressText(bytes: number, size: number | null): string {
  if (size === null) return formatBytes(bytes);
  const whole = formatBytes(size);
  const [number = '', unit = ''] = whole.split(' ');
  if (bytes >= size) return `${number} of ${whole}`;
  const digits = number.includes('.') ? 10 : 1;
  const done = String(Math.floor((bytes / (factors[unit] ?? 1)) * digits) / digits);
  // What is missing may be less than a digit.
  return done === number ? `${bytes} of ${size} bytes` : `${done} of ${whole}`;
}

/** Who took what: `10.0.0.7 00CCFC123456 rootfs88xx.14-2-1-0101-26.sbn`; `-` stands for a phone that the request does not show. */
export function subject({ client, mac, file }: Pick<Transfer, 'client' | 'mac' | 'file'>): string {
  return `${client} ${mac ?? '-'} ${printable(file === '' ? '/' : file, 200)}`;
}

/** A transfer that has ended. @param ms how long it took */
export function endText(transfer: Transfer, ms: number, note: string | null): string {
  const { bytes, size, state, why } = transfer;
  const how = progressText(bytes, size);
  const more = note === null ? '' : ` (${printable(note)})`;
  if (state === 'sent') return `${subject(transfer)} ${how} in ${secondsText(ms)}${more}`;
  return `${subject(transfer)} ended at ${how} after ${secondsText(ms)}: ${printable(why ?? 'no reason is known')}${more}`;
}

/** `12 s`, `0.3 s`, `4m 05s`. */
function secondsText(ms: number): string {
  return ms < 60_000 ? `${ms < 10_000 ? (ms / 1_000).toFixed(1) : Math.round(ms / 1_000)} s` : formatDuration(ms);
}
