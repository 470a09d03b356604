import type { FastifyInstance, FastifyReply } from 'fastify';
import { render } from 'preact-render-to-string';
import type { Clock } from '../../domain/ports/clock.js';
import type { DashboardOptions } from '../options.js';
import { LiveRun } from '../pages/live-run.js';
import { mostRuns } from '../pages.js';
import { RunsTable } from '../pages/runs.js';
import { listedRuns, standingOf } from '../../store/told.js';
import type { LiveLooks, Look, Watcher } from './looks.js';

/** A browser that lost the connection asks again after so long (ms). */
const retryMs = 2_000;

/** A stream lasts no longer (ms): a browser comes again, and shows once more who it is; one that never reads is got rid of. */
const longestMs = 3_600_000;

/** Streams of what goes on, for pages that show it (server-sent events). */
export function addStreams(server: FastifyInstance, { store, clock }: DashboardOptions, looks: LiveLooks): void {
  const stream = (reply: FastifyReply, key: string, look: Look): void => openStream(reply, key, look, { looks, clock });
  server.get('/live/runs', (_request, reply) => {
    stream(reply, 'runs', async () => ({
      html: render(RunsTable({ runs: await listedRuns(store, mostRuns) })),
      goesOn: true,
    }));
  });
  server.get<{ Params: { id: string } }>('/live/runs/:id', async (request, reply) => {
    const run = await store.run(request.params.id);
    if (run === null) return reply.callNotFound();
    stream(reply, `run ${run.id}`, async () => {
      const told = await standingOf(store, run.id);
      return { html: render(LiveRun({ told })), goesOn: told.state === 'running' };
    });
    return reply;
  });
}

function openStream(
  reply: FastifyReply,
  key: string,
  look: Look,
  { looks, clock }: { looks: LiveLooks; clock: Clock },
): void {
  reply.hijack();
  const { raw } = reply;
  // Nobody else listens: an error of a connection that is gone would end the process.
  raw.on('error', () => {});
  // Gone while the run was looked for: that is not told any more.
  if (raw.destroyed) return;
  for (const [name, value] of Object.entries(reply.getHeaders())) raw.setHeader(name, value ?? '');
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
  raw.write(`retry: ${retryMs}\n\n`);
  // Who is slow to read gets the last view once there is room, not all of those between.
  let waiting = '';
  raw.on('drain', () => {
    if (waiting !== '') raw.write(waiting);
    waiting = '';
  });
  const send = (text: string): void => {
    if (!raw.writableNeedDrain) raw.write(text);
    else if (text.startsWith('event: view')) waiting = text;
  };
  const watcher: Watcher = {
    view: (html) => send(`event: view\ndata: ${html.replace(/\r?\n|\r/g, '\ndata: ')}\n\n`),
    beat: () => send(': still here\n\n'),
    ended: () => raw.end('event: ended\ndata: \n\n'),
    lost: () => raw.destroy(),
  };
  const leave = looks.watch(key, look, watcher);
  const cancel = clock.after(longestMs, () => raw.destroy());
  raw.on('close', () => {
    cancel();
    leave();
  });
}
