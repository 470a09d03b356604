/** What a connection tells. Each is told at most once, `broken` also after `ready`; after `broken` nothing more. */
export interface ConnectionEvents {
  ready(): void;
  broken(error: unknown): void;
}

/** A way to the receiver that is being opened or is open. Nothing here throws. */
export interface Connection {
  /** Sends one message; `sent` is called once it has left this process. */
  send(message: Buffer, sent: () => void): void;
  /** Ends it; nothing is told of it any more. */
  close(): void;
}

/** Opens a way to the receiver. Does not throw: what goes wrong is told as `broken`. */
export type Connect = (events: ConnectionEvents) => Connection;

/** Only the first word counts: a socket that fails may say so several times, and once more when it closes. */
export function onceBroken(events: ConnectionEvents): ConnectionEvents & { silence(): void } {
  let isOver = false;
  return {
    ready: () => {
      if (!isOver) events.ready();
    },
    broken: (error) => {
      if (isOver) return;
      isOver = true;
      events.broken(error);
    },
    silence: () => {
      isOver = true;
    },
  };
}
