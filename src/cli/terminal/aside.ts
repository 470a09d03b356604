import type { Aside } from '../../conduct/run/aside.js';

/** What a run has to tell beside its results, on standard error. */
export const onStandardError: Aside = {
  say: (line) => void process.stderr.write(`${line}\n`),
  tell: (sentence) => void process.stderr.write(`fleet-migrate: ${sentence}\n`),
};

/** Whether somebody can be asked: there is a terminal to read from and one to write to. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}
