// An audit of ten thousand phones, 64 at once: memory, and what a phone costs when there are many.
import { writeFileSync } from 'node:fs';
import { addressesFrom, cpuOf, main, many, peakOf, scratch, startSimulator } from './support.mjs';
import { say } from './table.mjs';

const phones = many(10_000, 300);
const file = scratch();
const simulator = await startSimulator('--scenario', 'plain', '--phones', String(phones), '--subnet', '127.64.0.0/17');
try {
  writeFileSync(file('phones.csv'), `address\n${addressesFrom('127.64.0.0', phones).join('\n')}\n`);
  const audit = (db) => [
    ...[main, 'audit', '--inventory', file('phones.csv'), '--scheme', 'http', '--http-port', simulator.httpPort],
    ...['--concurrency', '64', '--quiet', '--no-config', '--db', file(db), '--report', file('report.csv')],
  ];
  const taken = await cpuOf([process.execPath, ...audit('a.db')].join(' '));
  if (taken === null) throw new Error('the audit did not end with exit code 0');
  say({ what: `audit of ${phones} phones, CPU a phone`, value: (taken.cpu * 1_000) / phones, unit: 'ms' });
  say({ what: 'the same, wall-clock', value: taken.real, unit: 's' });
  say({
    ...{ what: 'the same, memory', value: await peakOf(audit('b.db')), unit: 'MB' },
    goal: { of: 'value', most: 200 },
  });
} finally {
  await simulator.stop();
}
