import PQueue from 'p-queue';
import type { Clock } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import { kindOf } from '../../domain/failures/failure-codes.js';
import { formatDuration } from '../../domain/text/duration.js';
import { sentence } from '../../domain/text/error-reason.js';
import type { Store } from '../../store/store.js';
import { UcmError, type UcmRegistration } from '../../ucm/ucm.js';
import { vendorElement, vendorSetting, withVendorSetting } from '../../ucm/vendor-config.js';
import type { WebAccessDone } from '../../domain/report/report.js';
import { isStoreAway } from '../../store/store-error.js';
import { type StopControl, stopsForStore } from '../stop-control.js';
import type { PauseControl } from '../pause-control.js';
import { atOnce, borrowedOn, putBackSettings } from './put-back.js';
import type { KnownInUcm, UcmAtWork } from './ucm-at-work.js';

/** Web access as a run uses it. */
export interface WebAccess {
  /**
   * Switches it on for a phone that is about to be read, where it is off and may be switched, and waits until it is on. Resolves to whether it
   * was seen on; if not, the phone is read from Unified CM alone, as before.
   */
  open(phone: KnownInUcm, stop: StopControl): Promise<boolean>;
  /** Puts back all that was switched, by this run or one that was cut off. @param waits until those phones are registered again */
  putBack(waits: boolean, stop: StopControl): Promise<void>;
  /** What of it there was in this run; `null`: nothing was switched or put back. */
  readonly done: Readonly<WebAccessDone> | null;
}

/** The web access of a run's phones. */
export function webAccessOf(tools: WebAccessTools): WebAccess {
  const { ucm, clock, log, deadlineMs, pause } = tools;
  const { setting, isAllowed } = ucm.webAccess;
  const queue = new PQueue({ concurrency: atOnce });
  /** Those that this run has switched, or may have. */
  const ours = new Set<string>();
  let outside = 0;
  let isTold = false;
  const tellTrouble = (why: string): void => {
    if (!isTold)
      log.warn('Unified CM does not say whether phones are back with their web server on; it is asked on', {
        why,
        atMost: formatDuration(deadlineMs),
      });
    isTold = true;
  };
  let back: string[] = [];
  /** Not put back yet; `null` until that begins. */
  let left: number | null = null;
  let waiting = 0;
  /** Waits for the end of a pause, unless it was begun before, and for what that has made of the window. */
  const mayBegin = async (name: string, stop: StopControl): Promise<boolean> => {
    if (pause?.isPaused !== true || ours.has(name)) return true;
    await pause.over(stop);
    const isInWindow = tools.mayRestart(name, deadlineMs * 2);
    if (!isInWindow) outside += 1;
    return isInWindow;
  };
  /** Tells a phone to switch it on, also where Unified CM stumbles. Returns whether it was told. */
  const told = async (name: string, stop: StopControl): Promise<boolean> => {
    for (let tries = 1; !stop.gently.aborted; tries += 1) {
      try {
        return await queue.add(
          async () => (await mayBegin(name, stop)) && !stop.gently.aborted && (await switchOne(name, ours, tools)),
        );
      } catch (error) {
        if (isStoreAway(error)) {
          // What was read of it may be old by then, and is read anew.
          tries -= 1;
          await stop.sleep(clock, tools.pollMs, 'gently');
          continue;
        }
        if (!(error instanceof UcmError)) throw error;
        const mayPass = !error.nothingChanged || kindOf(error.code) === 'transient';
        if (!mayPass || tries === mostTries) {
          const what = ours.has(name) ? 'may not have been' : 'was not';
          log.warn(`web access ${what} switched on`, { name, why: sentence(error.message) });
          return false;
        }
      }
      await stop.sleep(clock, tools.pollMs, 'gently');
    }
    return false;
  };
  /** Puts back what may be. Returns whether another try may put back more. */
  const putBackOnce = async (stop: StopControl): Promise<boolean> => {
    const all = await borrowedOn(ucm.host, tools.store);
    // What this run has switched goes back at once: its window had room for both.
    const now = all.filter(({ name }) => ours.has(name) || tools.mayRestart(name, deadlineMs));
    left = all.length;
    waiting = all.length - now.length;
    const settled = (): void => void (left = (left ?? 0) - 1);
    const result = await putBackSettings(now, tools, setting.on, { settled, isOver: () => stop.now.aborted });
    back = [...back, ...result.back];
    return result.left.size > 0;
  };
  return {
    get done() {
      const notPutBack = left ?? ours.size;
      return ours.size + notPutBack + back.length === 0 ? null : { switched: ours.size, notPutBack };
    },
    open: async ({ phone: { name }, registration: { registered, httpd } }, stop) => {
      if (!isAllowed || registered !== 'yes' || httpd !== false) return false;
      // Once for on, once for back.
      if (!tools.mayRestart(name, deadlineMs * 2)) {
        outside += 1;
        return false;
      }
      if (!(await orStop(told(name, stop), stop))) return false;
      const isOn = (seen: UcmRegistration): boolean => seen.registered === 'yes' && seen.httpd === true;
      const isSeen = await waitUntil(name, isOn, clock.monotonic() + deadlineMs, tools, stop, tellTrouble);
      if (!isSeen && !stop.gently.aborted)
        log.warn('a phone was not seen to come back with its web server on', { name });
      return isSeen;
    },
    putBack: async (waits, stop) => {
      if (outside > 0)
        log.warn('web access was not switched on outside the window: phones may restart for it', { phones: outside });
      for (let tries = 1; ; tries += 1) {
        const mayBeMore = await orStop(putBackOnce(stop), stop);
        // What is missing is read first each time, so that another try changes nothing twice.
        if (!mayBeMore || tries === mostTries || stop.gently.aborted) break;
        await stop.sleep(clock, tools.pollMs, 'gently');
      }
      if (waiting > 0)
        log.warn(
          'web access that an earlier run has left switched on waits for the window: phones may restart for it',
          { phones: waiting },
        );
      const earlier = back.filter((name) => !ours.has(name)).length;
      if (earlier > 0)
        log.warn('web access that an earlier run had left switched on was put back, too', { phones: earlier });
      if (left !== null && left > 0) tellLeft(log, left, ucm.host);
      if (!waits) return;
      const until = clock.monotonic() + deadlineMs;
      await Promise.all(
        back.map((name) => waitUntil(name, ({ registered }) => registered === 'yes', until, tools, stop)),
      );
    },
  };
}

