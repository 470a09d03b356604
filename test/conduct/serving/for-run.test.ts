import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { serveForRun } from '../../../src/conduct/serving/for-run.js';
import { systemClock } from '../../../src/conduct/system-clock.js';
import type { Transfer } from '../../../src/store/store-rows.js';
import type { Store } from '../../../src/store/store.js';
import { get } from '../../serve/support/served.js';

const root = mkdtempSync(join(tmpdir(), 'serve-for-run-'));
afterAll(() => rmSync(root, { recursive: true }));
writeFileSync(join(root, 'a.sbn'), 'image');

const kept: Transfer[] = [];
const store = {
  path: '/s.db',
  licenses: async () => [],
  licenseFiles: async () => [],
  forgetTransfers: async () => {},
  endCutOffTransfers: async () => 0,
  keepTransfers: async (transfers: readonly Transfer[]) => void kept.push(...transfers),
} as unknown as Store;

it('knows of its phones who came and what they took, says it to the log, and of other servers nothing', async () => {
  const settings = { serve: root, serveHttpPort: 0, serveTftpPort: null, files: null };
  const shown: string[] = [];
  const serving = await serveForRun(settings, { direction: 'm2e' }, store, '127.0.0.1', loadModels(), {
    say: (line) => void shown.push(line),
    tell: () => {},
  });
  expect(shown).toEqual([
    `${root} has 1 file: 0 loads, 0 licenses.`,
    '0 licenses are held in /s.db.',
    `Serving at 127.0.0.1: over HTTP at port ${serving.httpPort}, not over TFTP (--serve-tftp-port 69 adds it).`,
  ]);
  const url = `http://127.0.0.1:${serving.httpPort}`;
  const mac = '00CCFC000001';
  const phone = { mac, address: '10.0.0.1', rules: [`${url}/x.loads`, `${url}/$MAU.lic`] };
  const since = systemClock.monotonic();
  expect(serving.sawNothingOf(phone, since)).toBe(true);
  expect(serving.sawNothingOf({ ...phone, rules: [`${url}/x.loads`, 'http://10.0.0.9/$MAU.lic'] }, since)).toBe(false);
  const headers = { 'User-Agent': `Cisco-CP-8841-3PCC/11.0 (${mac.toLowerCase()})` };
  await get(`${url}/a.sbn`, { headers });
  await get(`${url}/${mac}_M2E.lic`, { headers });
  await get(`${url}/other.xml`, { headers });
  expect(serving.sawNothingOf(phone, since)).toBe(false);
  expect(serving.unstored(mac).map(({ file, state }) => [file, state])).toEqual([
    ['a.sbn', 'sent'],
    [`${mac}_M2E.lic`, 'refused'],
    ['other.xml', 'refused'],
  ]);
  expect(serving.unstored('00CCFC000002')).toEqual([]);
  const log: string[] = [];
  const lines = (level: string) => (line: string) => void log.push(`${level}: ${line}`);
  // What was to be told before there was a log is told then, but for what went to standard error.
  serving.tellTo({ info: lines('info'), warn: lines('warn') });
  await get(`${url}/b.sbn`, { headers });
  serving.tellTo(null);
  await serving.close();
  expect(log).toEqual([
    expect.stringMatching(/^info: 127\.0\.0\.1 00CCFC000001 a\.sbn 5 of 5 bytes in /),
    expect.stringMatching(/^info: 127\.0\.0\.1 00CCFC000001 other\.xml refused/),
    expect.stringMatching(/^warn: 127\.0\.0\.1 00CCFC000001 b\.sbn refused: there is no such file$/),
  ]);
  expect(kept.map(({ file }) => file).sort()).toEqual([`${mac}_M2E.lic`, 'a.sbn', 'b.sbn', 'other.xml']);
});

it('says at which ports it listens, over both protocols', async () => {
  const shown: string[] = [];
  const settings = { serve: root, serveHttpPort: 0, serveTftpPort: 0, files: 'http://files' };
  const serving = await serveForRun(settings, { direction: 'm2e' }, store, null, loadModels(), {
    say: (line) => void shown.push(line),
    tell: () => {},
  });
  await serving.close();
  expect(shown.at(-1)).toBe(
    `Serving at all addresses of this machine: over HTTP at port ${serving.httpPort} and over TFTP at port ${serving.tftpPort}.`,
  );
});
