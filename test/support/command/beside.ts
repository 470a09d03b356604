import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { openStore } from '../../../src/store/open-store.js';
import type { Wish } from '../../../src/store/store-rows.js';

/** Asks the run that goes on in a store to pause, to continue or to stop, as the dashboard does: from another process, through the store. */
export async function wishBeside(db: string, wish: Wish, by = 'the dashboard'): Promise<void> {
  // The run makes it before it contacts anything.
  for (let tries = 0; tries < 100 && !existsSync(db); tries += 1) await pause(50);
  const store = await openStore({ path: db, clock: systemClock });
  try {
    await store.wish('latest', wish, by);
  } finally {
    await store.close();
  }
}
