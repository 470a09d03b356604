import { setTimeout } from 'node:timers/promises';
import { createInterface, type Interface } from 'node:readline/promises';
import type { PlanStep } from '../../domain/plan/plan.js';
import type { Proof } from '../../domain/report/report.js';
import { proofSentences } from '../../report/summary/proof.js';
import { wrap } from '../../report/plain-text.js';

/** What is about to be written, as people are asked about it. */
export function confirmationText(plans: readonly (readonly PlanStep[])[], proof: Proof | null = null): string {
  const ways = new Map<string, number>();
  for (const plan of plans) {
    const way = plan.map(({ step, load }) => (load === null ? step : `${step} to ${load}`)).join(', then ');
    ways.set(way, (ways.get(way) ?? 0) + 1);
  }
  const lines = [...ways].sort(([, a], [, b]) => b - a).map(([way, count]) => `  ${String(count).padStart(5)}  ${way}`);
  const moved = plans.filter((plan) => plan.some(({ step }) => step === 'convert')).length;
  return [
    `About to write to ${plans.length} phone${plans.length === 1 ? '' : 's'}:`,
    ...lines,
    ...(moved > 0 ? ['A conversion resets the phone: its contacts and call history are lost.'] : []),
    ...(moved > 0 && proof ? proofSentences(proof, moved).flatMap((sentence) => wrap(sentence, 78)) : []),
    '',
  ].join('\n');
}

/**
 * Asks on the terminal; only the whole word counts. Anything else, also the end of input or a stop, is a no.
 * @param interrupt told of a ctrl-C, which a terminal that is being asked on keeps from becoming a signal
 */
export async function askOnTerminal(
  text: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  stopped: AbortSignal,
  interrupt: () => void,
): Promise<boolean> {
  output.write(text);
  let terminal: Interface | null = null;
  try {
    const gone = new Promise<never>((_, reject) => input.on('error', reject));
    terminal = createInterface({ input, output });
    const ended = new Promise<string>((resolve) => terminal?.once('close', () => resolve('')));
    terminal.on('SIGINT', interrupt).on('error', () => {});
    const answer = terminal.question('Type yes to go on: ', { signal: stopped });
    return (await Promise.race([answer, ended, gone])).trim().toLowerCase() === 'yes';
  } catch {
    // A terminal that is gone can neither be asked on nor set back, and its signal comes just after it.
    await setTimeout(signalWithinMs, undefined, { signal: stopped }).catch(() => {});
    return false;
  } finally {
    terminal?.close();
  }
}

/** How long a terminal that cannot be read any more may take to send its signal: without one nobody has stopped the run. */
const signalWithinMs = 1_000;
