import { join } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/**
 * Tests that run the command wait for phones most of their time. They are begun first, the longest before the others, and the rest is
 * spread evenly between them: it computes while they wait.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const waits = ({ path }) => path.includes(join('test', 'integration'));
    const [waiting, computing] = [sorted.filter(waits), sorted.filter((test) => !waits(test))];
    const share = computing.length / Math.max(1, waiting.length);
    const spread = waiting.flatMap((test, nth) => [
      test,
      ...computing.slice(Math.round(nth * share), Math.round((nth + 1) * share)),
    ]);
    return waiting.length > 0 ? spread : computing;
  }
}
