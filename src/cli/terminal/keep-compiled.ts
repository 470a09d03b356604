import * as modules from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Of Node 22 and later; earlier ones cannot keep what they have compiled. */
interface CompileCache {
  enableCompileCache?: (folder: string) => unknown;
}

/**
 * Keeps what is compiled from now on for the next start, where Node can: in the user's own cache folder, for what lies there is run. Node's
 * own choice is a folder that everybody may write to. Where it cannot be written, nothing is kept.
 */
export function keepCompiled(
  node: CompileCache = modules as CompileCache,
  { XDG_CACHE_HOME: given = '' }: NodeJS.ProcessEnv = process.env,
): void {
  try {
    node.enableCompileCache?.(join(isAbsolute(given) ? given : join(homedir(), '.cache'), 'fleet-migrate'));
  } catch {
    // A user without a home: it only starts as slowly as before.
  }
}
