import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';

/** How much the heap may grow from one collection to the next (percent); V8's own choice is a multiple. Measured by `bench audit` and `large`. */
const growth = { small: 100, large: 30 };
/** A heap of so many bytes is large. */
const largeHeap = 32 * 1024 * 1024;
/** How large either half of what V8 holds for new (bytes) may get; its own bound is two or four times that. With less, more is kept for old. */
const youngHalf = 8 * 1024 * 1024;
/** A step towards that is made so often (ms). */
const stepMs = 20;

let isBound = false;

/**
 * Bounds the memory of this process from now on. On a machine with plenty of memory, V8 lets a heap grow to several times its live size, and
 * connections and pages leave much garbage: dark addresses alone took 200 MB of which 23 were in use.
 */
export function boundMemory(): void {
  if (isBound) return;
  isBound = true;
  letOldGrow('small');
  letYoungGrow(false);
  const step = (): void => {
    letOldGrow(getHeapStatistics().used_heap_size < largeHeap ? 'small' : 'large');
    if (youngSize() >= 2 * youngHalf) return;
    letYoungGrow(true);
    setImmediate(() => letYoungGrow(false));
  };
  setInterval(step, stepMs).unref();
}

let grows: keyof typeof growth | null = null;

function letOldGrow(as: keyof typeof growth): void {
  if (as === grows) return;
  grows = as;
  setFlagsFromString(`--heap-growing-percent=${growth[as]}`);
}

/** How large it gets cannot be set once a process runs, but whether it grows can. */
function letYoungGrow(mayGrow: boolean): void {
  setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`);
}

/** Both halves, in bytes. */
function youngSize(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
}
