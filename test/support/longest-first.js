import { join } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/**
 * Those that take longest, the longest first. In a fresh clone jest does not know how long each takes, and would begin the largest file
 * first; one of these begun last would be waited for.
 */
export const longest = [
  'night/kill',
  'unified-cm/faults',
  'fleets/combinations',
  'database/many-workers',
  'database/workers',
  'hostile/hostile-fleet',
  'night/stopped-and-resumed',
  'night/night',
  'night/own-lacks',
  'hostile/hostile-bounds',
  'writes/plan-equality',
  'command/demo',
  'access/passwords',
  'writes/late-posts',
  'night/store-trouble',
  'fleets/outcomes',
  'command/terminal',
  'hostile/bad-web-servers',
  'fleets/mixed-generations',
  'writes/gates',
  'command/package',
].map((name) => join('test', 'integration', `${name}.test.ts`));

/** Tests that run the command, the longest of them first, then all others. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const known = longest.flatMap((name) => sorted.filter(({ path }) => path.endsWith(name)));
    return [...new Set([...known, ...sorted.filter(waits), ...sorted])];
  }
}

/** Whether a test file runs the command, and so waits most of its time. */
export function waits({ path }) {
  return path.includes(join('test', 'integration')) || path.endsWith(join('test', 'docs', 'samples.test.ts'));
}
