import type { FastifyInstance, FastifyReply } from 'fastify';
import { isUsageError } from '../domain/text/usage-error.js';
import { mayComeBack } from '../store/store-error.js';
import { wishes } from '../store/store-rows.js';
import { isOwnForm } from './access.js';
import type { DashboardOptions } from './options.js';
import { html } from './pages/layout.js';
import { Refused } from './pages/refused.js';

/** Passes on what somebody who is signed in wishes of a run that goes on: to pause, to continue, to stop. */
export function addControl(server: FastifyInstance, { store, isControlled }: DashboardOptions): void {
  server.post<{ Params: { id: string } }>('/runs/:id/wish', async (request, reply) => {
    const refuse = (code: number, why: string): FastifyReply => html(reply.code(code), Refused({ why }));
    if (!isControlled) return refuse(403, 'This dashboard was started without --allow-control: it only shows.');
    if (!isOwnForm(request)) return refuse(403, 'This was asked by another page than ours.');
    const asked = (request.body as URLSearchParams | null)?.get('wish');
    const wish = wishes.find((one) => one === asked);
    if (wish === undefined) return refuse(400, `A run can be asked to ${wishes.join(', ')}; nothing was changed.`);
    const { id } = request.params;
    try {
      await store.use((known) => known.wish(id, wish, 'the dashboard'));
    } catch (error) {
      if (!isUsageError(error) || mayComeBack(error)) throw error;
      return html(reply.code(409), Refused({ why: error.message, run: id }));
    }
    return reply.redirect(`/runs/${encodeURIComponent(id)}`, 303);
  });
}
