import type { Client, Dispatcher } from 'undici';
import { withoutStacks } from '../errors/without-stacks.js';

/** What is done with a response while it arrives. What one of these throws ends the request with that. */
export interface Receiver {
  /** The request goes out: there is a connection. */
  sent(): void;
  /** An interim response (1xx) has come. */
  interim(): void;
  begin(status: number, headers: Dispatcher.ResponseData['headers']): void;
  /** Returns whether more is wanted: if not, the connection is closed. The bytes are valid during the call only. */
  take(piece: Uint8Array): boolean;
}

/** Closes a connection over which more is coming than anybody wants. Made once, for its stack. */
const enough = new Error('enough has arrived');

/**
 * Sends one request and hands over its response piece by piece, without a stream between: which would cost an error with its stack each
 * time that a download is ended early. Resolves when the response has ended, or when no more is wanted.
 */
export function receive(client: Client, request: Dispatcher.DispatchOptions, receiver: Receiver): Promise<void> {
  return new Promise((resolve, reject) => {
    client.dispatch(request, {
      onRequestStart: () => receiver.sent(),
      onResponseStart: (_controller, status, headers) => {
        if (status < 200) receiver.interim();
        else receiver.begin(status, headers);
      },
      onResponseData: (controller, piece) => {
        if (receiver.take(piece)) return;
        resolve();
        withoutStacks(() => controller.abort(enough));
      },
      onResponseEnd: () => resolve(),
      onResponseError: (_controller, error) => reject(error),
    });
  });
}
