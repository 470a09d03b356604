import { Writable } from 'node:stream';

/** A stream that passes everything on to another one in the given way, with the other's pace and errors as its own. */
export function passTo(stream: NodeJS.WritableStream, around: (write: () => void) => void): Writable {
  return new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, _encoding, done) =>
      around(() => void stream.write(chunk, (error) => done(error))),
  });
}
