// What curl gets over TFTP from `serve`, against tftpd-hpa on the same file: 20 clients of 8 MB each at once, and one alone.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main, many } from './support.mjs';
import { say } from './table.mjs';

const clients = many(20, 2);
const bytes = many(8, 1) * 1024 * 1024;
const rounds = many(3, 1);
const port = 18_973;
const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-bench-'));
const files = join(folder, 'files');
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };
const children = new Set();

async function fetchOne(from) {
  const words = ['-s', '--max-time', '60', '--tftp-blksize', '1428', '-o', '/dev/null', '-w', '%{size_download}'];
  const child = spawn('curl', [...words, `tftp://127.0.0.1:${from}/image.sbn`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let got = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => (got += piece));
  await once(child, 'close');
  if (Number(got) !== bytes) throw new Error(`${got} of ${bytes} bytes`);
}

/** The best of some rounds, in MB per second of all together. */
async function rate(from, count) {
  let best = 0;
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await Promise.all(Array.from({ length: count }, () => fetchOne(from)));
    best = Math.max(best, (count * bytes) / 1e6 / ((performance.now() - began) / 1_000));
  }
  return best;
}

async function both(from) {
  return { alone: await rate(from, 1), together: await rate(from, clients) };
}

async function ours() {
  const words = [
    'serve',
    files,
    '--no-http',
    '--tftp-port',
    '0',
    '--address',
    '127.0.0.1',
    '--db',
    join(folder, 'store.db'),
  ];
  const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => (text = (text + piece).slice(-10_000)));
  while (!text.includes('Ready')) await once(child.stdout, 'data');
  const rates = await both(Number(/tftp:\/\/127\.0\.0\.1:(\d+)/.exec(text)[1]));
  child.kill('SIGTERM');
  await once(child, 'close');
  return rates;
}

/** `null` where it cannot be had: its children give up their rights, which only root's can. */
async function theirs() {
  if (process.getuid?.() !== 0 || spawnSync('in.tftpd', ['--version'], { env }).status !== 0) return null;
  const child = spawn('in.tftpd', ['--foreground', '--listen', '--address', `127.0.0.1:${port}`, '--secure', files], {
    stdio: 'ignore',
    env,
  });
  children.add(child);
  for (let tries = 0; tries < 50; tries += 1) {
    const asked = await fetchOne(port).then(
      () => true,
      () => false,
    );
    if (asked) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const rates = await both(port);
  child.kill('SIGTERM');
  await once(child, 'close');
  return rates;
}

try {
  if (spawnSync('curl', ['--version']).stdout?.includes('tftp') !== true)
    console.log('tftp: curl with tftp is not here');
  else {
    mkdirSync(files);
    for (const path of [folder, files]) chmodSync(path, 0o755);
    writeFileSync(join(files, 'image.sbn'), randomBytes(bytes), { mode: 0o644 });
    const own = await ours();
    const other = await theirs();
    for (const [what, key] of [
      [`tftp, ${clients} clients fetch 8 MB each at once`, 'together'],
      ['tftp, one client fetches 8 MB', 'alone'],
    ])
      say({
        ...{ what, value: own[key], unit: 'MB/s' },
        baseline: other === null ? 'tftpd-hpa: not here, or not root' : { what: 'tftpd-hpa', value: other[key] },
      });
  }
} finally {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
