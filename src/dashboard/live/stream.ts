import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { render } from 'preact-render-to-string';
import type { Clock } from '../../domain/ports/clock.js';
import type { DashboardOptions } from '../options.js';
import { LiveRun } from '../pages/live-run.js';
import { mostRuns } from '../pages.js';
import { RunsTable } from '../pages/runs.js';
import { printable } from '../../domain/text/printable.js';
import { listedRuns } from '../../store/told.js';
import { toldRun } from '../told-run.js';
import type { LiveLooks, Look, Watcher } from './looks.js';

/** A browser that lost the connection asks again after so long (ms). */
const retryMs = 2_000;

/** A stream lasts no longer (ms): a browser comes again, and shows once more who it is; one that never reads is got rid of. */
const longestMs = 3_600_000;

/** More streams than this are not open at once: each holds a connection for as long as its page is seen. */
export const mostStreams = 200;

/** Streams of what goes on, for pages that show it (server-sent events). */
export function addStreams(
  server: FastifyInstance,
  { store, clock, isControlled }: DashboardOptions,
  looks: LiveLooks,
): void {
  let streams = 0;
  const stream = ({ method }: FastifyRequest, reply: FastifyReply, key: string, look: Look): FastifyReply => {
    if (streams >= mostStreams)
      return reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send(`${mostStreams} pages follow what goes on already; close some, or try again later.\n`);
    // Who asks so wants no stream, and would wait for its end.
    if (method === 'HEAD') return reply.type('text/event-stream').send();
    if (openStream(reply, key, look, { looks, clock })) {
      streams += 1;
      reply.raw.once('close', () => (streams -= 1));
    }
    return reply;
  };
  server.get('/live/runs', (request, reply) =>
    stream(request, reply, 'runs', async () => ({
      html: render(RunsTable({ runs: await store.use((known) => listedRuns(known, mostRuns)) })),
      goesOn: true,
    })),
  );
  server.get<{ Params: { id: string } }>('/live/runs/:id', async (request, reply) => {
    const run = await store.use((known) => known.run(request.params.id));
    if (run === null) {
      reply.callNotFound();
      return reply;
    }
    return stream(request, reply, `run ${run.id}`, async () => {
      const shown = await store.use((known) => toldRun(known, run.id, isControlled));
      return { html: render(LiveRun(shown)), goesOn: shown.told.state === 'running' };
    });
  });
}

/** Returns whether there is anybody to stream to. */
function openStream(
  reply: FastifyReply,
  key: string,
  look: Look,
  { looks, clock }: { looks: LiveLooks; clock: Clock },
): boolean {
  reply.hijack();
  const { raw } = reply;
  // Nobody else listens: an error of a connection that is gone would end the process.
  raw.on('error', () => {});
  // Gone while the run was looked for: that is not told any more.
  if (raw.destroyed) return false;
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
    else if (!text.startsWith('event: beat')) waiting = text;
  };
  const watcher: Watcher = {
    view: (html) => send(eventOf('view', html)),
    // No comment: the page would not hear it, and takes silence for a lost connection.
    beat: () => send(eventOf('beat', '')),
    trouble: (why) => send(eventOf('trouble', printable(why))),
    ended: () => raw.end('event: ended\ndata: \n\n'),
    lost: () => raw.destroy(),
  };
  const leave = looks.watch(key, look, watcher);
  const cancel = clock.after(longestMs, () => raw.destroy());
  raw.on('close', () => {
    cancel();
    leave();
  });
  return true;
}

function eventOf(name: string, data: string): string {
  return `event: ${name}\ndata: ${data.replace(/\r?\n|\r/g, '\ndata: ')}\n\n`;
}
