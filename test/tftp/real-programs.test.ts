import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fetchTftp } from '../../src/tftp/client.js';
import type { TftpRequest } from '../../src/tftp/fetching.js';
import { startTftpServer } from '../../src/tftp/server.js';
import { temporaryFolder } from '../support/command/temporary-folder.js';
import { program } from '../transport/support/real-servers.js';
import { fastClock } from './support/clocks.js';
import { someBytes, sourceOf } from './support/files.js';
import { Peer } from './support/peer.js';
import { freePort } from './support/ports.js';
import { type BadLine, startUdpRelay } from './support/udp-relay.js';

/*
 * Our client and server against programs that are not ours: what both of ours have misread alike cannot pass here. They come from Debian
 * (`apt-get install tftp-hpa tftpd-hpa curl`, as `.ci/run` does); without them these tests are skipped. tftpd-hpa becomes another user for each
 * transfer, so its tests need root.
 */
const tftp = program('tftp');
const tftpd = process.getuid?.() === 0 ? program('in.tftpd') : null;
const curl = program('curl');
const withProgram = (path: string | null, name: string, why = 'it is not installed') =>
  path === null ? describe.skip.bind(null, `${name} (skipped: ${why})`) : describe.bind(null, name);

const running: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of running.splice(0).reverse()) await end();
});

const clock = fastClock(20);
const bytes = someBytes(300_000);
const badLine: BadLine = { seed: 5, lost: 0.04, doubled: 0.04, delayed: 0.05 };

function folder(): ReturnType<typeof temporaryFolder> {
  const made = temporaryFolder();
  running.push(() => made.remove());
  return made;
}

async function through(port: number, line: BadLine): Promise<number> {
  const relay = await startUdpRelay(port, line);
  running.push(() => {
    expect(relay.counts.lost).toBeGreaterThan(10);
    relay.close();
  });
  return relay.port;
}

/** Our server, with `f` of 300 KB, `full` of whole blocks, and `none` that is empty. */
async function ours(): Promise<number> {
  const files: Record<string, Buffer> = { f: bytes, full: bytes.subarray(0, 5120), none: Buffer.alloc(0) };
  const { port, value: server } = await freePort((free) =>
    startTftpServer({
      address: '127.0.0.1',
      port: free,
      clock,
      open: (name) => Promise.resolve(files[name] ? sourceOf(files[name]) : null),
    }),
  );
  running.push(() => server.close());
  return port;
}

/** Runs a program with these lines as its input. @returns what it wrote */
function run(path: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { timeout: 60_000, killSignal: 'SIGKILL' });
    const written: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => written.push(piece));
    child.stderr.on('data', (piece: Buffer) => written.push(piece));
    child.once('error', reject).once('close', () => resolve(Buffer.concat(written).toString()));
    child.stdin.end(input);
  });
}

withProgram(
  tftp,
  'the client tftp-hpa',
)(() => {
  /** Fetches with its commands; its shortest wait before it sends again is a second. */
  async function get(
    port: number,
    commands: readonly string[],
  ): Promise<{ said: string; into: (name: string) => Buffer }> {
    const to = folder();
    const script = ['rexmt 1', 'timeout 20', ...commands.map((line) => line.replace('TO', to.path)), 'quit'];
    const said = await run(tftp ?? '', ['127.0.0.1', String(port)], `${script.join('\n')}\n`);
    return { said, into: (name) => readFileSync(to.file(name)) };
  }

  it('fetches from our server: binary and text, whole blocks, an empty file; and is told of one that is not there', async () => {
    const { said, into } = await get(await ours(), [
      'binary',
      'get f TO/f',
      'get full TO/full',
      'get none TO/none',
      'get nothing TO/nothing',
      'ascii',
      'get f TO/text',
    ]);
    expect(into('f').equals(bytes)).toBe(true);
    expect(into('full').equals(bytes.subarray(0, 5120))).toBe(true);
    expect(into('none')).toHaveLength(0);
    expect(said).toContain('Error code 1: File not found');
    // Its own reading of netascii: each CR LF as a line feed, each CR NUL as a carriage return.
    expect(into('text').equals(bytes)).toBe(true);
  });

  it('fetches from our server over a bad line', async () => {
    const { into } = await get(await through(await ours(), badLine), ['binary', 'get f TO/f']);
    expect(into('f').equals(bytes)).toBe(true);
  });

  it('cannot put a file onto our server', async () => {
    const from = folder();
    writeFileSync(from.file('mine'), 'x');
    const { said } = await get(await ours(), [`put ${from.file('mine')} f`]);
    expect(said).toContain('Error code 2: This server takes no files');
  });
});

