// What pages for people bring along: their style and their scripts, for browsers.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const html = join(root, 'src', 'report', 'html');

/** The script of each page. */
const scripts = {
  report: join(html, 'page', 'main.tsx'),
  live: join(root, 'src', 'dashboard', 'script', 'live.ts'),
};

/** Writes them to `outDir`/pages. Returns the paths of the files that went into them. */
export async function writePages(outDir) {
  const folder = join(outDir, 'pages');
  mkdirSync(folder, { recursive: true });
  const charts = join(root, 'node_modules', 'uplot', 'dist', 'uPlot.min.css');
  writeFileSync(
    join(folder, 'pages.css'),
    [charts, join(html, 'style.css')].map((path) => readFileSync(path, 'utf8')).join('\n'),
  );
  const inputs = [];
  for (const [name, input] of Object.entries(scripts)) {
    const bundle = await rolldown({
      ...{ cwd: root, input, platform: 'browser', logLevel: 'warn' },
      transform: { target: 'es2022' },
    });
    const { output } = await bundle.generate({ format: 'iife', minify: true, comments: false, charset: 'ascii' });
    const [{ code, moduleIds }] = output;
    // It stands in the page itself, which it would end.
    if (/<\/script|<!--/i.test(code)) throw new Error(`the script of the page ${name} holds the end of a script`);
    writeFileSync(join(folder, `${name}.js`), code);
    inputs.push(...moduleIds);
  }
  return inputs;
}
