import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoWords } from '../options/command-rows.js';
import { exitCodes } from '../terminal/exit-code.js';
import { type DemoStage, left, say } from './demo/stage.js';
import { enterpriseDemo } from './demo/enterprise-to-mpp.js';
import { mppDemo } from './demo/mpp-to-enterprise.js';

/**
 * Starts a simulated fleet and runs the real command against it, one screen after the other. Fails if any of the runs ends otherwise than it
 * should. What it leaves to look at lies in the current folder.
 */
export async function demoCommand({ direction }: DemoWords): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-demo-'));
  const stage: DemoStage = { folder, ended: [] };
  // Runs of an earlier demo would be taken for those of this one's phones.
  for (const beside of ['', '-wal', '-shm']) rmSync(`${left.store}${beside}`, { force: true });
  try {
    await (direction === 'e2m' ? enterpriseDemo(stage) : mppDemo(stage));
    const wrong = stage.ended.filter(({ code, expected }) => code !== expected);
    for (const { command, code, expected } of wrong)
      say(`This is not how the demo should end: ${command} ended with exit code ${code}, not ${expected}.`);
    return wrong.length === 0 ? exitCodes.ok : exitCodes.internal;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
