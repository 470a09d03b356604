import { defaultStorePath } from '../store/default-path.js';
import { openStore } from '../store/open-store.js';
import type { Store } from '../store/store.js';
import { type Arguments, textOf } from './arguments.js';
import { systemClock } from './system-clock.js';

/** Opens the store that the command line names, or the usual one, for as long as `use` runs. @throws UsageError */
export async function withStore<T>(args: Arguments, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ path: textOf(args, 'db') ?? defaultStorePath(process.env), clock: systemClock });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
