import { fileURLToPath } from 'node:url';

/** Path of a file or folder that this package ships. This module lies right below the package's root, in `src/` and in `dist/` alike. */
export function packagePath(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}
