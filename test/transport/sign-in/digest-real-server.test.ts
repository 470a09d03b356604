import { createHash } from 'node:crypto';
import net from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import type { PhoneSession } from '../../../src/transport/session/session.js';
import type { SignIn } from '../../../src/transport/sign-in/sign-in.js';
import { type Realm, type RealServer, program, startApache, startLighttpd } from '../support/real-servers.js';
import { deadPort } from '../support/raw-server.js';
import { openSession } from '../support/sessions.js';
import { type Relay, startRelay } from '../support/relay.js';

/*
 * Our side of Digest and Basic against two servers that are not ours: what both of us have misread alike cannot pass here. They come
 * from Debian (`apt-get install lighttpd apache2`, as `.ci/run` does); without them these tests are skipped.
 */
const lighttpd = program('lighttpd');
const apache = program('apache2');
const withServer = (path: string | null, name: string) =>
  path === null ? describe.skip.bind(null, `${name} (skipped: it is not installed)`) : describe.bind(null, name);

const username = 'admin';
// Not ASCII, and with what has a meaning in a header.
const password = 'Zürich "8841": ok';
const name = 'spa admin';

const hash = (algorithm: string, text: string): string => createHash(algorithm).update(text, 'utf8').digest('hex');
const realmFor = (algorithm: 'md5' | 'sha256'): Realm => ({
  name,
  username,
  users: [`${username}:${name}:${hash(algorithm, `${username}:${name}:${password}`)}`],
});

const running: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of running.splice(0).reverse()) await end();
});

interface Site {
  relay: Relay;
  session(given?: string): { session: PhoneSession; signIn: SignIn };
}

/** A server of that kind behind a relay that writes down what goes over the wire. */
async function site(start: (folder: string, port: number) => Promise<RealServer>): Promise<Site> {
  const folder = temporaryFolder();
  running.push(() => folder.remove());
  const port = await deadPort();
  const server = await start(folder.path, port);
  running.push(() => server.stop());
  await listening(port);
  const relay = await startRelay(port);
  running.push(() => relay.close());
  let made = 0;
  return {
    relay,
    session: (given = password) => {
      const signIn: SignIn = {
        credentials: { username, password: () => given },
        state: 'untried',
        cnonce: () => `c${(made += 1)}`,
        onReadable: () => {},
      };
      const session = openSession(relay.port, { signIn: () => signIn });
      running.push(() => session.close());
      return { session, signIn };
    },
  };
}

