import { askOnTerminal } from '../../run/confirm.js';

/** Asks on the terminal; `null` where there is none. */
export type Ask = ((question: string) => Promise<boolean>) | null;

/** The question on this process's terminal. */
export function onTerminal(question: string): Promise<boolean> {
  const never = new AbortController();
  return askOnTerminal(question, process.stdin, process.stderr, never.signal, () => never.abort());
}
