import type { StopControl } from '../fleet/stop.js';

/** Where signals come from; the process, but for tests. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', handler: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', handler: () => void): unknown;
}

/** Lets ctrl-C and SIGTERM wind the run up, and a second one end it. The answer takes the handlers away again. */
export function stopOnSignals(stop: StopControl, say: (text: string) => void, source: SignalSource): () => void {
  const handlers = (['SIGINT', 'SIGTERM'] as const).map((signal) => {
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
