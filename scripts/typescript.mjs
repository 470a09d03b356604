import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { transform } from '@swc/core';

// `node --import ./scripts/typescript.mjs scripts/docs.ts` runs TypeScript without a build, on Node 20 too, with the tests' compiler.
// Loaded twice: by that option, and by Node in the thread where hooks run.
if (isMainThread) register(import.meta.url);

/** A relative import of `x.js` within TypeScript means `x.ts`, or `x.tsx`. */
export function resolve(specifier, context, next) {
  if (!specifier.startsWith('.') || !isTypeScript(context.parentURL)) return next(specifier, context);
  const bare = specifier.replace(/\.js$/, '');
  const isMarkup = existsSync(new URL(`${bare}.tsx`, context.parentURL));
  return next(bare === specifier ? specifier : `${bare}${isMarkup ? '.tsx' : '.ts'}`, context);
}

function isTypeScript(url) {
  return url !== undefined && /\.tsx?$/.test(url);
}

/** Compiles what ends in `.ts` or `.tsx`; types are checked by `npm run check`. */
export async function load(url, context, next) {
  if (!isTypeScript(url)) return next(url, context);
  const { code } = await transform(await readFile(new URL(url), 'utf8'), {
    filename: url,
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', tsx: url.endsWith('.tsx') },
      transform: { react: { runtime: 'automatic', importSource: 'preact' } },
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  });
  return { format: 'module', source: code, shortCircuit: true };
}
