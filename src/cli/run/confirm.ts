import { setTimeout } from 'node:timers/promises';
import { createInterface, type Interface } from 'node:readline/promises';
import type { FirmwareDemand } from '../../domain/firmware/demand.js';
import type { PlanStep } from '../../domain/plan/plan.js';
import type { Proof } from '../../domain/report/report.js';
import { firmwareSentences } from '../../report/summary/firmware.js';
import { proofSentences } from '../../report/summary/proof.js';
import { wrap } from '../../report/plain-text.js';

/** The question before writing: what is about to be written. */
export function confirmationText(
  plans: readonly (readonly PlanStep[])[],
  proof: Proof | null = null,
  firmware: readonly FirmwareDemand[] = [],
): string {
  const routes = new Map<string, number>();
  for (const plan of plans) {
    const route = plan.map(({ step, load }) => (load === null ? step : `${step} to ${load}`)).join(', then ');
    routes.set(route, (routes.get(route) ?? 0) + 1);
  }
  const lines = [...routes]
    .sort(([, a], [, b]) => b - a)
    .map(([route, count]) => `  ${String(count).padStart(5)}  ${route}`);
  const moved = plans.filter((plan) => plan.some(({ step }) => step === 'convert')).length;
  // A load of Unified CM is on the way to Multiplatform firmware.
  const reset = plans.filter((plan) => plan.some(({ step }) => step === 'convert' || step === 'load')).length;
  return [
    `About to write to ${plans.length} phone${plans.length === 1 ? '' : 's'}:`,
    ...lines,
    ...firmwareSentences(firmware).flatMap((sentence) => wrap(sentence, 78)),
    ...(reset > 0 ? ['A conversion resets the phone: its contacts and call history are lost.'] : []),
    ...(moved > 0 && proof ? proofSentences(proof, moved).flatMap((sentence) => wrap(sentence, 78)) : []),
    '',
  ].join('\n');
}

/**
 * Asks on the terminal; only the whole word yes counts. Anything else, including the end of input or a stop, is a no.
 * @param interrupt called on ctrl-C, which a terminal with an open question does not turn into a signal
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
    const answer = terminal.question('Type yes to continue: ', { signal: stopped });
    return (await Promise.race([answer, ended, gone])).trim().toLowerCase() === 'yes';
  } catch {
    // A terminal that is gone can be neither read nor restored, and its signal comes just after.
    await setTimeout(signalWithinMs, undefined, { signal: stopped }).catch(() => {});
    return false;
  } finally {
    terminal?.close();
  }
}

/** How long to wait for the signal of a terminal that is gone: if none comes, the run was not stopped. */
const signalWithinMs = 1_000;
