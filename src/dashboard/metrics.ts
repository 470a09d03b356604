import type { FastifyInstance } from 'fastify';
import type { DashboardOptions } from './options.js';

/** Serves the figures of the last run, one that goes on or has ended, for Prometheus to fetch; before any run, none. */
export function addMetrics(server: FastifyInstance, { store }: Pick<DashboardOptions, 'store'>): void {
  server.get('/metrics', async (_request, reply) => {
    const { runRegistry } = await import('../report/metrics/registry.js');
    const text = await store.use(async (known) => {
      const [last] = await known.runs({ limit: 1 });
      return last ? runRegistry(await known.figures(last.id), { name: 'dashboard' }).metrics() : '';
    });
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text);
  });
}
