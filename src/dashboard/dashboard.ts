import fastify, { type FastifyInstance } from 'fastify';
import type { LicensePlan } from '../domain/licenses/plan.js';
import type { Clock } from '../domain/ports/clock.js';
import type { Direction } from '../domain/phone/models.js';
import type { ProfileFor } from '../domain/report/moves.js';
import type { Store } from '../store/store.js';
import { accessOf, guard } from './access.js';
import { addAssets } from './assets.js';
import { LiveLooks } from './live/looks.js';
import { addStreams } from './live/stream.js';
import { addPages } from './pages.js';

/** What a dashboard shows, and to whom. */
export interface DashboardOptions {
  store: Store;
  /** The address to listen at, and the port; 0: any that is free. */
  address: string;
  port: number;
  /** What everybody has to show beyond this machine, and who changes a run anywhere; `null`: nobody has to, and nobody may. */
  token: string | null;
  clock: Clock;
  /** Which shipped profile moves a phone; `null`: not known. */
  profileFor: ProfileFor | null;
  /** Which licenses the phones of the last audit need; `null`: there is no audit yet. */
  licensesFor: (direction: Direction) => Promise<LicensePlan | null>;
}

/** A dashboard that listens. */
export interface Dashboard {
  /** Where it is, as a browser is told: `http://127.0.0.1:8088/`. */
  url: string;
  close(): Promise<void>;
}

/** Starts the dashboard. It only reads the store. @throws an Error with a `code` where it cannot listen */
export async function startDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { address, port } = options;
  const server: FastifyInstance = fastify({ logger: false, forceCloseConnections: true, trustProxy: false });
  const looks = new LiveLooks(options.clock);
  guard(server, accessOf(options));
  await addAssets(server);
  addPages(server, options);
  addStreams(server, options, looks);
  const url = await server.listen({ host: address, port });
  return {
    url: `${url}/`,
    close: async () => {
      looks.close();
      await server.close();
    },
  };
}
