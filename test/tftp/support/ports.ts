import { codeOf } from '../../../src/domain/text/error-reason.js';

/** Below the range from which systems give ports to clients, so that nobody gets one of these by chance. */
const first = 21_000;
const count = 10_000;
let next = process.pid % count;

/** Something that listens, at a UDP port that was free. */
export async function freePort<T>(listen: (port: number) => Promise<T>): Promise<{ port: number; value: T }> {
  for (let tries = 0; ; tries += 1) {
    next = (next + 7) % count;
    const port = first + next;
    try {
      return { port, value: await listen(port) };
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE' || tries > 100) throw error;
    }
  }
}
