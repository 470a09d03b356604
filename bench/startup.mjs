// What each command costs before it has done anything, as whole processes, against Node starting at all in the same run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuOf, main, peakOf, say } from './support.mjs';

const rounds = 9;
const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-bench-'));
const db = join(folder, 'runs.db');
// Nothing listens there.
const audit = ['audit', '--target', '127.0.0.1', '--scheme', 'http', '--http-port', '1', '--db', db];
const commands = [
  [['--version'], 3],
  [['--help'], 2.5],
  [['runs', '--db', db], 4],
  [['report', '--db', db], 4],
  [audit, 5],
];

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

try {
  // A run for `runs` and `report` to show.
  spawnSync(process.execPath, [main, ...audit]);
  for (const [args, target] of commands) {
    const [own, node] = [[], []];
    // In pairs: what else this machine does meets both.
    for (let round = 0; round < rounds; round += 1) {
      node.push((await cpuOf(`${process.execPath} -e 0`)).cpu * 1_000);
      own.push((await cpuOf([process.execPath, main, ...args].join(' '), [0, 4])).cpu * 1_000);
    }
    const [ours, base] = [median(own), median(node)];
    say(
      `fleet-migrate ${args[0] === 'audit' ? 'audit of one dead address' : args[0]}, CPU`,
      `${ours.toFixed(0)} ms`,
      `node -e 0 ${base.toFixed(0)} ms`,
      `${(ours / base).toFixed(1)}x`,
      `<= ${target}x`,
    );
  }
  const peaks = [];
  for (let round = 0; round < 3; round += 1) peaks.push(await peakOf([main, ...audit]));
  const bare = await peakOf(['-e', '0']);
  say(
    'audit of one dead address, memory',
    `${median(peaks).toFixed(0)} MB`,
    `node -e 0 ${bare.toFixed(0)} MB`,
    `${(median(peaks) / bare).toFixed(1)}x`,
    '<= 80 MB',
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
