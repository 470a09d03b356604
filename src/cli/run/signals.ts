import type { StopControl } from '../../fleet/run/stop-control.js';
import { type StopSignal, stopSignals } from '../terminal/exit-code.js';

/** Where signals come from; the process, but for tests. */
export interface SignalSource {
  on(signal: StopSignal, handler: () => void): unknown;
  off(signal: StopSignal, handler: () => void): unknown;
}

/** Lets ctrl-C, SIGTERM and SIGHUP wind the run up, and a second one of any of them end it. The answer takes the handlers away again. */
export function stopOnSignals(stop: StopControl, say: (text: string) => void, source: SignalSource): () => void {
  const handlers = stopSignals.map((signal) => {
    const handler = (): void => {
      const first = !stop.gently.aborted;
      stop.request(signal);
      say(
        first
          ? 'Stopping: no more phones are started, those under way are watched a little longer. Once more to leave at once.'
          : 'Leaving; the report is written.',
      );
    };
    source.on(signal, handler);
    return () => source.off(signal, handler);
  });
  return () => handlers.forEach((remove) => remove());
}
