import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { openStore } from '../../../src/store/open-store.js';
import { newRun } from './samples.js';
import { StandingClock } from './standing-clock.js';

const pageSize = 4_096;

/** Makes a store of many runs of which one page has gone bad since: opening it reads others only. */
export async function makeRottenStore(path: string): Promise<void> {
  const store = await openStore({ path, clock: new StandingClock() });
  for (let number = 0; number < 300; number += 1) await store.beginRun(newRun(`run-${number}`));
  await store.close();
  const pages = statSync(path).size / pageSize;
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(pageSize, 7), 0, pageSize, (pages - 2) * pageSize);
  closeSync(file);
}
