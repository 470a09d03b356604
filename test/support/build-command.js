import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../scripts/build.mjs';
import { waits } from './longest-first.js';
import { passOnLibraries } from './libraries/libraries.js';

/**
 * Before tests that run the command: builds it where this has not been done for what `src/` holds now. They run that build, which stays
 * as it is whatever is edited or built meanwhile, and find it by the environment.
 */
export default async function buildCommand({ rootDir, testPathPatterns }) {
  await passOnLibraries();
  const wanted = (testPathPatterns?.patterns ?? []).map((pattern) => new RegExp(pattern, 'i'));
  const folder = join(rootDir, 'test');
  const paths = readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => waits({ path }));
  if (wanted.length > 0 && !paths.some((path) => wanted.some((pattern) => pattern.test(path)))) return;
  process.env.TESTED_BUILD = await build({ bundle: true });
}
