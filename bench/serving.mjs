// What 200 phones get that fetch 8 MB each at once from `serve`, against nginx on the same files, and what memory that takes.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peakOfProcess } from './peak.mjs';
import { main, many } from './support.mjs';
import { say } from './table.mjs';

const phones = many(200, 4);
const bytes = 8 * 1024 * 1024;
const port = 18_971;
const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-bench-'));
const files = join(folder, 'files');
const children = new Set();

/** With the empty line at its end. */
function headLength(bytes) {
  return (
    bytes.findIndex(
      (_, at) => bytes[at] === 13 && bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10,
    ) + 4
  );
}

/** One phone's fetch, by a client that costs as little as one can here. Resolves when it has all of it. */
function fetchOne(phone, from, buffer) {
  return new Promise((resolve, reject) => {
    let got = -1;
    const onread = {
      buffer,
      callback: (length) => {
        // The head is short, and comes with the first bytes.
        const head = got < 0 ? headLength(buffer) : 0;
        got = Math.max(got, 0) + length - head;
        return true;
      },
    };
    const socket = net.connect({ host: '127.0.0.1', port: from, localAddress: `127.0.1.${phone}`, onread });
    socket.on('error', reject);
    socket.on('close', () => (got === bytes ? resolve() : reject(new Error(`${got} of ${bytes} bytes`))));
    socket.write('GET /image.sbn HTTP/1.1\r\nHost: files\r\nConnection: close\r\n\r\n');
  });
}

/** All phones at once. Answers MB per second of all together. */
async function fetchAll(from) {
  const buffer = new Uint8Array(1024 * 1024);
  const began = performance.now();
  await Promise.all(Array.from({ length: phones }, (_, nth) => fetchOne(nth + 1, from, buffer)));
  return (phones * bytes) / 1e6 / ((performance.now() - began) / 1_000);
}

async function rounds(from, times) {
  const rates = [];
  for (let round = 0; round < times; round += 1) rates.push(await fetchAll(from));
  return rates;
}

async function ours() {
  const child = spawn(
    process.execPath,
    [main, 'serve', files, '--http-port', '0', '--no-tftp', '--address', '127.0.0.1', '--db', join(folder, 'store.db')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.add(child);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => (text = (text + piece).slice(-10_000)));
  while (!text.includes('Ready')) await once(child.stdout, 'data');
  const from = Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(text)[1]);
  const rates = await rounds(from, many(12, 1));
  const first = peakOfProcess(child.pid);
  rates.push(...(await rounds(from, many(12, 1))));
  const last = peakOfProcess(child.pid);
  child.kill('SIGTERM');
  await once(child, 'close');
  return { rate: Math.max(...rates), first, last };
}

async function nginx() {
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/errors;
     events { worker_connections 1024; }
     http { access_log off; sendfile on; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
       uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
       server { listen 127.0.0.1:${port} backlog=1024; root ${files}; } }`,
  );
  const child = spawn('nginx', ['-c', config, '-e', join(folder, 'errors')], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  });
  children.add(child);
  const answers = async () =>
    (await fetch(`http://127.0.0.1:${port}/image.sbn`, { method: 'HEAD' }).catch(() => null))?.ok;
  for (let tries = 0; !(await answers()); tries += 1) {
    if (tries === 50) throw new Error(readFileSync(join(folder, 'errors'), 'utf8'));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const rates = await rounds(port, many(12, 1));
  child.kill('SIGTERM');
  await once(child, 'close');
  return Math.max(...rates);
}

try {
  spawnSync('mkdir', [files]);
  // Readable for the user that nginx becomes where it is started by root.
  spawnSync('chmod', ['-R', 'a+rX', folder]);
  writeFileSync(join(files, 'image.sbn'), randomBytes(bytes));
  const { rate, first, last } = await ours();
  const hasNginx =
    spawnSync('nginx', ['-v'], { env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } }).status === 0;
  const theirs = hasNginx ? await nginx() : null;
  say({
    ...{ what: `serve, ${phones} phones fetch 8 MB each at once`, value: rate, unit: 'MB/s' },
    baseline: theirs === null ? 'nginx: not here' : { what: 'nginx', value: theirs },
    goal: { of: 'ratio', least: 0.5 },
  });
  say({
    ...{ what: 'serve, most memory after 24 such rounds', value: last, unit: 'MB' },
    ...{ baseline: { what: 'after 12', value: first }, goal: { of: 'ratio', most: 1.2 } },
  });
} finally {
  // Those that still run, where something went wrong.
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
