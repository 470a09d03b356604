import { setTimeout } from 'node:timers/promises';
import { createInterface, type Interface } from 'node:readline/promises';

const answers: Readonly<Record<string, boolean>> = { y: true, yes: true, n: false, no: false };

/**
 * Asks on the terminal until it is answered with y, yes, n or no. The end of input or a stop is a no.
 * @param ask the line at which the answer is typed
 * @param interrupt called on ctrl-C, which a terminal with an open question does not turn into a signal, and where the terminal is gone
 */
export async function askOnTerminal(
  text: string,
  ask: string,
  { input, output }: { input: NodeJS.ReadableStream; output: NodeJS.WritableStream },
  stopped: AbortSignal,
  interrupt: (signal: 'SIGINT' | 'SIGHUP') => void,
): Promise<boolean> {
  output.write(text);
  let terminal: Interface | null = null;
  try {
    const gone = new Promise<never>((_, reject) => input.on('error', reject));
    terminal = createInterface({ input, output });
    const ended = new Promise<null>((resolve) => terminal?.once('close', () => resolve(null)));
    terminal.on('SIGINT', () => interrupt('SIGINT')).on('error', () => {});
    for (let line = ask; ; line = `Please answer y or n. ${ask}`) {
      const typed = await Promise.race([terminal.question(line, { signal: stopped }), ended, gone]);
      // Nobody has ended the line of the question.
      if (typed === null) output.write('\n');
      const answer = typed === null ? false : answers[typed.trim().toLowerCase()];
      if (answer !== undefined) return answer;
    }
  } catch {
    // A terminal that is gone can be neither read nor restored, and its signal comes just after.
    await setTimeout(signalWithinMs, undefined, { signal: stopped }).catch(() => {});
    // Nobody has said no.
    if (!stopped.aborted) interrupt('SIGHUP');
    return false;
  } finally {
    terminal?.close();
  }
}

/** How long to wait for the signal of a terminal that is gone. */
const signalWithinMs = 1_000;
