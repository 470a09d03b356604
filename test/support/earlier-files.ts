import { AsyncLocalStorage } from 'node:async_hooks';

/*
 * Jest gives each test file an AsyncLocalStorage and leaves it enabled. From then on every promise in the process carries the context of
 * all earlier files: that costs a fifth of the time of all room tests in one process, and memory that is never freed. Node's own modules
 * are the same for all files of a process, so the AsyncLocalStorages of earlier files are found here and disabled.
 */
type Storage = AsyncLocalStorage<unknown>;
const shared = AsyncLocalStorage as unknown as { usedByTests?: Set<Storage>; prototype: Storage };

if (!shared.usedByTests) {
  const used = (shared.usedByTests = new Set());
  const original = Reflect.get(shared.prototype, 'run') as Storage['run'];
  shared.prototype.run = function run(this: Storage, ...args: Parameters<Storage['run']>) {
    used.add(this);
    return Reflect.apply(original, this, args);
  } as Storage['run'];
}
for (const storage of shared.usedByTests) storage.disable();
shared.usedByTests.clear();