/** Resolves as soon as the server takes connections. */
async function listening(port: number): Promise<void> {
  const isUp = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  const until = Date.now() + 10_000;
  while (!(await isUp())) {
    if (Date.now() > until) throw new Error('the server does not listen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const page = '/admin/page.cgi?a=1&b=%20x';
const form = 'application/x-www-form-urlencoded';

/** What holds for every server that knows Digest. */
function speaksDigest(open: () => Promise<Site>): void {
  it('lets the right password in, and counts many requests on one connection', async () => {
    const { relay, session: sessionWith } = await open();
    const { session, signIn } = sessionWith();
    for (let request = 0; request < 20; request += 1) {
      expect(await session.get(page)).toMatchObject({ status: 200, body: 'GET ' });
    }
    expect(signIn.state).toBe('accepted');
    expect(relay.statuses).toEqual([401, ...Array<number>(20).fill(200)]);
    expect(relay.counts()).toEqual([null, ...Array.from({ length: 20 }, (_, at) => at + 1)]);
    expect(relay.connections).toBe(1);
  });

  it('takes a post with its body', async () => {
    const { relay, session: sessionWith } = await open();
    const { session } = sessionWith();
    const body = `5356=${'x'.repeat(20_000)}&P30959=`;
    await session.get(page);
    expect(await session.post(page, body, form)).toMatchObject({ status: 200, body: `POST ${body}` });
    expect(await session.post(page, '1=2', form)).toMatchObject({ status: 200, body: 'POST 1=2' });
    expect(relay.statuses).toEqual([401, 200, 200, 200]);
  });

  it('a post that is answered by 401 is not sent again by itself: it may have had its effect', async () => {
    const { relay, session: sessionWith } = await open();
    const { session } = sessionWith();
    expect(await session.post(page, '1=2', form)).toMatchObject({ status: 401 });
    expect(relay.statuses).toEqual([401]);
  });

  it('refuses a wrong password, which is tried once and never again', async () => {
    const { relay, session: sessionWith } = await open();
    const { session, signIn } = sessionWith('wrong');
    expect(await session.get(page)).toMatchObject({ status: 401, signIn: 'refused' });
    expect(await session.get(page)).toMatchObject({ status: 401, signIn: 'refused' });
    expect(await session.post(page, '1=2', form)).toMatchObject({ status: 401, signIn: 'refused' });
    expect(signIn.state).toBe('refused');
    expect(relay.counts()).toEqual([null, 1, null, null]);
  });
}

withServer(
  lighttpd,
  'lighttpd with Digest MD5',
)(() => {
  speaksDigest(() =>
    site((folder, port) =>
      startLighttpd(lighttpd ?? '', folder, port, realmFor('md5'), { method: 'digest', algorithm: 'MD5' }),
    ),
  );
});

withServer(
  lighttpd,
  'lighttpd with Digest SHA-256',
)(() => {
  const open = (): Promise<Site> =>
    site((folder, port) =>
      startLighttpd(lighttpd ?? '', folder, port, realmFor('sha256'), { method: 'digest', algorithm: 'SHA-256' }),
    );
  speaksDigest(open);

  it('is answered in its algorithm', async () => {
    const { relay, session: sessionWith } = await open();
    expect((await sessionWith().session.get(page)).status).toBe(200);
    expect(relay.authorizations.at(-1)).toMatch(/algorithm=SHA-256.*response="[0-9a-f]{64}"/);
  });
});

withServer(
  lighttpd,
  'lighttpd with Basic',
)(() => {
  const open = (): Promise<Site> =>
    site((folder, port) => startLighttpd(lighttpd ?? '', folder, port, realmFor('md5'), { method: 'basic' }));

  it('lets the right password in and refuses a wrong one, once', async () => {
    const { relay, session: sessionWith } = await open();
    const right = sessionWith();
    expect(await right.session.get(page)).toMatchObject({ status: 200, body: 'GET ' });
    expect(await right.session.post(page, '1=2', form)).toMatchObject({ status: 200, body: 'POST 1=2' });
    const wrong = sessionWith('wrong');
    expect(await wrong.session.get(page)).toMatchObject({ status: 401, signIn: 'refused' });
    expect(await wrong.session.get(page)).toMatchObject({ status: 401, signIn: 'refused' });
    expect(relay.statuses).toEqual([401, 200, 200, 401, 401, 401]);
    expect(relay.authorizations.filter((header) => header !== null)).toHaveLength(3);
  });
});

withServer(
  apache,
  'Apache with Digest',
)(() => {
  speaksDigest(() => site((folder, port) => startApache(apache ?? '', folder, port, realmFor('md5'), 300)));
});

withServer(
  apache,
  'Apache with nonces that are good for one request',
)(() => {
  it('gets a fresh answer for each stale nonce: reads and posts come through, the password counts as right', async () => {
    const { relay, session: sessionWith } = await site((folder, port) =>
      startApache(apache ?? '', folder, port, realmFor('md5'), 0),
    );
    const { session, signIn } = sessionWith();
    for (let request = 0; request < 5; request += 1) {
      expect(await session.get(page)).toMatchObject({ status: 200, body: 'GET ' });
    }
    expect(await session.post(page, '1=2', form)).toMatchObject({ status: 200, body: 'POST 1=2' });
    expect(signIn.state).toBe('accepted');
    // Each request but the first finds its nonce used up, and the count begins anew with each new one.
    expect(relay.stale).toBeGreaterThanOrEqual(4);
    expect(relay.statuses.filter((status) => status === 200)).toHaveLength(6);
    expect(Math.max(...relay.counts().map((count) => count ?? 0))).toBe(2);
    expect(relay.connections).toBe(1);
  });
});
