import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file at or below a path, in the same order on every machine. */
export function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
