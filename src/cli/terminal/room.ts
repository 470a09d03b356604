import { wrap } from '../../report/plain-text.js';

/** What tells how wide a terminal is; a pipe has no width. */
interface Stream {
  isTTY?: boolean;
  columns?: number;
}

/** Longer lines are hard to read, however wide the terminal is. */
const widest = 80;
/** Where hardly a word would fit, lines are broken by the terminal. */
const narrowest = 30;

/** How long lines of words may be that are written to a stream: as wide as its terminal, within bounds; elsewhere as on a usual one. */
export function roomOn({ isTTY, columns }: Stream, most = widest): number {
  return isTTY === true && columns ? Math.min(most, Math.max(narrowest, columns)) : most;
}

/**
 * A message as it is written to a stream: on a terminal in lines that break no word, elsewhere as it is, for programs read it line by line.
 * A command at its end, to be copied, has a line of its own and is never parted: the first half of one may do something else.
 */
export function broken(message: string, stream: Stream): string {
  if (stream.isTTY !== true) return message;
  const [, words = message, command = ''] = /^(.*?:) (fleet-migrate .+?)\.?$/s.exec(message) ?? [];
  const [first = '', ...others] = wrap(words, roomOn(stream));
  const rest = wrap(others.join(' '), roomOn(stream), '  ');
  return [first, ...(others.length === 0 ? [] : rest), ...(command === '' ? [] : [`  ${command}`])].join('\n');
}
