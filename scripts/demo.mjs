// `npm run demo`: runs the demo from a build that does not change while it runs, whatever else is built meanwhile.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';

const main = join(await build({ bundle: true }), 'dist', 'main.js');
process.argv.splice(1, 1, main, 'demo');
await import(pathToFileURL(main).href);
