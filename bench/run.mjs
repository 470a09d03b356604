// Runs the benchmarks named on the command line, or all; each measures against a baseline of the same run. `--json FILE` keeps the figures.
// `--small` runs little of each, to see that they work: its figures say nothing.
import { writeFileSync } from 'node:fs';
import { asJson, countUnmet } from './table.mjs';

const all = ['startup', 'audit', 'large', 'migrate', 'dark', 'in-flight', 'store', 'plan', 'serving', 'tftp'];
/** Only when named: they wait, one for the deadlines of ten thousand phones, some for several whole migrations. */
const others = ['hostile', 'dashboard', 'rehearse', 'workers', 'planner'];

const words = process.argv.slice(2);
const small = words.indexOf('--small');
if (small >= 0) process.env.BENCH_SMALL = words.splice(small, 1)[0];
const at = words.indexOf('--json');
const [json] = at < 0 ? [] : words.splice(at, 2).slice(1);
const unknown = words.find((word) => ![...all, ...others].includes(word));
if (unknown !== undefined || (at >= 0 && json === undefined)) {
  console.error(
    `bench: [--small] [--json FILE] and any of ${[...all, ...others].join(', ')}; not ${unknown ?? '--json alone'}.`,
  );
  process.exit(2);
}
const began = performance.now();
for (const name of words.length > 0 ? words : all) await import(`./${name}.mjs`);
const tookMs = Math.round(performance.now() - began);
if (json !== undefined) writeFileSync(json, `${JSON.stringify(asJson(tookMs), null, 2)}\n`);
console.log(`${(tookMs / 1_000).toFixed(0)} s; ${countUnmet()} goals not met`);
process.exit();
