import { join } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/**
 * Those that take longest, the longest first. In a fresh clone jest does not know how long each takes, and would begin the largest file
 * first; one of these begun last would be waited for.
 */
export const longest = [
  'hostile/hostile-fleet',
  'night/stopped-and-resumed',
  'night/night',
  'night/own-lacks',
  'hostile/hostile-bounds',
  'writes/plan-equality',
  'command/demo',
  'access/passwords',
  'fleets/combinations',
  'writes/late-posts',
  'night/store-trouble',
  'night/kill',
  'fleets/outcomes',
  'command/terminal',
  'hostile/bad-web-servers',
  'fleets/mixed-generations',
  'writes/gates',
  'command/package',
].map((name) => join('test', 'integration', `${name}.test.ts`));

/**
 * Tests that run the command wait for phones most of their time. They are begun first, the longest before the others, and the rest is
 * spread evenly between them: it computes while they wait.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const waits = ({ path }) => path.includes(join('test', 'integration'));
    const known = longest.flatMap((name) => sorted.filter(({ path }) => path.endsWith(name)));
    const waiting = [...new Set([...known, ...sorted.filter(waits)])];
    const computing = sorted.filter((test) => !waits(test));
    const share = computing.length / Math.max(1, waiting.length);
    const spread = waiting.flatMap((test, nth) => [
      test,
      ...computing.slice(Math.round(nth * share), Math.round((nth + 1) * share)),
    ]);
    return waiting.length > 0 ? spread : computing;
  }
}
