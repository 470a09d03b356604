/** Why a stream accepts no more, by stream: standard output claims to be writable even without a reader. */
const broken = new WeakMap<NodeJS.WritableStream, NodeJS.ErrnoException>();

/** Writes pieces one after the other, waiting for a slow reader. A reader that has gone away ends it quietly. */
export async function writeOut(stream: NodeJS.WriteStream, pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    if (!takesMore(stream)) return;
    if (!stream.write(piece)) await drained(stream);
  }
}

/** Resolves when the stream takes more without keeping it in memory, or never will. */
export function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (!takesMore(stream) || !stream.writableNeedDrain) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ['drain', 'close', 'error']) stream.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'error']) stream.on(event, done);
  });
}

/** Resolves when all output is flushed, or never will be: `process.exit()` would lose it. */
export function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    // The error of the last write comes after its callback, when the stream accepts no more.
    const settled = (): void => void setImmediate(resolve);
    if (takesMore(stream)) stream.write('', settled);
    else settled();
  });
}

/** Whether writing to it is of any use. */
export function takesMore(stream: NodeJS.WriteStream): boolean {
  return stream.writable && !stream.destroyed && !broken.has(stream);
}

/**
 * Keeps a stream that breaks (`| head`, a full disk) from ending the process with a stack trace. The cause is kept for
 * {@link brokenBy}.
 */
export function tolerateBreaking(...streams: NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!broken.has(stream)) broken.set(stream, error);
    });
  }
}

/** Why output was lost; `null` also for a reader that has gone away and wants no more. */
export function brokenBy(stream: NodeJS.WriteStream): string | null {
  const error = broken.get(stream);
  return error && error.code !== 'EPIPE' ? (error.code ?? error.message) : null;
}
