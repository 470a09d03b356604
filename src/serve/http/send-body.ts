import type { ServerResponse } from 'node:http';
import type { ByteRates } from '../../domain/pacing/byte-rates.js';
import { type Clock, sleep } from '../../domain/ports/clock.js';
import type { OpenFile } from '../source.js';
import type { Pieces } from './pieces.js';

/** A client that does not take one piece within this long (ms) is gone, or as good as. */
const patienceMs = 120_000;

export interface BodyOptions {
  client: string;
  clock: Clock;
  rates: ByteRates;
  pieces: Pieces;
  /** Called with the bytes that have left so far. */
  onSent: (bytes: number) => void;
  /** Ends it. */
  signal: AbortSignal;
}

/** Why a body was not sent whole; the message is the end of a sentence. */
class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

/**
 * Sends the bytes of a file from `from` on, up to `to`, piece by piece: the next is read when the one before has left, so that slow clients cost
 * no memory.
 * @throws BrokenOff when the client or the server ends it, FileChanged when the file does
 */
export async function sendBody(
  response: ServerResponse,
  file: OpenFile,
  { from, to }: { from: number; to: number },
  options: BodyOptions,
): Promise<void> {
  const { client, clock, rates, onSent, signal } = options;
  const { pieces } = options;
  const buffer = pieces.take();
  for (let at = from; at < to;) {
    const length = Math.min(buffer.length, to - at);
    const wait = rates.take(client, length);
    if (wait > 0) await sleep(clock, wait, signal);
    const bytes = await file.read(at, length, buffer);
    at += bytes.length;
    // Before the last byte leaves: with a wrong one missing, the client sees that it does not have all.
    if (at === to && at < file.size) await file.assertUnchanged();
    await written(response, bytes, options);
    onSent(at - from);
  }
  // Where it ended otherwise, the system may still hold it.
  pieces.giveBack(buffer);
}

function written(response: ServerResponse, bytes: Uint8Array, { clock, signal }: BodyOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new BrokenOff('the server was stopped'));
    if (response.destroyed || response.closed) return reject(new BrokenOff('the client closed the connection'));
    const settle = (why: string | null): void => {
      cancel();
      response.off('close', onClose);
      signal.removeEventListener('abort', onAbort);
      if (why === null) resolve();
      else reject(new BrokenOff(why));
    };
    const onClose = (): void => settle('the client closed the connection');
    const onAbort = (): void => settle('the server was stopped');
    const cancel = clock.after(patienceMs, () =>
      settle(`the client took less than ${bytes.length} bytes within ${patienceMs / 1_000} s`),
    );
    response.once('close', onClose);
    signal.addEventListener('abort', onAbort);
    response.write(bytes, (error) => {
      if (error === null || error === undefined) settle(null);
      else onClose();
    });
  });
}