withProgram(
  curl,
  'the client curl',
)(() => {
  it.each([
    ['with options', []],
    ['with blocks of 1000', ['--tftp-blksize', '1000']],
    ['without options', ['--tftp-no-options']],
  ])('fetches from our server %s', async (_, args) => {
    const [port, to] = [await ours(), folder()];
    const said = await run(curl ?? '', [
      '-sS',
      '--noproxy',
      '*',
      ...args,
      `tftp://127.0.0.1:${port}/f`,
      '-o',
      to.file('f'),
    ]);
    // A curl that was built without TFTP says so.
    if (/tftp.+(?:not supported|disabled)/.test(said))
      return console.warn('this curl knows no TFTP: nothing was shown');
    expect(said).toBe('');
    expect(readFileSync(to.file('f')).equals(bytes)).toBe(true);
  });
});

withProgram(
  tftpd,
  'the server tftpd-hpa',
  'it is not installed, or this is not root',
)(() => {
  /** Starts it with the same files, readable for the user that it becomes. Names are absolute. */
  async function theirs(args: readonly string[] = []): Promise<{ port: number; path: (name: string) => string }> {
    const made = folder();
    chmodSync(made.path, 0o755);
    for (const [name, content] of [
      ['f', bytes],
      ['full', bytes.subarray(0, 5120)],
      ['none', ''],
    ] as const) {
      writeFileSync(made.file(name), content, { mode: 0o644 });
    }
    const { port } = await freePort(async (free) => (await Peer.open('127.0.0.1', free)).close());
    const at = ['--foreground', '--address', `127.0.0.1:${port}`, '--retransmit', '50000'];
    const child = spawn(tftpd ?? '', [...at, ...args, made.path], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('close', resolve));
    running.push(async () => {
      child.kill();
      await ended;
    });
    for (let tries = 0; !(await isUp(port, made.file('none'))); tries += 1) {
      if (tries === 5) throw new Error('tftpd-hpa does not listen');
    }
    return { port, path: made.file };
  }

  async function isUp(port: number, file: string): Promise<boolean> {
    return (await fetchTftp({ host: '127.0.0.1', port, file, maxBytes: 0, timeoutMs: 60_000, clock })).kind === 'file';
  }

  /** What is fetched: of the bytes, how many there are of `f`, as all files hold its beginning. */
  async function fetched(port: number, file: string, how: Partial<TftpRequest> = {}): Promise<unknown> {
    const request = { host: '127.0.0.1', port, file, maxBytes: 1_000_000, timeoutMs: 600_000, clock, ...how };
    const result = await fetchTftp(request);
    if (result.kind !== 'file') return result;
    const { length } = result.bytes;
    return { ...result, bytes: bytes.subarray(0, length).equals(result.bytes) ? length : 'others' };
  }

  const whole = { kind: 'file', bytes: 300_000, size: 300_000, tooLarge: false };

  it('is understood by our client: with options, sizes alone, too large a file, none, one that is not there', async () => {
    const { port, path } = await theirs();
    expect(await fetched(port, path('f'))).toEqual(whole);
    expect(await fetched(port, path('f'), { blockBytes: 512, windowSize: 4 })).toEqual(whole);
    expect(await fetched(port, path('full'), { blockBytes: 512 })).toEqual({ ...whole, bytes: 5120, size: 5120 });
    expect(await fetched(port, path('none'))).toEqual({ ...whole, bytes: 0, size: 0 });
    expect(await fetched(port, path('f'), { maxBytes: 0 })).toEqual({ ...whole, bytes: 0 });
    expect(await fetched(port, path('none'), { maxBytes: 0 })).toEqual({ ...whole, bytes: 0, size: 0 });
    expect(await fetched(port, path('f'), { maxBytes: 1000 })).toEqual({ ...whole, bytes: 1000, tooLarge: true });
    expect(await fetched(port, path('nothing'))).toMatchObject({ kind: 'refused', code: 1, message: 'File not found' });
    expect(await fetched(port, '/etc/passwd')).toMatchObject({ kind: 'refused', code: 2 });
  });

  it('is understood where it refuses every option', async () => {
    const { port, path } = await theirs(['--refuse', 'tsize', '--refuse', 'blksize']);
    expect(await fetched(port, path('f'))).toEqual(whole);
    expect(await fetched(port, path('f'), { maxBytes: 0 })).toEqual({ ...whole, bytes: 0, size: null });
  });

  it('is understood over a bad line', async () => {
    const { port, path } = await theirs();
    expect(await fetched(await through(port, badLine), path('f'))).toEqual(whole);
  });
});
