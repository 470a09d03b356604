import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { packagePath } from '../package-files.js';

/** What pages bring along, as the build makes it (`scripts/pages.mjs`). */
const assets = [
  ['pages.css', 'text/css; charset=utf-8'],
  ['report.js', 'text/javascript; charset=utf-8'],
  ['live.js', 'text/javascript; charset=utf-8'],
] as const;

/** Serves the style and the scripts of the pages, and nothing else from the disk. @throws an Error where the package is not whole */
export async function addAssets(server: FastifyInstance): Promise<void> {
  for (const [name, type] of assets) {
    const content = await readFile(packagePath(`dist/pages/${name}`));
    server.get(`/${name}`, (_request, reply) => reply.type(type).header('cache-control', 'max-age=300').send(content));
  }
  // Browsers ask for it unasked.
  server.get('/favicon.ico', (_request, reply) => reply.code(204).send());
}
