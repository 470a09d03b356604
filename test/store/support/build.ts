import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Builds what the other process of a test runs, `other-process`, into a folder; returns its path. */
export async function buildOtherProcess(folder: string): Promise<string> {
  await build({
    entryPoints: ['test/store/support/other-process.ts'],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // It finds its binary beside itself.
    external: ['libsql'],
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'other-process.js');
}
