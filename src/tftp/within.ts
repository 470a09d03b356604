import type { Clock } from '../domain/ports/clock.js';

/** The result of some work, or a rejection with `message` if it takes longer than `ms`. What the work does later is not looked at. */
export function within<T>(clock: Pick<Clock, 'after'>, ms: number, work: Promise<T>, message: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(new Error(message)));
    work.then(resolve, reject).finally(cancel);
  });
}
