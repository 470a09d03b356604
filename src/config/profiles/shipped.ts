import { fileURLToPath } from 'node:url';

/** The folder `profiles/` of this package, both from `src/` and from `dist/`, which lie equally deep. */
export function shippedProfilesDir(): string {
  return fileURLToPath(new URL('../../../profiles', import.meta.url));
}

/** The folder that says how phones' pages read. */
export function shippedPhonesDir(): string {
  return fileURLToPath(new URL('../../../profiles/phones', import.meta.url));
}
