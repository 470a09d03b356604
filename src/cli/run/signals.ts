import type { StopControl } from '../../fleet/stop-control.js';
import { leaveBehind } from '../../conduct/left-behind.js';
import { type StopSignal, stopSignals } from '../../conduct/exit-code.js';

/** Where signals come from; the process, except in tests. */
export interface SignalSource {
  on(signal: StopSignal, handler: () => void): unknown;
  off(signal: StopSignal, handler: () => void): unknown;
}

/**
 * Makes ctrl-C, SIGTERM and SIGHUP wind the run down, and a second one of any of them end it. Returns a function that removes the handlers.
 */
export function stopOnSignals(stop: StopControl, say: (text: string) => void, source: SignalSource): () => void {
  const handlers = stopSignals.map((signal) => {
    const handler = (): void => {
      const first = !stop.gently.aborted;
      stop.request(signal);
      say(
        first
          ? `Stopping: no more phones are started, those under way are watched a little longer. ${againText(signal)} to leave at once.`
          : 'Leaving; the report is being written.',
      );
    };
    source.on(signal, handler);
    return () => source.off(signal, handler);
  });
  return () => handlers.forEach((remove) => remove());
}

/**
 * Once a run has ended there is nothing left to wind down: ctrl-C, SIGTERM or SIGHUP end the waiting for those who are told of it. Reports are
 * written all the same, and the exit code stays that of the run. A second signal ends the process, as where nobody handles it.
 */
export function leaveOnSignals(
  say: (text: string) => void,
  source: SignalSource,
): { left: AbortSignal; remove: () => void } {
  const controller = new AbortController();
  const removers = stopSignals.map((signal) => {
    const handler = (): void => {
      remove();
      say('The run has ended: its reports are written, and nobody is waited for.');
      leaveBehind();
      controller.abort();
    };
    source.on(signal, handler);
    return () => source.off(signal, handler);
  });
  const remove = (): void => removers.forEach((one) => one());
  return { left: controller.signal, remove };
}

/** Who sent another signal than ctrl-C has no key for it. */
function againText(signal: StopSignal): string {
  return signal === 'SIGINT' ? 'Press ctrl-C again' : `Send ${signal} again`;
}
