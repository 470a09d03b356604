import { createHash } from 'node:crypto';
import type { HttpSession } from '../../../src/transport/session/session.js';
import type { SignIn } from '../../../src/transport/sign-in/sign-in.js';
import { type Answer, page, rawServer, type RawServer } from './raw-server.js';
import { openSession } from './sessions.js';

const open: { server: RawServer; sessions: HttpSession[] }[] = [];
/** Ends all sessions, then the servers once nobody speaks to them. */
export async function closeAll(): Promise<void> {
  for (const { sessions } of open) for (const session of sessions) session.close();
  for (const { server } of open.splice(0)) {
    await server.quiet();
    await server.close();
  }
}

const realm = 'spa admin';
export const password = 'cisco-admin-1';
export const digest = (nonce: string, more = ''): string =>
  `WWW-Authenticate: Digest  realm="${realm}", domain="/",nonce="${nonce}",opaque="ab",algorithm="MD5",qop="auth"${more}`;
export const locked = (header: string): string => page('no', header, '401 Unauthorized');
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** What a request's head says of its authorization; `null` without one. */
export function signed(head: string): { nonce: string; nc: string; isRight: boolean } | null {
  const line = /^authorization: Digest (.*)\r$/im.exec(head)?.[1];
  if (line === undefined) return null;
  const field = (name: string): string => new RegExp(`\\b${name}="?([^",]*)`).exec(line)?.[1] ?? '';
  const [method = '', uri = ''] = head.split(' ');
  const user = md5(`admin:${realm}:${password}`);
  const parts = [user, field('nonce'), field('nc'), field('cnonce'), 'auth', md5(`${method}:${uri}`)];
  return { nonce: field('nonce'), nc: field('nc'), isRight: md5(parts.join(':')) === field('response') };
}

export function knownAs(given = password): SignIn & { readable: number } {
  const signIn: SignIn & { readable: number } = {
    credentials: { username: 'admin', password: () => given },
    state: 'untried',
    readable: 0,
    cnonce: () => 'cn',
    onReadable: () => void (signIn.readable += 1),
  };
  return signIn;
}

export async function server(
  answer: Answer,
): Promise<{ server: RawServer; session: (signIn?: SignIn | null) => HttpSession }> {
  const raw = await rawServer(answer);
  const sessions: HttpSession[] = [];
  open.push({ server: raw, sessions });
  return {
    server: raw,
    session: (signIn = null) => {
      const session = openSession(raw.port, { signIn: () => signIn });
      sessions.push(session);
      return session;
    },
  };
}

/** A phone with Digest and a fixed nonce. */
export const digestPhone: Answer = (head, { socket }) =>
  socket.write(signed(head)?.isRight ? page('welcome') : locked(digest('n1')));

/** Nonce and count of each request's authorization, `null` for those without. */
export const authorizations = ({ requests }: RawServer): (string | null)[] =>
  requests.map((head) => signed(head)).map((one) => one && `${one.nonce} ${one.nc}`);
