import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { program } from '../../transport/support/real-servers.js';
import { type Served, serveFolder } from '../support/served.js';

const run = promisify(execFile);
const path = program('curl');

/** `.ci/run` installs it. */
(path === null ? describe.skip : describe)('curl (skipped where it is not installed)', () => {
  const folder = temporaryFolder();
  const image = Buffer.from(Array.from({ length: 300_000 }, (_, nth) => nth % 251));
  let served: Served;
  beforeAll(async () => {
    served = await serveFolder();
    writeFileSync(`${served.root}/a.sbn`, image);
    mkdirSync(`${served.root}/image`);
    writeFileSync(`${served.root}/../secret`, 'secret');
    symlinkSync('../secret', `${served.root}/link`);
  });
  afterAll(async () => {
    await served.close();
    folder.remove();
  });

  /** What curl prints with these options, its own words last: the status and how much it got. */
  async function curl(target: string, ...options: string[]): Promise<string> {
    const words = ['-s', '--path-as-is', '-w', '%{http_code} %{size_download}', ...options, served.url(target)];
    return (await run(path ?? '', words)).stdout;
  }

  it('fetches a file, asks for its head, and is told that it has it already', async () => {
    const file = folder.file('a.sbn');
    const tags = folder.file('tags');
    expect(await curl('/a.sbn?again=1', '-o', file, '--etag-save', tags)).toBe('200 300000');
    expect(readFileSync(file).equals(image)).toBe(true);
    expect(await curl('/a.sbn', '-I')).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Content-Length: 300000\r\n[^]*200 0$/);
    expect(await curl('/a.sbn', '-o', file, '--etag-compare', tags)).toBe('304 0');
    expect(await curl('/a.sbn', '-o', file, '-z', file)).toBe('304 0');
  });

  it('resumes a file that was broken off', async () => {
    const file = folder.file('half.sbn');
    writeFileSync(file, image);
    truncateSync(file, 100_000);
    expect(await curl('/a.sbn', '-C', '-', '-o', file)).toBe('206 200000');
    expect(readFileSync(file).equals(image)).toBe(true);
  });

  it('takes parts', async () => {
    const file = folder.file('part');
    expect(await curl('/a.sbn', '-r', '250-252', '-o', file)).toBe('206 3');
    expect([...readFileSync(file)]).toEqual([250, 0, 1]);
    expect(await curl('/a.sbn', '-r', '300000-', '-o', '/dev/null')).toMatch(/^416 /);
  });

  it.each([
    '/../secret',
    '/image/../../secret',
    '/image/..%2f..%2fsecret',
    '/%2e%2e/secret',
    '/%252e%252e/secret',
    '/..%5csecret',
    '/..%00/secret',
    '//../secret',
    '/link',
    '/image',
    '/image/',
    '/',
  ])('gets nothing for %s', async (target) => {
    const got = await curl(target);
    expect(got).toMatch(/^404 Not Found\n404 14$/);
  });
});
