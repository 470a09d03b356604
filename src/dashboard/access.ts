import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Clock, sleep } from '../domain/ports/clock.js';
import { SignIn } from './pages/sign-in.js';
import { html } from './pages/layout.js';

/** Who may ask for what. */
export interface Access {
  /** Whether it may be reached from elsewhere. */
  isOpen: boolean;
  /** All of it is for those who know the token; `null`: for everybody who reaches it. */
  token: string | null;
  clock: Clock;
}

/** Whether only this machine reaches an address. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127(?:\.\d{1,3}){3}$/.test(address);
}

export function accessOf({ address, token, clock }: { address: string; token: string | null; clock: Clock }): Access {
  return { isOpen: !isLoopback(address), token, clock };
}

const cookie = 'fleet-migrate';

/** For so long (ms) somebody stays signed in: longer than a night and its morning. */
const signedInMs = 24 * 3_600_000;

/** After a wrong token (ms): nobody tries many. */
const afterWrongMs = 1_000;

/** More people than this are not signed in at once; the oldest has to do it again. */
const mostSessions = 100;

/**
 * Puts a guard before all pages. Pages may run no script but ours, nobody may frame them, and only names of this machine are answered while it is
 * not open to others: a page elsewhere could have its own name lead here.
 */
export function guard(server: FastifyInstance, { isOpen, token, clock }: Access): void {
  const sessions = new Map<string, number>();
  const isSignedIn = (request: FastifyRequest): boolean => {
    if (token === null) return false;
    const [, given = ''] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
    if (given !== '' && isSame(given, token)) return true;
    const [, session = ''] = new RegExp(`(?:^|;\\s*)${cookie}=([\\w-]+)`).exec(request.headers.cookie ?? '') ?? [];
    return (sessions.get(session) ?? 0) > clock.now();
  };
  server.decorateRequest('isSignedIn', false);
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    if (!isOpen && !isOfThisMachine(request.headers.host))
      return refuse(reply, 403, 'Ask for it by localhost or 127.0.0.1.');
    request.isSignedIn = isSignedIn(request);
    const isAsset = request.method === 'GET' && /^\/[a-z]+\.(?:css|js|ico)$/.test(request.url);
    const isForAll = !isOpen && token === null;
    if (isForAll || request.isSignedIn || isAsset || request.url === '/sign-in') return;
    // A program is told; a person is asked.
    if (!/text\/html/.test(request.headers.accept ?? ''))
      return refuse(reply, 401, 'Give the token: Authorization: Bearer TOKEN.');
    return reply.redirect('/sign-in', 303);
  });
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 4_096 },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  server.get('/sign-in', (request, reply) =>
    html(reply, SignIn({ isKnown: token !== null, isWrong: false, isIn: request.isSignedIn })),
  );
  server.post('/sign-in', async (request, reply) => {
    const given = (request.body as URLSearchParams | null)?.get('token') ?? '';
    if (token === null || !isSame(given, token) || !isOwnForm(request)) {
      await sleep(clock, afterWrongMs);
      return html(reply.code(403), SignIn({ isKnown: token !== null, isWrong: true, isIn: false }));
    }
    const session = randomBytes(24).toString('base64url');
    const [oldest] = sessions.keys();
    if (sessions.size >= mostSessions && oldest !== undefined) sessions.delete(oldest);
    sessions.set(session, clock.now() + signedInMs);
    return reply
      .header('set-cookie', `${cookie}=${session}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${signedInMs / 1_000}`)
      .redirect('/', 303);
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it shows the token, or a session that did. */
    isSignedIn: boolean;
  }
}

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // With none at all a browser does not say which page a form is of.
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

function refuse(reply: FastifyReply, code: number, text: string): FastifyReply {
  return reply.code(code).type('text/plain; charset=utf-8').send(`${text}\n`);
}

/** Whether a request was sent by a form of ours, and not by another page in the same browser. */
export function isOwnForm(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  return origin === undefined
    ? request.headers['sec-fetch-site'] === undefined
    : URL.canParse(origin) && new URL(origin).host === host;
}

function isOfThisMachine(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return isLoopback(name) && (name === 'localhost' || isIP(name) !== 0);
}

/** Compares without telling by its duration how much is right. */
function isSame(one: string, other: string): boolean {
  const sum = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(sum(one), sum(other));
}
