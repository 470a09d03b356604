import { execFile } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Builds what the other process of a test runs, `other-process`, into a folder; returns its path. */
export async function buildOtherProcess(folder: string): Promise<string> {
  // Called in here it would take patterns for something else: those of a test are not of Node's own kind.
  const bundler = join('node_modules', 'rolldown', 'bin', 'cli.mjs');
  // Libsql finds its binary beside itself.
  const words = ['test/store/support/other-process.ts', '--dir', folder, '--platform', 'node', '--external', 'libsql'];
  const { NODE_OPTIONS: _ofJest, ...env } = process.env;
  await promisify(execFile)(process.execPath, [bundler, ...words], { env });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'other-process.js');
}
