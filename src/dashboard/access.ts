import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sleep } from '../domain/ports/clock.js';
import type { DashboardOptions } from './options.js';
import { SignIn } from './pages/sign-in.js';
import { html } from './pages/layout.js';

/** Whether only this machine reaches an address. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127(?:\.\d{1,3}){3}$/.test(address);
}

/** For so long (ms) somebody stays signed in: longer than a night and its morning. */
const signedInMs = 24 * 3_600_000;

/** After a wrong token (ms), one after the other: nobody tries many. More than so many that wait are turned away. */
const afterWrong = { ms: 1_000, most: 20 };

/** Where somebody is led to once signed in: a page of ours, by its path. */
const ownPath = /^\/(?:[a-z]+(?:\/[\w-]+)?)?$/;

/** More people than this are not signed in at once; the oldest has to do it again. */
const mostSessions = 100;

/**
 * Puts a guard before all pages: with a token they are for those who show it. Pages may run no script but ours, nobody may frame them, and only
 * names of this machine are answered while only this machine reaches it: a page elsewhere could have its own name lead here.
 */
export function guard(
  server: FastifyInstance,
  { address, token, clock }: Pick<DashboardOptions, 'address' | 'token' | 'clock'>,
): void {
  const sessions = new Map<string, number>();
  const isSignedIn = (request: FastifyRequest): boolean => {
    if (token === null) return false;
    const [, given = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (given !== '' && isSame(given, token)) return true;
    const name = cookieOf(request);
    const [, session = ''] = new RegExp(`(?:^|;\\s*)${name}=([\\w-]+)`).exec(request.headers.cookie ?? '') ?? [];
    return (sessions.get(session) ?? 0) > clock.now();
  };
  let wrong = Promise.resolve();
  let waiting = 0;
  /** Resolves once it is its turn; `false`: too many wait already. */
  const waitForTurn = async (): Promise<boolean> => {
    if (waiting >= afterWrong.most) return false;
    waiting += 1;
    wrong = wrong.then(() => sleep(clock, afterWrong.ms));
    await wrong;
    waiting -= 1;
    return true;
  };
  server.decorateRequest('isSignedIn', false);
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    if (isLoopback(address) && !isOfThisMachine(request.headers.host))
      return refuse(reply, 403, 'Ask for it by localhost or 127.0.0.1.');
    request.isSignedIn = isSignedIn(request);
    const [path = ''] = request.url.split('?');
    const isAsset = request.method === 'GET' && /^\/[a-z]+\.(?:css|js|ico)$/.test(path);
    if (token === null || request.isSignedIn || isAsset || path === '/sign-in') return;
    // A program is told; a person is asked.
    if (!/text\/html/.test(request.headers.accept ?? ''))
      return refuse(reply, 401, 'Give the token: Authorization: Bearer TOKEN.');
    return reply.redirect(signInFor(path), 303);
  });
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 4_096 },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  server.get<{ Querystring: { to?: unknown } }>('/sign-in', (request, reply) => {
    const props = { isKnown: token !== null, isIn: request.isSignedIn, to: pathOf(request.query.to), problem: null };
    return html(reply, SignIn(props));
  });
  server.post('/sign-in', async (request, reply) => {
    const body = request.body as URLSearchParams | null;
    const to = pathOf(body?.get('to'));
    const again = (code: number, problem: string): FastifyReply =>
      html(reply.code(code), SignIn({ isKnown: token !== null, isIn: false, to, problem }));
    if (!isOwnForm(request)) return again(403, 'This was sent by another page than ours; sign in here.');
    if (token === null || !isSame(body?.get('token') ?? '', token)) {
      if (!(await waitForTurn())) return again(429, 'Too many wrong tokens were given; try again in a minute.');
      return again(403, 'That is not the token.');
    }
    const session = randomBytes(24).toString('base64url');
    const [oldest] = sessions.keys();
    if (sessions.size >= mostSessions && oldest !== undefined) sessions.delete(oldest);
    sessions.set(session, clock.now() + signedInMs);
    const lasts = `Max-Age=${signedInMs / 1_000}`;
    return reply
      .header('set-cookie', `${cookieOf(request)}=${session}; HttpOnly; SameSite=Strict; Path=/; ${lasts}`)
      .redirect(to, 303);
  });
}

/** Cookies know no ports: of two dashboards on one machine each has its own. */
function cookieOf({ socket }: FastifyRequest): string {
  return `fleet-migrate-${socket.localPort ?? 0}`;
}

/** Where a page that needs the token sends somebody. */
function signInFor(path: string): string {
  return ownPath.test(path) && path !== '/' ? `/sign-in?to=${encodeURIComponent(path)}` : '/sign-in';
}

function pathOf(to: unknown): string {
  return typeof to === 'string' && ownPath.test(to) ? to : '/';
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it shows the token, or a session that did. */
    isSignedIn: boolean;
  }
}

/** With every answer. */
export const securityHeaders = {
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

/** Whether a request was sent by a form of ours, and not by another page in the same browser. A program says nothing of either kind. */
export function isOwnForm({ headers }: FastifyRequest): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers;
  // Behind a server with TLS we are asked by another name than the browser is: it knows.
  if (site !== undefined) return site === 'same-origin';
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

function isOfThisMachine(host: string | undefined): boolean {
  const name = (host ?? '')
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '');
  return isLoopback(name) && (name === 'localhost' || isIP(name) !== 0);
}

/** Compares without telling by its duration how much is right. */
function isSame(one: string, other: string): boolean {
  const sum = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(sum(one), sum(other));
}
