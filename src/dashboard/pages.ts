import type { FastifyError, FastifyInstance } from 'fastify';
import { directions } from '../domain/phone/models.js';
import { printable } from '../domain/text/printable.js';
import { isUsageError } from '../domain/text/usage-error.js';
import { isComparable } from '../store/read/comparable.js';
import { listedRuns, standingOf } from '../store/told.js';
import { wishOf } from './control.js';
import type { DashboardOptions } from './options.js';
import { html } from './pages/layout.js';
import { LicensesPage } from './pages/licenses.js';
import { LiveRunPage } from './pages/live-run.js';
import { NotFound } from './pages/not-found.js';
import { PhonePage } from './pages/phone.js';
import { PhonesPage } from './pages/phones.js';
import { Refused } from './pages/refused.js';
import { ReportPage } from './pages/report.js';
import { RunsPage } from './pages/runs.js';
import { SitesPage } from './pages/sites.js';
import { TransfersPage } from './pages/transfers.js';

/** So many runs are listed. */
export const mostRuns = 200;

/** How far back transfers are shown (ms). */
const transfersMs = 24 * 3_600_000;

/** The pages. Each is made of the store when it is asked for. */
export function addPages(server: FastifyInstance, options: DashboardOptions): void {
  const { store, clock, isControlled, profileFor, licensesFor } = options;
  const report = async (id: string) =>
    ReportPage({ story: await store.story(await store.report(id)), next: { profileFor } });

  server.get('/', async (_request, reply) => html(reply, RunsPage({ runs: await listedRuns(store, mostRuns) })));
  server.get<{ Params: { id: string }; Querystring: { asked?: string } }>('/runs/:id', async (request, reply) => {
    const run = await store.run(request.params.id);
    if (run === null) return reply.callNotFound();
    if (run.state !== 'running') return html(reply, await report(run.id));
    const told = await standingOf(store, run.id);
    if (told.state !== 'running') return html(reply, await report(run.id));
    const writes = run.profile !== null && !run.summary.dryRun;
    const controls = { id: run.id, writes, asked: wishOf(request.query.asked) };
    return html(reply, LiveRunPage({ told, controls: isControlled ? controls : null }));
  });
  server.get<{ Params: { id: string } }>('/runs/:id/report', async (request, reply) => {
    const run = await store.run(request.params.id);
    return run === null ? reply.callNotFound() : html(reply, await report(run.id));
  });
  server.get('/phones', async (_request, reply) => {
    const [phones, cutOff] = [await store.knownPhones(), await store.cutOffRuns()];
    return html(reply, PhonesPage({ phones, cutOff }));
  });
  server.get<{ Params: { mac: string } }>('/phones/:mac', async (request, reply) => {
    const { mac } = request.params;
    const history = await store.phoneHistory(mac);
    const isKnown = history.runs.length + history.changes.length > 0;
    return isKnown ? html(reply, PhonePage({ mac, history, cutOff: await store.cutOffRuns() })) : reply.callNotFound();
  });
  server.get('/sites', async (_request, reply) => {
    const last = (await store.runs({ limit: mostRuns })).find(isComparable);
    return html(reply, SitesPage({ report: last ? await store.report(last.id) : null }));
  });
  server.get('/licenses', async (_request, reply) => {
    const plans = await Promise.all(directions.map((direction) => licensesFor(direction)));
    return html(reply, LicensesPage({ held: await store.licenses(), plans: plans.filter((plan) => plan !== null) }));
  });
  server.get('/transfers', async (_request, reply) => {
    const since = new Date(clock.now() - transfersMs).toISOString();
    return html(reply, TransfersPage({ transfers: await store.transfersSince(since) }));
  });
  server.setErrorHandler<FastifyError>((error, _request, reply) => {
    // Several runs begin as was asked for.
    if (isUsageError(error)) return html(reply.code(404), Refused({ why: error.message }));
    const { statusCode = 500 } = error;
    const why =
      statusCode < 500
        ? error.message
        : `The page could not be made: ${error.message}. Try again; is the store still there?`;
    return html(reply.code(statusCode), Refused({ why: printable(why) }));
  });
  server.setNotFoundHandler((_request, reply) => html(reply.code(404), NotFound({})));
}
