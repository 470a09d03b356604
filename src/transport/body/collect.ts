import { memoryUsage } from 'node:process';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const mb = 1024 * 1024;
/** After so many bytes of pages it is looked what this process takes. */
const everyBytes = 8 * mb;
/** From so much on (bytes) what pages have left behind is collected without waiting for V8. */
const usualBytes = 256 * mb;
/** What is alive may grow by so much before that is tried again. */
const growth = 128 * mb;

let read = 0;
let from = usualBytes;
let collect: (() => void) | undefined;

/**
 * Keeps a run to its memory: counts what is received of pages, and collects what earlier ones left behind where the process has grown too large.
 * V8 by itself lets a heap grow to several times of what is alive in it while the machine has plenty, and pages leave a lot.
 */
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

/** What this process takes, in bytes; 0 where there is no open file left to look it up in. */
function takenNow(): number {
  try {
    return memoryUsage.rss();
  } catch {
    return 0;
  }
}

/** V8's own collector, which Node hands out only in this way to a program that was started without a flag. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  return typeof gc === 'function' ? (gc as () => void) : () => {};
}
