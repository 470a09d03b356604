// A PostgreSQL of a bench's own, and what it was asked for.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { main } from './support.mjs';

/**
 * A server of this bench alone, started as an ordinary user; `null`: PostgreSQL is not here.
 * @param file answers where a file of the bench lies
 */
export async function startPostgres(file) {
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
    ask,
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
        `select active_time as ms, xact_commit::int as commits, pg_database_size('${name}')::bigint::float as bytes,
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

/** Runs the command; it has to end well. */
export async function command(words) {
  const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${words.join(' ')}: exit code ${code}`);
}
