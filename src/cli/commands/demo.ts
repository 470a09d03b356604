import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoWords } from '../options/command-rows.js';
import { exitCodes } from '../../conduct/exit-code.js';
import { refuseUnwritable, storeFiles } from './demo/left.js';
import { say, WrongEnd } from './demo/stage.js';
import { enterpriseDemo } from './demo/enterprise-to-mpp.js';
import { mppDemo } from './demo/mpp-to-enterprise.js';

/**
 * Starts a simulated fleet and runs the real command against it, one screen after the other. Ends at the first that ends otherwise than it
 * should. What it leaves to look at lies in the current folder.
 * @throws UsageError where nothing can be left there
 */
export async function demoCommand({ direction }: DemoWords): Promise<number> {
  refuseUnwritable();
  // Runs of an earlier demo would be taken for those of this one's phones.
  for (const file of storeFiles) rmSync(file, { force: true });
  const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-demo-'));
  try {
    await (direction === 'e2m' ? enterpriseDemo({ folder }) : mppDemo({ folder }));
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof WrongEnd)) throw error;
    say(`\nThis is not how the demo should go, and it ends here: ${error.message}.`);
    return exitCodes.internal;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
