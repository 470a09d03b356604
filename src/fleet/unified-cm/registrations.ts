import type { Ucm, UcmRegistration } from '../../ucm/ucm.js';

interface Batch {
  names: Set<string>;
  answer: Promise<ReadonlyMap<string, UcmRegistration>>;
}

/**
 * Asks for single phones by asking for all that wait together: the real-time service takes 15 requests a minute, each for up to a thousand
 * phones, and hundreds are watched at once. While one request is under way the next one collects.
 */
export function sharedRegistrations(ask: Ucm['registrations']): (name: string) => Promise<UcmRegistration> {
  let under: Promise<unknown> = Promise.resolve();
  let collecting: Batch | null = null;

  function open(): Batch {
    const names = new Set<string>();
    const answer = under
      .then(() => new Promise((resolve) => setImmediate(resolve)))
      .then(() => {
        collecting = null;
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
