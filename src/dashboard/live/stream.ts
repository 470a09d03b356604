import type { FastifyInstance, FastifyReply } from 'fastify';
import { render } from 'preact-render-to-string';
import type { DashboardOptions } from '../options.js';
import { LiveRun } from '../pages/live-run.js';
import { mostRuns } from '../pages.js';
import { RunsTable } from '../pages/runs.js';
import { listedRuns, standingOf } from '../../store/told.js';
import type { LiveLooks, Look, Watcher } from './looks.js';

/** A browser that lost the connection asks again after so long (ms). */
const retryMs = 2_000;

/** Streams of what goes on, for pages that show it (server-sent events). */
export function addStreams(server: FastifyInstance, { store }: DashboardOptions, looks: LiveLooks): void {
  server.get('/live/runs', (_request, reply) => {
    stream(reply, looks, 'runs', async () => ({
      html: render(RunsTable({ runs: await listedRuns(store, mostRuns) })),
      goesOn: true,
    }));
  });
  server.get<{ Params: { id: string } }>('/live/runs/:id', async (request, reply) => {
    const run = await store.run(request.params.id);
    if (run === null) return reply.callNotFound();
    stream(reply, looks, `run ${run.id}`, async () => {
      const told = await standingOf(store, run.id);
      return { html: render(LiveRun({ told })), goesOn: told.state === 'running' };
    });
    return reply;
  });
}

function stream(reply: FastifyReply, looks: LiveLooks, key: string, look: Look): void {
  reply.hijack();
  const { raw } = reply;
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
  };
  const leave = looks.watch(key, look, watcher);
  raw.on('close', leave);
}
