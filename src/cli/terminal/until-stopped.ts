import { type StopSignal, stopSignals } from '../../conduct/exit-code.js';
import { takesMore } from './write-out.js';

/** `asked` resolves with the first signal that asks to stop; a second one ends the process, unless it is told to `forget`. */
export function untilStopped(): { asked: Promise<StopSignal>; forget: () => void } {
  const handlers: (() => void)[] = [];
  const asked = new Promise<StopSignal>((resolve) => {
    for (const signal of stopSignals) {
      const handler = (): void => resolve(signal);
      process.once(signal, handler);
      handlers.push(() => process.off(signal, handler));
    }
  });
  return { asked, forget: () => handlers.forEach((remove) => remove()) };
}

/** A line of what serves, on standard output; for nobody once that is closed. */
export function say(line: string): void {
  if (takesMore(process.stdout)) process.stdout.write(`${line}\n`);
}
