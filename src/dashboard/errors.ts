import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { printable } from '../domain/text/printable.js';
import { isUsageError } from '../domain/text/usage-error.js';
import { mayComeBack } from '../store/store-error.js';
import { securityHeaders } from './access.js';
import { html } from './pages/layout.js';
import { NotFound } from './pages/not-found.js';
import { Refused } from './pages/refused.js';

/** Whatever goes wrong is said on a page. */
export function addErrors(server: FastifyInstance): void {
  server.setErrorHandler<FastifyError>((error, _request, reply) => {
    // A store that was lost may come back.
    if (mayComeBack(error)) return html(reply.code(503), Refused({ why: printable(error.message) }));
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

/** An address that cannot be read, which fastify answers before anything else is asked: `/runs/%`. */
export function answerUnreadable(_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  html(reply.headers(securityHeaders).code(400), NotFound({}));
}
