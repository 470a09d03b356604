// `npm run docs:pictures`: makes the samples of output and the pictures of README and docs anew, from runs of what is in src/ now.
import { build } from './build.mjs';

process.env.TESTED_BUILD = await build({ bundle: true });
const { renew } = await import('./docs/pictures/renew.ts');
await renew((line) => process.stdout.write(`${line}\n`));
