import { createServer } from 'node:http';
import { afterAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/conduct/system-clock.js';
import { silentLog } from '../../src/domain/ports/log.js';
import { createUcm } from '../../src/ucm/create-ucm.js';
import type { Ucm } from '../../src/ucm/ucm.js';
import { certificateFor, type Pem, secureServer, type SecureServer } from '../transport/support/tls-server.js';
import { knowledge, PASSWORD, refusal, versionPage } from './support/cluster.js';

const servers: SecureServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

const extensions = [{ name: 'subjectAltName' as const, altNames: [{ type: 7 as const, ip: '127.0.0.1' }] }];

/** A server that shows its version, whatever is asked. */
async function shown(pem: Pem): Promise<SecureServer> {
  const body = versionPage('14.0.1');
  const server = await secureServer(
    (_head, { socket }) =>
      socket.end(
        `HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      ),
    pem,
  );
  servers.push(server);
  return server;
}

const client = (port: number, ca: readonly string[], insecure = false): Ucm =>
  createUcm({
    host: '127.0.0.1',
    port,
    username: 'axl',
    password: PASSWORD,
    tls: { ca, insecure },
    timeoutMs: 5_000,
    clock: systemClock,
    log: silentLog,
    knowledge,
  });

describe('the certificate of Unified CM', () => {
  it('is checked before anything is said', async () => {
    const pem = await certificateFor('cucm', { extensions });
    const server = await shown(pem);
    const error = await refusal(client(server.port, []).version());
    expect(error).toMatchObject({ code: 'ucm-certificate', nothingChanged: true });
    expect(error.message).toMatch(/its certificate is not trusted: self-signed certificate/);
    expect(server.requests).toEqual([]);
    expect(await client(server.port, [pem.cert]).version()).toBe('14.0.1');
  });

  it('must name the host', async () => {
    const pem = await certificateFor('cucm');
    const server = await shown(pem);
    expect(await refusal(client(server.port, [pem.cert]).version())).toMatchObject({ code: 'ucm-certificate' });
    expect(await client(server.port, [], true).version()).toBe('14.0.1');
  });

  it('is none where what listens does not speak TLS', async () => {
    const server = createServer((_request, response) => response.end('no'));
    await new Promise<void>((resolve) => server.listen(24_011, '127.0.0.1', resolve));
    expect(await refusal(client(24_011, []).version())).toMatchObject({ code: 'ucm-not-ucm' });
    await new Promise((resolve) => server.close(resolve));
  });

  it('is none where nothing listens', async () => {
    const server = await shown(await certificateFor('cucm', { extensions }));
    await server.close();
    servers.pop();
    expect(await refusal(client(server.port, []).version())).toMatchObject({ code: 'ucm-unreachable' });
  });
});
