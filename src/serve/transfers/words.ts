import { progressText } from '../../domain/text/bytes.js';
import type { Transfer } from '../../store/store-rows.js';
import { formatDuration } from '../../domain/text/duration.js';
import { printable } from '../../domain/text/printable.js';

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
