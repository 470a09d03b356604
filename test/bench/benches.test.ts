import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { runs } from '../support/depth.js';

const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-benches-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Figures {
  figures: { what: string; value: number | null }[];
}

/** A bench measures through modules that no compiler checks against it: each is run, with little to measure. */
it('benches still measure what they say', async () => {
  const json = join(folder, 'figures.json');
  const names = runs(['startup', 'large', 'in-flight', 'store', 'plan'], []);
  const bench = spawn(process.execPath, ['bench/run.mjs', '--small', '--json', json, ...names], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  bench.stderr.setEncoding('utf8').on('data', (piece: string) => (complaints += piece));
  const [code] = (await once(bench, 'close')) as [number];
  expect([code, complaints]).toEqual([0, '']);
  const { figures } = JSON.parse(readFileSync(json, 'utf8')) as Figures;
  expect(figures.length).toBeGreaterThan(runs(15, 25));
  expect(figures.filter(({ value }) => typeof value !== 'number' || value < 0)).toEqual([]);
}, 300_000);
