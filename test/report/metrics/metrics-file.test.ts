import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunFigures } from '../../../src/domain/report/run-figures.js';
import { checkMetricsPath, type MetricsFile, metricsFile } from '../../../src/report/metrics/metrics-file.js';
import { StandingClock } from '../../store/support/standing-clock.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { sampleFigures } from './support/figures.js';

let folder: ReturnType<typeof temporaryFolder>;
let clock: StandingClock;
let troubles: unknown[];
beforeEach(() => {
  folder = temporaryFolder();
  clock = new StandingClock();
  troubles = [];
});
afterEach(() => folder.remove());

const path = (): string => folder.file('night.prom');
const keep = (read: () => Promise<RunFigures>): MetricsFile =>
  metricsFile({ path: path(), read, clock, onTrouble: (error) => void troubles.push(error) });
const valueOf = (name: string): string | undefined =>
  new RegExp(`^fleet_migrate_${name}\\{name="night"\\} (.*)$`, 'm').exec(readFileSync(path(), 'utf8'))?.[1];
/** Resolves when a timer is set again: what was to be written is in the file. */
const written = async (): Promise<void> => {
  while (clock.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
};
const same = (figures: RunFigures): RunFigures => figures;

describe('the metrics file', () => {
  it('is there at once, brought up to date every 15 s, and written once more at the end', async () => {
    let targets = 1;
    const file = keep(() => Promise.resolve(sampleFigures({ targets })));
    file.begin();
    await written();
    expect(valueOf('targets')).toBe('1');
    targets = 2;
    await clock.pass(14_999);
    expect(valueOf('targets')).toBe('1');
    await clock.pass(1);
    await written();
    expect(valueOf('targets')).toBe('2');
    targets = 3;
    await file.end((figures) => ({ ...figures, exitCode: 3 }));
    expect([valueOf('targets'), valueOf('run_exit_code')]).toEqual(['3', '3']);
    expect(clock.waiting).toBe(0);
    expect(troubles).toEqual([]);
  });

  it('can be read by the collector, and leaves nothing beside it', async () => {
    const file = keep(() => Promise.resolve(sampleFigures()));
    file.begin();
    await file.end(same);
    expect(statSync(path()).mode & 0o777).toBe(0o644);
    expect(await readdir(folder.path)).toEqual(['night.prom']);
  });

  it('takes no success of an earlier file that is yet to come: its alert would be still until then', async () => {
    const ahead = (clock.now() + 1_000) / 1_000;
    writeFileSync(path(), `fleet_migrate_last_success_timestamp_seconds{name="night"} ${ahead}\n`);
    const file = keep(() => Promise.resolve(sampleFigures({ lastSuccessAt: null })));
    file.begin();
    await file.end(same);
    expect(readFileSync(path(), 'utf8')).not.toMatch(/^fleet_migrate_last_success_timestamp_seconds\{/m);
  });

  it('keeps when its job last ended well, whatever other jobs of the store did', async () => {
    writeFileSync(path(), 'fleet_migrate_last_success_timestamp_seconds{name="night"} 1768400000.25\n');
    const file = keep(() => Promise.resolve(sampleFigures({ lastSuccessAt: 1_999_999_999_000 })));
    file.begin();
    await written();
    expect(valueOf('last_success_timestamp_seconds')).toBe('1768400000.25');
    await file.end(same);
    expect(valueOf('last_success_timestamp_seconds')).toBe('1768400000.25');
  });

  it('asks the store where the file does not say', async () => {
    writeFileSync(path(), 'anything else\n');
    const file = keep(() => Promise.resolve(sampleFigures({ lastSuccessAt: 1_700_000_000_000 })));
    file.begin();
    await file.end(same);
    expect(valueOf('last_success_timestamp_seconds')).toBe('1700000000');
  });

  it('that cannot be written, or has nothing to say, is told once and stops nothing', async () => {
    let fails = 0;
    const file = keep(() => {
      fails += 1;
      return Promise.reject(new Error('the store is gone'));
    });
    file.begin();
    await written();
    await clock.pass(15_000);
    await written();
    await file.end(same);
    expect(fails).toBe(3);
    expect(troubles).toEqual([new Error('the store is gone')]);
  });
});

describe('the path of the metrics file', () => {
  it('ends in .prom, as the collector reads nothing else', async () => {
    await expect(checkMetricsPath(folder.file('night.txt'))).rejects.toThrow(/does not end in \.prom/);
    await expect(checkMetricsPath(path())).resolves.toBeUndefined();
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('is in a folder that can be written to', async () => {
    await expect(checkMetricsPath(folder.file('none/night.prom'))).rejects.toThrow(/its folder does not exist/);
    chmodSync(folder.path, 0o755);
  });
});
