import { afterEach, describe, expect, it } from '@jest/globals';
import type tls from 'node:tls';
import { page, rawServer } from '../support/raw-server.js';
import { HandClock } from '../support/hand-clock.js';
import { errorOf, openSession, type Opening, outcomeOf } from '../support/sessions.js';
import { certified, secureServer, type SecureServer } from '../support/tls-server.js';

const servers: { close(): Promise<void>; quiet(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.quiet();
    await server.close();
  }
});

async function secure(options: tls.TlsOptions = {}): Promise<SecureServer> {
  const server = await secureServer((_head, { socket }) => socket.write(page('hello')), options);
  servers.push(server);
  return server;
}

const over = (port: number, more: Opening = {}): Opening => ({
  endpoint: { scheme: 'https', port },
  ...more,
});

describe('https', () => {
  it('is not spoken with a certificate that nobody vouches for, and nothing is asked then', async () => {
    const server = await secure();
    const session = openSession(server.port, over(server.port));
    const error = await errorOf(session.get('/'));
    session.close();
    expect(error.code).toBe('certificate-untrusted');
    expect(error.message).toBe('its certificate is not trusted: self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)');
    expect(server.requests).toEqual([]);
  });

  it('is spoken with the authority given with --ca, whatever name the certificate has', async () => {
    const server = await secure();
    const trusted = over(server.port, { tls: { ca: [(await certified()).cert], insecure: false } });
    expect(await outcomeOf(openSession(server.port, trusted))).toBe(200);
    // Once more with the same settings, which are prepared only once.
    expect(await outcomeOf(openSession(server.port, trusted))).toBe(200);
  });

  it('is spoken with anybody when --insecure says so', async () => {
    const server = await secure();
    expect(await outcomeOf(openSession(server.port, over(server.port, { tls: { ca: [], insecure: true } })))).toBe(200);
  });

  it('costs one connection for all requests of a session', async () => {
    const server = await secure();
    const session = openSession(server.port, over(server.port, { tls: { ca: [], insecure: true } }));
    await session.get('/1');
    const { connection } = session;
    await session.get('/2');
    expect(session.connection).toBe(connection);
    session.close();
    expect(server.callers).toHaveLength(1);
  });

  it.each(['TLSv1', 'TLSv1.1'] as const)('by %s is not offered, but for --tls-legacy', async (version) => {
    const server = await secure({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' });
    const session = openSession(server.port, over(server.port, { tls: { ca: [], insecure: true } }));
    const error = await errorOf(session.get('/'));
    session.close();
    expect(error).toMatchObject({
      code: 'tls-too-old',
      message: expect.stringMatching(/too old to be offered by default: [a-z0-9 ]+ \(ERR_SSL_[A-Z0-9_]+\)$/),
    });
    const legacy = openSession(server.port, over(server.port, { tls: { ca: [], insecure: true, legacy: true } }));
    expect((await legacy.get('/')).status).toBe(200);
    expect(legacy.access).toEqual({ scheme: 'https', protocol: version, checked: false, signedInBy: null });
    legacy.close();
  });

  it('with --tls-legacy checks certificates all the same', async () => {
    const server = await secure({ minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' });
    const tls = { ca: [], insecure: false, legacy: true };
    expect(await outcomeOf(openSession(server.port, over(server.port, { tls })))).toBe('certificate-untrusted');
  });

  it('that fails in spite of --tls-legacy does not tell anybody to give it', async () => {
    const alert = Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]);
    const server = await rawServer(
      () => {},
      ({ socket }) => socket.once('data', () => socket.end(alert)),
    );
    servers.push(server);
    const tls = { ca: [], insecure: true, legacy: true };
    expect(await outcomeOf(openSession(server.port, over(server.port, { tls })))).toBe('tls-failed');
  });
});

describe('the wrong protocol', () => {
  it('is said when the port speaks plain HTTP where TLS was expected', async () => {
    const server = await rawServer(
      () => {},
      ({ socket }) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')),
    );
    servers.push(server);
    const session = openSession(server.port, over(server.port));
    const error = await errorOf(session.get('/'));
    session.close();
    expect(error.code).toBe('wrong-protocol');
    expect(error.message).toMatch(/^it does not speak TLS on this port \([A-Z_]+\)$/);
  });

  it('is said when the port speaks TLS where plain HTTP was expected', async () => {
    const alert = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]);
    const server = await rawServer((_head, { socket }) => socket.end(alert));
    servers.push(server);
    const session = openSession(server.port);
    expect(await errorOf(session.get('/'))).toMatchObject({
      code: 'wrong-protocol',
      message: expect.stringMatching(/^it speaks TLS on this port, where plain HTTP was expected/),
    });
    session.close();
  });
});

describe('a handshake', () => {
  it('that never ends is given up at its deadline on the passed-in clock', async () => {
    const clock = new HandClock();
    let hello = (): void => {};
    const said = new Promise<void>((resolve) => (hello = resolve));
    const server = await rawServer(
      () => {},
      ({ socket }) => socket.once('data', () => hello()),
    );
    servers.push(server);
    const session = openSession(server.port, over(server.port, { clock, limits: { responseMs: 6_000 } }));
    const reading = errorOf(session.get('/'));
    await said;
    clock.pass(6_000);
    expect(await reading).toMatchObject({ code: 'tls-failed', message: 'no TLS handshake within 6s' });
    await server.quiet();
    session.close();
    expect(clock.waiting()).toBe(0);
  });

  it('that is hung up on before a byte means that nobody answered', async () => {
    const server = await rawServer(
      () => {},
      ({ socket }) => socket.once('data', () => socket.resetAndDestroy()),
    );
    servers.push(server);
    expect(await outcomeOf(openSession(server.port, over(server.port)))).toBe('connect-reset');
  });
});
