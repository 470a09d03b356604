import type { StopControl } from '../../fleet/stop-control.js';
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

/** Who sent another signal than ctrl-C has no key for it. */
function againText(signal: StopSignal): string {
  return signal === 'SIGINT' ? 'Press ctrl-C again' : `Send ${signal} again`;
}
