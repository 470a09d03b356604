// Runs the benchmarks named on the command line, or all; each prints ratios against a baseline of the same run.
const all = ['startup', 'audit-cpu', 'dark', 'in-flight', 'hostile', 'store', 'serving', 'tftp'];
const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : all) await import(`./${name}.mjs`);
