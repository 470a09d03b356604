// What each command costs before it has done anything, as whole processes, against Node starting at all in the same run.
import { spawnSync } from 'node:child_process';
import { cpuInTurn, main, many, median, peakOf, scratch } from './support.mjs';
import { say } from './table.mjs';

const rounds = many(9, 1);
const db = scratch()('runs.db');
// Nothing listens there.
const audit = ['audit', '--target', '127.0.0.1', '--scheme', 'http', '--http-port', '1', '--db', db, '--no-config'];
const commands = [
  ['--version', ['--version'], 3],
  ['--help', ['--help'], 2.5],
  ['runs', ['runs', '--db', db], 4],
  ['report', ['report', '--db', db], 4],
  ['audit of one dead address', audit, 5],
];

// A run for `runs` and `report` to show.
spawnSync(process.execPath, [main, ...audit]);
for (const [what, args, most] of commands) {
  const node = `${process.execPath} -e 0`;
  const [ours, base] = await cpuInTurn([[process.execPath, main, ...args].join(' '), node], rounds, [0, 4]);
  say({
    ...{ what: `${what}, CPU`, value: ours, unit: 'ms', baseline: { what: 'node -e 0', value: base } },
    goal: { of: 'ratio', most },
  });
}
const peaks = [];
for (let round = 0; round < many(3, 1); round += 1) peaks.push(await peakOf([main, ...audit]));
say({
  ...{ what: 'audit of one dead address, memory', value: median(peaks), unit: 'MB' },
  ...{ baseline: { what: 'node -e 0', value: await peakOf(['-e', '0']) }, goal: { of: 'value', most: 80 } },
});
