import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { transform } from '@swc/core';

// `node --import ./scripts/typescript.mjs scripts/docs.ts` runs TypeScript without a build, on Node 20 too, with the tests' compiler.
// Loaded twice: by that option, and by Node in the thread where hooks run.
if (isMainThread) register(import.meta.url);

/** A relative import of `x.js` within TypeScript means `x.ts`. */
export function resolve(specifier, context, next) {
  const typescript = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
  return next(typescript ? specifier.replace(/\.js$/, '.ts') : specifier, context);
}

/** Compiles what ends in `.ts`; types are checked by `npm run check`. */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = await transform(await readFile(new URL(url), 'utf8'), {
    filename: url,
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  });
  return { format: 'module', source: code, shortCircuit: true };
}
