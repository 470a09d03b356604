// A fleet that is moved by 1, 2 and 4 workers over one PostgreSQL, against the same run without workers: what the database is asked for each phone.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { main, many, scratch, startSimulator } from './support.mjs';
import { say } from './table.mjs';
import { scaledProfile } from './whole-migration.mjs';

const phones = many(240, 8);
const crews = many([1, 2, 4], [2]);
const sites = 4;
const file = scratch();

/** A server of this bench alone, started as an ordinary user; `null`: PostgreSQL is not here. */
async function startPostgres() {
  const root = '/usr/lib/postgresql';
  const version = existsSync(root) ? readdirSync(root).toSorted((a, b) => b - a)[0] : undefined;
  if (version === undefined) return null;
  const bin = (name) => join(root, version, 'bin', name);
  const user = process.getuid() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const folder = file('postgres');
  mkdirSync(folder);
  if (user.uid !== undefined) {
    chownSync(file(''), user.uid, user.gid);
    chownSync(folder, user.uid, user.gid);
  }
  const data = join(folder, 'data');
  const made = spawnSync(bin('initdb'), ['-D', data, '-U', 'fleet', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'], {
    ...user,
    cwd: folder,
  });
  if (made.status !== 0) throw new Error(String(made.stderr));
  const port = 20_000 + (process.pid % 10_000);
  const words = [
    ...[`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='],
    'shared_preload_libraries=pg_stat_statements',
  ];
  const server = spawn(bin('postgres'), ['-D', data, ...words.flatMap((word) => ['-c', word])], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  });
  const ask = async (database, sql) => {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'fleet', database });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  for (let tries = 0; tries < 200; tries += 1) {
    const isThere = await ask('postgres', 'select 1').then(
      () => true,
      () => false,
    );
    if (isThere) break;
    await pause(50);
  }
  let count = 0;
  return {
    newDatabase: async () => {
      count += 1;
      await ask('postgres', `create database bench${count}`);
      const path = `postgres://fleet@127.0.0.1:${port}/bench${count}`;
      await ask(`bench${count}`, 'create extension pg_stat_statements');
      await command(['db', 'migrate', '--no-config', '--db', path]);
      return { path, name: `bench${count}` };
    },
    /** Time that statements took, and that they waited for the write lock (ms), and transactions, so far; and the bytes of a database. */
    figures: async (name) => {
      await pause(1_500);
      const [row] = await ask(
        name,
        `select active_time as ms, xact_commit::int as commits, pg_database_size('${name}')::int as bytes,
          (select coalesce(sum(total_exec_time), 0) from pg_stat_statements where dbid = d.datid and query like '%pg_advisory_xact_lock%') as waited
          from pg_stat_database d where datname = '${name}'`,
      );
      return row;
    },
    stop: async () => {
      server.kill('SIGQUIT');
      await once(server, 'close');
    },
  };
}

async function command(words) {
  const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${words.join(' ')}: exit code ${code}`);
}

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

const postgres = await startPostgres();
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
