/**
 * What tests run as a process of its own, told by its arguments what to do with the store at a path. Each thing that a test waits
 * for or checks is a line on standard output.
 */
import { closeSync, existsSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../../src/domain/ports/clock.js';
import { openStore } from '../../../src/store/open-store.js';
import { openPhoneLocks } from '../../../src/store/locks/phones/open-phone-locks.js';

const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

const [action = '', path = '', runId = '', count = '0', usual = ''] = process.argv.slice(2);

/** The locks of phones in a folder that was named, or where all meet. */
const inFolder = {
  ...{ runId, clock },
  ...(usual === '' ? { folder: path } : { folder: null, places: [dirname(path)] }),
};

/** Written at once, so that a kill right after it cannot lose it. */
function say(line: string): void {
  writeSync(1, `${line}\n`);
}

/** Waits until the test kills this process. */
function stay(): void {
  setInterval(() => undefined, 1_000);
}

/** Whether nobody else is there: a file that only one can make. */
function enterAlone(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx'));
    return true;
  } catch {
    return false;
  }
}

const target = (number: number, state: 'writing' | 'submitted') => ({
  key: `10.0.${number >> 8}.${number & 255}`,
  address: `10.0.${number >> 8}.${number & 255}`,
  mac: `00CCFC${String(number).padStart(6, '0')}`,
  state,
  wave: null,
  snapshot: { number, padding: 'x'.repeat(2_000) },
  report: null,
});

const actions: Record<string, () => Promise<void>> = {
  /** Takes the run lock and keeps it. */
  hold: async () => {
    const store = await openStore({ path, clock });
    const lock = await store.acquireRunLock({ runId });
    say(lock.ok ? 'locked' : `held by ${lock.holder.runId}`);
    stay();
  },

  /** Takes the run lock so many times as fast as it can, while others do so too, and tells each time whether it is alone with it: beside the file `usual`. */
  contend: async () => {
    const store = await openStore({ path, clock });
    // All begin together, however long each took to get here.
    say('ready');
    while (!existsSync(`${usual}.go`)) await new Promise((resolve) => setTimeout(resolve, 1));
    for (let had = 0; had < Number(count);) {
      const lock = await store.acquireRunLock({ runId });
      if (lock.ok) {
        say(enterAlone(`${usual}.inside`) ? 'alone' : 'not alone');
        await new Promise((resolve) => setImmediate(resolve));
        rmSync(`${usual}.inside`, { force: true });
        await lock.release();
        had += 1;
      } else say('refused');
    }
    say('finished');
    stay();
  },

  /** Locks so many phones of the machine, whose locks are in the folder `path`, and keeps them. */
  keepPhones: async () => {
    const locks = await openPhoneLocks(inFolder);
    for (let number = 0; number < Number(count); number += 1) locks.claim(`phone-${number}`);
    say('locked');
    stay();
  },

  /** The same as fast as it can while others do so too; tells which it got. A heartbeat shows afterwards whether it was let live. */
  contendPhones: async () => {
    say('ready');
    while (!existsSync(`${path}.go`)) await new Promise((resolve) => setTimeout(resolve, 1));
    const locks = await openPhoneLocks(inFolder);
    for (let number = 0; number < Number(count); number += 1) {
      if (locks.claim(`phone-${number}`) === null) say(`got ${number}`);
      if (number % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    locks.heartbeat();
    say('finished');
    stay();
  },

  /** Locks a phone as a user who may do nothing beyond what everybody may. */
  unprivilegedPhone: async () => {
    if (process.getuid?.() === 0) {
      process.setgid?.(65_534);
      process.setuid?.(65_534);
    }
    try {
      const locks = await openPhoneLocks(inFolder);
      say(JSON.stringify(locks.claim('phone-0')));
      locks.claim('phone-of-nobody');
      say('locked');
      stay();
    } catch (error) {
      say((error as Error).message);
    }
  },

  /** Records forever: an intent, which it tells of once it is safe, and then much that is only buffered. */
  record: async () => {
    const store = await openStore({ path, clock });
    const recorder = store.recorder(runId, { onError: (error) => say(String(error)) });
    for (let number = 0; ; number += 1) {
      const at = new Date().toISOString();
      for (let more = 0; more < 20; more += 1)
        recorder.event({ event: 'before', at, address: null, mac: null, number });
      await recorder.intent(target(number, 'writing'), { number });
      say(`intent ${number}`);
      recorder.saveTarget(target(number, 'submitted'));
    }
  },

  /** Opens the store as a user who may do nothing, where this one may do all. */
  unprivileged: async () => {
    if (process.getuid?.() === 0) {
      process.setgid?.(65_534);
      process.setuid?.(65_534);
    }
    try {
      await (await openStore({ path, clock })).close();
      say('opened');
    } catch (error) {
      say(JSON.stringify({ code: (error as { code?: string }).code, message: (error as Error).message }));
    }
  },

  /** Opens a store that may not exist yet, begins a run in it, and closes it. */
  begin: async () => {
    const store = await openStore({ path, clock });
    const summary = { id: runId, profile: null, dryRun: false, version: '0', preflightSkipped: false, insecure: false };
    await store.beginRun({ startedAt: new Date().toISOString(), summary, settings: null });
    await store.close();
    say('begun');
  },
};

await actions[action]?.();
