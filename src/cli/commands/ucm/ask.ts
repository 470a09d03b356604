import { askOnTerminal } from '../../run/asking/confirm.js';

/** Asks on the terminal; `null` where there is none. */
export type Ask = ((question: string) => Promise<boolean>) | null;

/** The question on this process's terminal. */
function onTerminal(question: string): Promise<boolean> {
  const never = new AbortController();
  const terminal = { input: process.stdin, output: process.stderr };
  return askOnTerminal(question, 'Go ahead? (y/n) ', terminal, never.signal, () => never.abort());
}

/** How a command asks before it changes something, and what is wrong where it can neither ask nor was told to go ahead. */
export function askFirst(
  what: string,
  yes: boolean,
  ask: Ask,
): { problems: string[]; question: (question: string) => Promise<boolean> } {
  return {
    problems:
      yes || ask !== null ? [] : [`This would ${what} and there is no terminal to ask on; add --yes to go ahead.`],
    question: yes || ask === null ? () => Promise.resolve(yes) : ask,
  };
}

/** The terminal of this process; `null`: it has none. */
export function ownTerminal(): Ask {
  return process.stdin.isTTY && process.stderr.isTTY ? onTerminal : null;
}
