import { memoryUsage } from 'node:process';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const mb = 1024 * 1024;
/** The memory of this process is checked after this many bytes of pages. */
const everyBytes = 8 * mb;
/** Above this (bytes), garbage is collected without waiting for V8. */
const usualBytes = 256 * mb;
/** How much live memory may grow (bytes) before the next collection. */
const growth = 128 * mb;

let read = 0;
let from = usualBytes;
let collect: (() => void) | undefined;

/** Counts received bytes, and collects the garbage of earlier pages once the process has grown too large, whatever V8 would let it. */
export function countReceived(bytes: number): void {
  read += bytes;
  if (read < everyBytes) return;
  read = 0;
  if (takenNow() < from) return;
  collect ??= collector();
  collect();
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  from = Math.max(usualBytes, heap + external + growth);
}

/** The memory of this process in bytes; 0 when no file descriptor is left to look it up with. */
function takenNow(): number {
  try {
    return memoryUsage.rss();
  } catch {
    return 0;
  }
}

/** V8's collector. A program started without `--expose-gc` can get it in this way only. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  return typeof gc === 'function' ? (gc as () => void) : () => {};
}
