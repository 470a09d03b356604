// What undici alone costs: one connection a phone, its page read and thrown away. node bench/floor.mjs FILE, with a URL a line.
import { readFileSync } from 'node:fs';
import { Client } from 'undici';

const urls = readFileSync(process.argv[2], 'utf8').trim().split('\n');
const atOnce = 64;

async function next() {
  for (let url = urls.pop(); url !== undefined; url = urls.pop()) {
    const { origin, pathname } = new URL(url);
    const client = new Client(origin);
    const { body } = await client.request({ method: 'GET', path: pathname });
    await body.text();
    await client.destroy();
  }
}

await Promise.all(Array.from({ length: atOnce }, next));
