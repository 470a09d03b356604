import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { generatedPages } from './docs/generated.js';

// `npm run docs`: regenerates the generated parts of docs/, and the options of the library.
for (const [path, renew] of Object.entries(generatedPages)) {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const made = renew(before);
  const after = /\.(?:json|ts)$/.test(path)
    ? await format(made, { ...(await resolveConfig(path)), filepath: path })
    : made;
  if (after !== before) writeFileSync(path, after);
  process.stdout.write(`${path}: ${after === before ? 'is up to date' : 'renewed'}\n`);
}
