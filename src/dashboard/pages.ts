import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import { parseMac } from '../domain/network/mac.js';
import { directions } from '../domain/phone/models.js';
import { isComparable } from '../store/read/comparable.js';
import type { RunRow } from '../store/store-rows.js';
import type { Store } from '../store/store.js';
import { listedRuns } from '../store/told.js';
import type { DashboardOptions } from './options.js';
import { html, phonePath } from './pages/layout.js';
import { LicensesPage } from './pages/licenses.js';
import { LiveRunPage } from './pages/live-run.js';
import { PhonePage } from './pages/phone.js';
import { PhonesPage } from './pages/phones.js';
import { ReportPage } from './pages/report.js';
import { RunsPage } from './pages/runs.js';
import { SitesPage } from './pages/sites.js';
import { TransfersPage } from './pages/transfers.js';
import { toldRun } from './told-run.js';

/** So many runs are listed. */
export const mostRuns = 200;

/** How far back transfers are shown (ms). */
const transfersMs = 24 * 3_600_000;

/** The pages. Each is made of the store when it is asked for. */
export function addPages(server: FastifyInstance, options: DashboardOptions): void {
  const { clock, isControlled, where, nextOf, licensesFor } = options;
  /** A page of the store, by the word that its address ends in, or the path where it is; `null`: there is no such page. */
  const page = (path: string, make: (store: Store, word: string) => Promise<JSX.Element | string | null>): void => {
    server.get<{ Params: { word?: string } }>(path, async (request, reply): Promise<FastifyReply> => {
      const made = await options.store.use((store) => make(store, request.params.word ?? ''));
      if (typeof made === 'string') return reply.redirect(made);
      if (made !== null) return html(reply, made);
      reply.callNotFound();
      return reply;
    });
  };
  const report = async (store: Store, run: RunRow): Promise<JSX.Element> =>
    ReportPage({ story: await store.story(await store.report(run.id)), next: await nextOf(store, run) });

  page('/', async (store) => RunsPage({ runs: await listedRuns(store, mostRuns) }));
  page('/runs/:word', async (store, id) => {
    const run = await store.run(id);
    if (run === null) return null;
    const told = run.state === 'running' ? await toldRun(store, run.id, isControlled) : null;
    return told?.told.state === 'running' ? LiveRunPage(told) : report(store, run);
  });
  page('/runs/:word/report', async (store, id) => {
    const run = await store.run(id);
    return run && report(store, run);
  });
  page('/phones', async (store) => PhonesPage({ phones: await store.knownPhones(), cutOff: await store.cutOffRuns() }));
  page('/phones/:word', async (store, word) => {
    const mac = parseMac(word.replace(/^SEP/i, ''));
    if (mac === null) return null;
    // However it is written on a label, there is one page of it.
    if (mac !== word) return phonePath(mac);
    const history = await store.phoneHistory(mac);
    return history.runs.length + history.changes.length > 0 ? PhonePage({ mac, history }) : null;
  });
  page('/sites', async (store) => {
    const last = (await store.runs({ limit: mostRuns })).find(isComparable);
    return SitesPage({ report: last ? await store.report(last.id) : null });
  });
  page('/licenses', async (store) => {
    const plans = await Promise.all(directions.map((direction) => licensesFor(store, direction)));
    return LicensesPage({ held: await store.licenses(), plans: plans.filter((plan) => plan !== null), where });
  });
  page('/transfers', async (store) =>
    TransfersPage({ transfers: await store.transfersSince(new Date(clock.now() - transfersMs).toISOString()) }),
  );
}
