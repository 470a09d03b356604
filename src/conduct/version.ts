import { readFileSync } from 'node:fs';
import { packagePath } from '../package-files.js';

/** The version in package.json. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string }).version;
}
