// A fleet that is moved by 1, 2 and 4 workers over one PostgreSQL, against the same run without workers: what the database is asked for each phone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { command, startPostgres } from './postgres.mjs';
import { main, many, scratch, startSimulator } from './support.mjs';
import { say } from './table.mjs';
import { scaledProfile } from './whole-migration.mjs';

const phones = many(240, 8);
const crews = many([1, 2, 4], [2]);
const sites = 4;
const file = scratch();

function startWorker(words) {
  return spawn(process.execPath, [main, 'worker', ...words], { stdio: 'ignore' });
}

/** Moves all phones; answers what the database was asked for. */
async function move(postgres, workers) {
  const simulator = await startSimulator(
    ...['--scenario', 'plain', '--phones', String(phones), '--subnet', '127.66.0.0/22', '--time-scale', '60'],
  );
  const { path, name } = await postgres.newDatabase();
  const before = await postgres.figures(name);
  const config = file(`sites-${workers}.yaml`);
  const named = Array.from({ length: sites }, (_, at) => `  site${at}: { subnets: [127.66.${at}.0/24] }`);
  writeFileSync(config, ['sites:', ...named, ''].join('\n'));
  writeFileSync(file('mpp-to-enterprise.yaml'), scaledProfile);
  const ours = Array.from({ length: workers }, (_, at) =>
    startWorker([
      ...['--db', path, '--config', config, '--lock-folder', file(`locks-${at}`)],
      ...Array.from({ length: sites }, (__, site) => ['--site', `site${site}`]).flat(),
    ]),
  );
  const begun = performance.now();
  try {
    await command([
      ...['migrate', '--db', path, '--config', config, '--scheme', 'http', '--http-port', String(simulator.httpPort)],
      ...['--profile', file('mpp-to-enterprise.yaml'), '--files', simulator.files, '--yes', '--quiet'],
      ...['--timeout', '1s', '--max-upgrading', '60', '--lock-folder', file('locks'), '--report', file('report.json')],
      ...(workers > 0 ? ['--sites', 'all'] : []),
    ]);
  } finally {
    for (const one of ours) one.kill('SIGTERM');
    await Promise.all(ours.map((one) => once(one, 'close')));
    await simulator.stop();
  }
  const seconds = (performance.now() - begun) / 1_000;
  const after = await postgres.figures(name);
  return {
    seconds,
    ms: (after.ms - after.waited - before.ms + before.waited) / phones,
    waited: (after.waited - before.waited) / phones,
    commits: (after.commits - before.commits) / phones,
    bytes: (after.bytes - before.bytes) / phones,
  };
}

const postgres = await startPostgres(file);
if (postgres === null)
  say({ what: 'workers over PostgreSQL', value: Number.NaN, unit: '', baseline: 'PostgreSQL: not here' });
else {
  try {
    const alone = await move(postgres, 0);
    say({ what: `${phones} phones over PostgreSQL, no workers: database time a phone`, value: alone.ms, unit: 'ms' });
    for (const workers of crews) {
      const shared = await move(postgres, workers);
      const of = `${workers} worker${workers === 1 ? '' : 's'}`;
      say({ what: `the same with ${of}`, value: shared.ms, unit: 'ms', baseline: { what: 'none', value: alone.ms } });
      say({ what: `${of}: beyond a run without, a phone`, value: shared.ms - alone.ms, unit: 'ms', goal: { most: 2 } });
      say({ what: `${of}: waiting for the write lock, a phone`, value: shared.waited, unit: 'ms' });
      say({
        what: `${of}: transactions a phone`,
        value: shared.commits,
        unit: '',
        baseline: { what: 'none', value: alone.commits },
      });
      say({ what: `${of}: database size a phone`, value: shared.bytes / 1_024, unit: 'KB' });
      say({
        what: `${of}: the whole run`,
        value: shared.seconds,
        unit: 's',
        baseline: { what: 'none', value: alone.seconds },
      });
    }
  } finally {
    await postgres.stop();
  }
}
