import { join } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/** Tests that run the command wait for phones most of their time: begun first, they wait while others compute. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const waits = ({ path }) => path.includes(join('test', 'integration'));
    return [...sorted.filter(waits), ...sorted.filter((test) => !waits(test))];
  }
}