/** How often a run tries to switch a phone, and to put back what it has switched. */
const mostTries = 3;

/** The web access of a run that only reads: what an earlier one has left switched on is told, and nothing is changed. */
export function webAccessLeft({
  ucm,
  store,
  log,
}: Pick<WebAccessTools, 'log'> & { ucm: Pick<UcmAtWork, 'host'>; store: Pick<Store, 'borrowed'> }): WebAccess {
  const done: WebAccessDone = { switched: 0, notPutBack: 0 };
  return {
    get done() {
      return done.notPutBack === 0 ? null : done;
    },
    open: () => Promise.resolve(false),
    putBack: async () => {
      done.notPutBack = (await borrowedOn(ucm.host, store)).length;
      if (done.notPutBack > 0) tellLeft(log, done.notPutBack, ucm.host);
    },
  };
}

function tellLeft(log: Log, phones: number, ucm: string): void {
  log.warn('web access is switched on still; put it back with: fleet-migrate ucm restore', { phones, ucm });
}

/** What switching web access on and back needs. */
export interface WebAccessTools {
  ucm: Pick<UcmAtWork, 'host' | 'registration' | 'client' | 'webAccess'>;
  store: Pick<Store, 'borrowed' | 'borrow' | 'isBack'>;
  runId: string;
  clock: Clock;
  log: Log;
  /** For how long phones may take until their web server answers (ms). */
  deadlineMs: number;
  /** Between two looks at a phone that restarts (ms). */
  pollMs: number;
  /** Whether that phone may restart now, and be done after that time (ms). */
  mayRestart: (name: string, ms: number) => boolean;
  /** While it lasts nothing is switched on. Absent: nobody can pause the run. */
  pause?: PauseControl;
}

/** Without its store a run changes nothing more; what is remembered there waits for `ucm restore`. */
async function orStop<T>(work: Promise<T>, stop: StopControl): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (!stopsForStore(error, stop)) throw error;
    return null;
  }
}

/**
 * Switches it on and tells the phone. What it was is in the store before anything is changed; only that one setting changes. Where an answer was
 * lost it is called again, and reads first what has become of it. Returns whether the phone was told. @throws UcmError
 */
async function switchOne(
  name: string,
  ours: Set<string>,
  { ucm, store, runId, clock }: WebAccessTools,
): Promise<boolean> {
  const { setting } = ucm.webAccess;
  const settings = await ucm.client.settings(name);
  if (settings === null) return false;
  const xml = settings.vendorConfig ?? '';
  if (vendorSetting(xml, setting.tag)?.trim() !== setting.on) {
    const borrowed = { ucm: ucm.host.toLowerCase(), name, tag: setting.tag, original: vendorElement(xml, setting.tag) };
    await store.borrow({ ...borrowed, runId, at: new Date(clock.now()).toISOString() });
    ours.add(name);
    await ucm.client.change(name, { vendorConfig: withVendorSetting(xml, setting.tag, setting.on) });
  } else if (!ours.has(name)) {
    // On already, as far as Unified CM is concerned: there would be nothing to put back.
    return false;
  }
  await ucm.client.apply(name);
  return true;
}

/** Resolves with whether the phone was seen so in time. */
async function waitUntil(
  name: string,
  isSo: (seen: UcmRegistration) => boolean,
  until: number,
  { ucm, clock, pollMs }: Pick<WebAccessTools, 'ucm' | 'clock' | 'pollMs'>,
  stop: StopControl,
  onTrouble: (why: string) => void = () => {},
): Promise<boolean> {
  while (!stop.gently.aborted) {
    try {
      if (isSo(await ucm.registration(name))) return true;
    } catch (error) {
      if (!(error instanceof UcmError)) throw error;
      onTrouble(sentence(error.message));
    }
    if (clock.monotonic() >= until) return false;
    await stop.sleep(clock, pollMs, 'gently');
  }
  return false;
}
