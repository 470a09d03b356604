import { createPhones, type PhonesOptions } from '../../../src/phones/create-phones.js';
import type { Depth, Look, Phones } from '../../../src/phones/phones.js';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';
import { page, rawServer, type RawServer } from '../../transport/support/raw-server.js';
import { paperPhone } from './paper-phone.js';

/** How a phone with a login form behaves. */
export interface FormPhoneTraits {
  password?: string;
  /** How the form is shown instead of a page. */
  shownBy?: '200' | '302' | '401' | '403';
  /** Requests that one session is good for. */
  lasts?: number;
  title?: string;
  /** More headers of its pages. */
  headers?: string;
  /** Markup inside the form instead of user name and password. */
  fields?: string;
  action?: string;
  /** What answers a login instead of what should, by how many there were; `null`: nothing does, `undefined`: what should. */
  answers?: (count: number) => string | null | undefined;
}

/** A phone of our own that is signed in to by a form, in bytes: it shares nothing with the simulator. */
export interface FormPhone {
  server: RawServer;
  phones: Phones;
  /** User name, password, token and cookie of every login. */
  logins: Record<string, string>[];
  /** Posts to the admin page that were taken. */
  taken: Record<string, string>[];
  /** Ends the session that is open, as a phone does that restarts. */
  expire(): void;
  look(depth?: Depth): Promise<Look>;
  close(): Promise<void>;
}

const address = '127.0.0.1';
const fieldRows = `<tr><td>Username:</td><td><input name="user"></td></tr><tr><td>Password:</td><td><input type="password" name="pw"></td></tr>`;

export async function formPhone(
  traits: FormPhoneTraits = {},
  options: Partial<PhonesOptions> = {},
): Promise<FormPhone> {
  const { password = 'cisco-admin-1', shownBy = '200', lasts = Number.POSITIVE_INFINITY } = traits;
  const {
    title = 'CP-8841-3PCC Configuration Utility',
    headers = '',
    fields = fieldRows,
    action = 'login.csc',
  } = traits;
  const paper = paperPhone({ 1: '', 2: '', 3: '0' });
  let session = 0;
  let left = 0;
  const html = `Content-Type: text/html${headers === '' ? '' : `\r\n${headers}`}`;
  const form = (status: string): string =>
    page(
      `<html><head><title>${title}</title></head><body><h1>Admin Login</h1><form action="${action}" method="post">
<input type="hidden" name="token" value="t${phone.logins.length}"><table>${fields}</table><input type="submit" value="Login"></form></body></html>`,
      `${html}\r\nSet-Cookie: before=${phone.logins.length}; Path=/`,
      status,
    );
  const asks = (path: string): string => {
    if (shownBy === '302' && path !== '/login') return page('', `${html}\r\nLocation: /login`, '302 Found');
    return form(shownBy === '401' ? '401 Unauthorized' : shownBy === '403' ? '403 Forbidden' : '200 OK');
  };
  const server = await rawServer((head, { socket }) => {
    const [line = '', body = ''] = [head.split('\r\n', 1)[0], head.split('\r\n\r\n')[1]];
    const [method = '', path = ''] = line.split(' ');
    const cookie = /^cookie: (.*)\r$/im.exec(head)?.[1] ?? '';
    const posted = Object.fromEntries(new URLSearchParams(body));
    if (method === 'POST' && path.endsWith('login.csc')) {
      phone.logins.push({ ...posted, cookie });
      const odd = traits.answers?.(phone.logins.length);
      if (odd === null) return void socket.destroy();
      if (odd !== undefined) return void socket.write(odd);
      if (posted['user'] !== 'admin' || posted['pw'] !== password) return void socket.write(form('200 OK'));
      session += 1;
      left = lasts;
      return void socket.write(
        page('', `${html}\r\nSet-Cookie: sid=s${session}; Path=/; HttpOnly\r\nLocation: /admin/advanced`, '302 Found'),
      );
    }
    if (session === 0 || left <= 0 || !cookie.includes(`sid=s${session}`)) return void socket.write(asks(path));
    left -= 1;
    if (method === 'POST') {
      phone.taken.push(posted);
      paper.values = { ...paper.values, ...posted };
    }
    socket.write(path.startsWith('/admin') ? page(paper.page().body, html) : page('no', html, '404 Not Found'));
  });
  const phones = createPhones({
    profiles: { multiplatform, enterprise },
    clock: systemClock,
    scheme: 'http',
    httpPort: server.port,
    httpsPort: 443,
    tls: { ca: [], insecure: false },
    timeoutMs: 5_000,
    settleMs: 1,
    userAgent: 'fleet-migrate/test',
    ...options,
  });
  const phone: FormPhone = {
    server,
    phones,
    logins: [],
    taken: [],
    expire: () => void (left = 0),
    look: (depth: Depth = 'settings') => phones.visit(address, (visit) => visit.look(depth)),
    close: () => server.close(),
  };
  return phone;
}
