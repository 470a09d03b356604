import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** Debian keeps each version's programs in a folder of its own. */
const programs = newestOf('/usr/lib/postgresql');

/** Why tests with PostgreSQL are skipped; `null`: it is here. */
export const whyNoPostgres = programs === null ? 'skipped: no PostgreSQL here' : null;

/** PostgreSQL refuses to run as root: then it runs as nobody. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Who may enter without a password, and who may not. */
const superuser = 'fleet';
export const guarded = 'guarded';
export const guardedPassword = 'kept: by a test';

/** A server of this test file alone, on a port below those of outgoing connections. */
export class PostgresCluster {
  readonly #folder: string;
  readonly port: number;
  #server: ChildProcess | null = null;
  #databases = 0;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  /** Makes a server and starts it. @param settings such as `ssl=on` */
  static async start(settings: readonly string[] = []): Promise<PostgresCluster> {
    const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-postgres-'));
    own(folder);
    cpSync(template(), join(folder, 'data'), { recursive: true });
    ownAll(join(folder, 'data'));
    const cluster = new PostgresCluster(folder, await freePort());
    await cluster.start(settings);
    return cluster;
  }

  get dataFolder(): string {
    return join(this.#folder, 'data');
  }

  /** Starts it, or again after it was stopped; resolves when it answers. */
  async start(settings: readonly string[] = []): Promise<void> {
    const words = [
      ...[`listen_addresses=127.0.0.1`, `port=${this.port}`, 'unix_socket_directories=', 'shared_buffers=16MB'],
      // What it writes is thrown away: nothing has to be on the disk.
      ...['fsync=off', 'full_page_writes=off', 'max_connections=80', 'log_min_messages=fatal', ...settings],
    ];
    const server = spawn(
      // With its standard input it loses the test that has begun it, and ends.
      'sh',
      [
        '-c',
        '"$@" & read -r _; kill -QUIT $!; wait',
        'sh',
        join(programs ?? '', 'postgres'),
        '-D',
        this.dataFolder,
        ...words.flatMap((word) => ['-c', word]),
      ],
      { ...user, cwd: this.#folder, stdio: ['pipe', 'ignore', 'pipe'] },
    );
    this.#server = server;
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    for (let tries = 0; ; tries += 1) {
      try {
        await this.ask('postgres', 'select 1');
        return;
      } catch (error) {
        if (tries > 400 || server.exitCode !== null)
          throw new Error(`PostgreSQL did not start: ${said}`, { cause: error });
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
  }

  /** Ends it as a crash would: no connection is told, and nothing is tidied up. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null || server.exitCode !== null) return;
    const over = new Promise((resolve) => server.once('close', resolve));
    server.stdin?.end();
    await over;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A new empty database. @returns its address */
  async database({ options = '' }: { options?: string } = {}): Promise<string> {
    this.#databases += 1;
    const name = `fleet${this.#databases}`;
    await this.ask('postgres', `create database ${name} ${options}`);
    return this.address(name);
  }

  async drop(address: string): Promise<void> {
    await this.ask('postgres', `drop database ${new URL(address).pathname.slice(1)} with (force)`);
  }

  address(database: string, of: string = superuser): string {
    return `postgres://${of}@127.0.0.1:${this.port}/${database}`;
  }

  /** What one statement gives, asked by the user that may do anything. */
  async ask<Row extends object>(database: string, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ host: '127.0.0.1', port: this.port, user: superuser, database });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query<Row>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }
}

/** A new data folder takes seconds to make, and a copy of one does not: it is made once for this machine and version. */
function template(): string {
  const folder = join(
    tmpdir(),
    `fleet-migrate-postgres-template-${programs?.replace(/\W+/g, '-')}-${user.uid ?? process.getuid?.()}`,
  );
  if (existsSync(folder)) return folder;
  const making = mkdtempSync(`${folder}-`);
  own(making);
  const data = join(making, 'data');
  const words = ['-U', superuser, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--wal-segsize=1', '--no-sync'];
  execFileSync(join(programs ?? '', 'initdb'), ['-D', data, ...words], { ...user, cwd: making, stdio: 'ignore' });
  const rules = [`host all ${guarded} 127.0.0.1/32 scram-sha-256`, 'host all all 127.0.0.1/32 trust', ''];
  writeFileSync(join(data, 'pg_hba.conf'), rules.join('\n'));
  try {
    renameSync(data, folder);
  } catch {
    // Another test was quicker.
  }
  rmSync(making, { recursive: true, force: true });
  return folder;
}

function own(path: string): void {
  if (user.uid !== undefined) chownSync(path, user.uid, user.gid);
}

function ownAll(folder: string): void {
  own(folder);
  if (user.uid === undefined) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) own(join(folder, name));
}

/** The folder with the programs of the newest version; `null`: none is here. */
function newestOf(folder: string): string | null {
  if (process.platform === 'win32' || !existsSync(folder)) return null;
  const versions = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'bin', 'initdb')));
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? null : join(folder, newest, 'bin');
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer()
        .once('error', () => resolve(false))
        .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}
