// A whole migration by the command, against phones that are as much quicker as its waits are shorter.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addressesFrom, main, scratch, startSimulator } from './support.mjs';

const timeScale = 60;
const profiles = fileURLToPath(new URL('../profiles/migrations/', import.meta.url));
/** Waits as much shorter as the simulated phones are quicker. */
export const scaledProfile = readFileSync(join(profiles, 'mpp-to-enterprise.yaml'), 'utf8').replace(
  /^( {2}\w+: )(\d+)(ms|s|m)$/gm,
  (_, key, count, unit) =>
    `${key}${Math.max(50, Math.round((Number(count) * { ms: 1, s: 1_000, m: 60_000 }[unit]) / timeScale))}ms`,
);

/** Answers what moves so many phones, anew each time: `measure` is given the words of the command, and the path of its store. */
export function migrationOf(phones) {
  const file = scratch();
  writeFileSync(file('phones.csv'), `address\n${addressesFrom('127.66.0.0', phones).join('\n')}\n`);
  writeFileSync(file('mpp-to-enterprise.yaml'), scaledProfile);
  const move = async (measure) => {
    const simulator = await startSimulator(
      ...['--scenario', 'plain', '--phones', String(phones), '--subnet', '127.66.0.0/22'],
      ...['--time-scale', String(timeScale)],
    );
    const store = file(`${simulator.httpPort}.db`);
    try {
      return await measure(
        [
          ...[main, '--inventory', file('phones.csv'), '--scheme', 'http', '--http-port', simulator.httpPort],
          ...[
            '--profile',
            file('mpp-to-enterprise.yaml'),
            '--files',
            simulator.files,
            '--yes',
            '--quiet',
            '--no-config',
          ],
          ...['--db', store, '--lock-folder', file('locks'), '--report', file('report.json')],
        ],
        store,
      );
    } finally {
      await simulator.stop();
    }
  };
  return { move, reportOf: () => JSON.parse(readFileSync(file('report.json'), 'utf8')) };
}
