import fastify, { type FastifyInstance } from 'fastify';
import { guard } from './access.js';
import { addAssets } from './assets.js';
import { addControl } from './control.js';
import { addErrors, answerUnreadable } from './errors.js';
import { LiveLooks } from './live/looks.js';
import { addStreams } from './live/stream.js';
import { addMetrics } from './metrics.js';
import type { DashboardOptions } from './options.js';
import { addPages } from './pages.js';

/** A dashboard that listens. */
export interface Dashboard {
  /** Where it is, as a browser is told: `http://127.0.0.1:8088/`. */
  url: string;
  close(): Promise<void>;
}

/** Starts the dashboard. It only reads the store, except for wishes where it may have them. @throws an Error with a `code` where it cannot listen */
export async function startDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { address, port } = options;
  const server: FastifyInstance = fastify({
    ...{ logger: false, forceCloseConnections: true, trustProxy: false },
    frameworkErrors: answerUnreadable,
  });
  const looks = new LiveLooks(options.clock);
  // Forms are all that is sent here; what else comes is told that it is not taken.
  server.removeAllContentTypeParsers();
  guard(server, options);
  await addAssets(server);
  addErrors(server);
  addPages(server, options);
  addStreams(server, options, looks);
  addMetrics(server, options);
  addControl(server, options);
  const url = await server.listen({ host: address, port });
  return {
    url: `${url}/`,
    close: async () => {
      looks.close();
      await server.close();
    },
  };
}
