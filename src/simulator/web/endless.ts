import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { SimulatedTime } from '../clock.js';

/** Between two bytes of a drip, in simulated seconds. */
const DRIP_SECONDS = 3;

/** Writes the same piece for as long as the other side reads, and no faster than it reads. */
export function pour(socket: Socket, piece: Buffer): void {
  const more = (): void => {
    if (socket.destroyed || !socket.writable) return;
    if (socket.write(piece)) setImmediate(more);
    else socket.once('drain', more);
  };
  more();
}

/** One byte every three simulated seconds, without end: no single wait is long. */
export function drip(socket: Socket, time: SimulatedTime, start: string, byte: string): void {
  socket.write(start);
  const next = (): void => {
    if (socket.destroyed || !socket.writable) return;
    socket.write(byte);
    time.after(DRIP_SECONDS, next);
  };
  time.after(DRIP_SECONDS, next);
}

let bomb: Buffer | undefined;

/** A gigabyte of blanks as a thousand gzip members: one megabyte to send. */
export function gzipBomb(): Buffer {
  bomb ??= Buffer.concat(new Array<Buffer>(1024).fill(gzipSync(Buffer.alloc(1024 * 1024, ' '))));
  return bomb;
}
