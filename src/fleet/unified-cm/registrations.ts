import { type Clock, sleep } from '../../domain/ports/clock.js';
import type { Ucm, UcmRegistration } from '../../ucm/ucm.js';

interface Batch {
  names: Set<string>;
  answer: Promise<ReadonlyMap<string, UcmRegistration>>;
}

/** How often the real-time service may be asked. */
interface Pace {
  clock: Pick<Clock, 'after' | 'monotonic'>;
  requestsPerMinute: number;
}

const minuteMs = 60_000;

/**
 * Asks for single phones by asking for all that wait together: the real-time service takes 15 requests a minute, each for up to a thousand
 * phones, and hundreds are watched at once. While one request is under way the next one collects, and the more have been sent within the
 * last minute, the longer: were all sent at once, everybody would wait for the rest of the minute, and for single phones.
 */
export function sharedRegistrations(
  ask: Ucm['registrations'],
  { clock, requestsPerMinute }: Pace,
): (name: string) => Promise<UcmRegistration> {
  let under: Promise<unknown> = Promise.resolve();
  let collecting: Batch | null = null;
  /** By `Clock.monotonic`, the oldest first. */
  let sent: number[] = [];

  /** So long to the next request (ms): not at all after an idle minute, an even share of the minute when nearly all of its requests are used. */
  function untilNext(): number {
    const now = clock.monotonic();
    sent = sent.filter((at) => now - at < minuteMs);
    const [oldest = now] = sent;
    if (sent.length >= requestsPerMinute) return oldest + minuteMs - now;
    const share = minuteMs / requestsPerMinute;
    return (sent.at(-1) ?? now) + share * (sent.length / requestsPerMinute) - now;
  }

  function open(): Batch {
    const names = new Set<string>();
    const answer = under
      .then(() => new Promise((resolve) => setImmediate(resolve)))
      .then(async () => {
        for (let wait = untilNext(); wait > 0; wait = untilNext()) await sleep(clock, wait);
        collecting = null;
        sent.push(clock.monotonic());
        return ask([...names]);
      });
    under = answer.catch(() => {});
    return { names, answer };
  }

  return async (name) => {
    collecting ??= open();
    const { names, answer } = collecting;
    names.add(name);
    const registration = (await answer).get(name);
    if (!registration) throw new Error(`nothing was said of ${name}`);
    return registration;
  };
}
