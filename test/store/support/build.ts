import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformFile } from '@swc/core';

/**
 * Builds what the other process of a test runs into a folder: the store, what it uses of the domain, and `other-process`. Answers
 * the path of that script.
 */
export async function buildOtherProcess(folder: string): Promise<string> {
  const sources = [...sourcesIn('src/store'), ...sourcesIn('src/domain'), 'test/store/support/other-process.ts'];
  for (const source of sources) {
    const target = join(folder, source.replace(/\.ts$/, '.js'));
    const { code } = await transformFile(source, {
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'test/store/support/other-process.js');
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}
