// A whole migration of 750 phones, from the first look to the proof: what it costs, and what it asks of a phone.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addressesFrom, cpuOf, main, many, peakOf, scratch, startSimulator } from './support.mjs';
import { say } from './table.mjs';

const phones = many(750, 8);
const timeScale = 60;
const file = scratch();
const profiles = fileURLToPath(new URL('../profiles/migrations/', import.meta.url));
/** Waits as much shorter as the simulated phones are quicker. */
const scaled = readFileSync(join(profiles, 'mpp-to-enterprise.yaml'), 'utf8').replace(
  /^( {2}\w+: )(\d+)(ms|s|m)$/gm,
  (_, key, count, unit) =>
    `${key}${Math.max(50, Math.round((Number(count) * { ms: 1, s: 1_000, m: 60_000 }[unit]) / timeScale))}ms`,
);

async function whole(measure) {
  const simulator = await startSimulator(
    ...['--scenario', 'plain', '--phones', String(phones), '--subnet', '127.66.0.0/22'],
    ...['--time-scale', String(timeScale)],
  );
  try {
    return await measure([
      ...[main, '--inventory', file('phones.csv'), '--scheme', 'http', '--http-port', simulator.httpPort],
      ...['--profile', file('mpp-to-enterprise.yaml'), '--files', simulator.files, '--yes', '--quiet', '--no-config'],
      ...['--db', file(`${simulator.httpPort}.db`), '--lock-folder', file('locks'), '--report', file('report.json')],
    ]);
  } finally {
    await simulator.stop();
  }
}

writeFileSync(file('phones.csv'), `address\n${addressesFrom('127.66.0.0', phones).join('\n')}\n`);
writeFileSync(file('mpp-to-enterprise.yaml'), scaled);
const taken = await whole((args) => cpuOf([process.execPath, ...args].join(' '), [0, 1]));
const { totals, phones: report } = JSON.parse(readFileSync(file('report.json'), 'utf8'));
if (totals.byOutcome.done !== phones) throw new Error(`${JSON.stringify(totals.byOutcome)} instead of ${phones} done`);
const mean = (name) => report.reduce((all, phone) => all + phone[name], 0) / phones;
say({ what: `migration of ${phones} phones, CPU a phone`, value: (taken.cpu * 1_000) / phones, unit: 'ms' });
say({ what: 'the same, requests a phone', value: mean('requests'), unit: '' });
say({ what: 'the same, read of a phone', value: mean('bytes') / 1_024, unit: 'KB' });
say({ what: 'the same, memory', value: await whole(peakOf), unit: 'MB' });
