import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';

/** How much the heap may grow from one collection to the next (percent); V8's own choice is a multiple. Measured by `bench audit` and `large`. */
const growth = { small: 100, large: 30 };
/** A heap of so many bytes is large. */
const largeHeap = 32 * 1024 * 1024;
/**
 * How large either half of what V8 holds for new (bytes) may get; its own bound is 16 or 32 MB. With less, more is kept for old. An audit leaves
 * phones behind and has the room, but in Node 24, which takes more by itself; a migration holds all that it watches.
 */
const youngHalf = { roomy: 16 * 1024 * 1024, usual: 8 * 1024 * 1024 };
/** A step towards that is made so often (ms). */
const stepMs = 20;

/** How much of a function must have run before it is optimized, in V8's own measure (its own choice, and ours). Measured by `bench audit`. */
const runBefore = { usual: 66 * 1024, late: 1_000_000 };
/** For how long (ms) it is ours: a run of some hundred phones. */
const lateMs = 3_000;

/** V8's version up to which these flags are known to mean this: that of the newest Node in `npm run test:nodes`. It complains of flags that it does not know. */
const newestTried = 13;

let isTuned = false;

/** Sets V8 up for a run, once in a process: bounded memory, and little work that a short run has no use for. */
export function tuneV8(command: 'audit' | 'migrate'): void {
  const version = Number.parseInt(process.versions.v8, 10);
  if (isTuned || version > newestTried) return;
  isTuned = true;
  boundMemory(2 * youngHalf[command === 'audit' && version < 13 ? 'roomy' : 'usual']);
  // Later ones have a compiler in between, and nothing is gained.
  if (version === 11) optimizeLate();
}

/**
 * On a machine with plenty of memory, V8 lets a heap grow to several times its live size, and connections and pages leave much garbage: dark
 * addresses alone took 200 MB of which 23 were in use.
 */
function boundMemory(mostYoung: number): void {
  let old: keyof typeof growth | null = null;
  const letOldGrow = (as: keyof typeof growth): void => {
    if (as !== old) setFlagsFromString(`--heap-growing-percent=${growth[as]}`);
    old = as;
  };
  letOldGrow('small');
  letYoungGrow(false);
  const step = (): void => {
    letOldGrow(getHeapStatistics().used_heap_size < largeHeap ? 'small' : 'large');
    if (youngSize() >= mostYoung) return;
    // For a moment only: it doubles with each collection, and several may come before the next step.
    letYoungGrow(true);
    setImmediate(() => letYoungGrow(false));
  };
  setInterval(step, stepMs).unref();
}

/** How large it gets cannot be set once a process runs, but whether it grows can. */
function letYoungGrow(mayGrow: boolean): void {
  setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`);
}

/** Both halves, in bytes. */
function youngSize(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
}

/** V8 optimizes in threads of its own what has run for a while. Much of an audit of some hundred phones is over before that pays. */
function optimizeLate(): void {
  setFlagsFromString(`--interrupt-budget=${runBefore.late}`);
  setTimeout(() => setFlagsFromString(`--interrupt-budget=${runBefore.usual}`), lateMs).unref();
}
