import { setImmediate } from 'node:timers/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { askServer } from '../../../src/files/servers/ask-server.js';
import { createFilesFetch } from '../../../src/files/servers/download.js';
import { startTftpServer } from '../../../src/tftp/server.js';
import { freePort } from '../../tftp/support/ports.js';
import { silentPort } from '../support.js';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

async function listening(server: Server, scheme = 'http', host = '127.0.0.1'): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  ending.push(() => server.close());
  return `${scheme}://${host}:${(server.address() as AddressInfo).port}`;
}

const serve = (listener: RequestListener): Promise<string> => listening(createServer(listener));

const ask = (url: string, timeoutMs = 5_000, fetchFile: typeof fetch = fetch): Promise<string | null> =>
  askServer(new URL(url), { fetch: fetchFile, timeoutMs, clock: systemClock });

describe('a file server that answers anything', () => {
  it.each([200, 302, 401, 404, 500, 503])('%d, is there', async (status) => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.method ?? '');
      response.writeHead(status, { location: 'http://elsewhere.invalid/' }).end();
    });
    expect(await ask(url)).toBeNull();
    expect(asked).toEqual(['HEAD']);
  });

  it('to GET only, is there', async () => {
    const url = await serve((request, response) => {
      if (request.method === 'HEAD') request.socket.destroy();
      else response.writeHead(404).end();
    });
    expect(await ask(url)).toBeNull();
  });

  it('over TFTP, is there', async () => {
    const { port, value } = await freePort((free) =>
      startTftpServer({ address: '127.0.0.1', port: free, clock: systemClock, open: () => Promise.resolve(null) }),
    );
    ending.push(() => value.close());
    expect(await ask(`tftp://127.0.0.1:${port}`)).toBeNull();
  });
});

describe('a file server that is not there', () => {
  it('refuses', async () => {
    const url = await serve(() => {});
    await ending.pop()?.();
    expect(await ask(url)).toMatch(/^nothing listens on the port \(ECONNREFUSED\); start the server/);
  });

  it('is silent, over HTTP and TFTP', async () => {
    const server = createTcpServer((socket) => ending.push(() => socket.destroy()));
    expect(await ask(await listening(server), 60)).toMatch(/^it did not answer within 60 ms; start the server/);
    const { port, close } = await silentPort();
    ending.push(close);
    expect(await ask(`tftp://127.0.0.1:${port}`, 60)).toMatch(/^it did not answer over TFTP; start the server/);
  });

  it('is silent, and is given up after one deadline', async () => {
    const asked: [string, number][] = [];
    let now = 0;
    const timers: { at: number; run: () => void }[] = [];
    const clock = {
      monotonic: () => now,
      after: (ms: number, run: () => void) => {
        const timer = { at: now + ms, run };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    };
    const silent: typeof fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        asked.push([init?.method ?? '', now]);
        init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      });
    const answer = askServer(new URL('http://files.example.com'), { fetch: silent, clock, timeoutMs: 12_000 });
    while (timers.length > 0) {
      timers.sort((a, b) => a.at - b.at);
      const next = timers.shift();
      now = next?.at ?? now;
      next?.run();
      await setImmediate();
    }
    expect(await answer).toMatch(/^it did not answer within 12000 ms;/);
    // GET is for servers that answer nothing else.
    expect([asked, now]).toEqual([
      [
        ['HEAD', 0],
        ['GET', 6_000],
      ],
      12_000,
    ]);
  });

  it('speaks something else', async () => {
    const server = createTcpServer((socket) => socket.on('error', () => {}).end('220 ftp ready\r\n'));
    const url = await listening(server);
    expect(await ask(url)).toMatch(/what came back is not HTTP.*; check scheme and port$/);
    expect(await ask(url.replace('http:', 'https:'))).toMatch(
      /does not speak TLS on this port.*; check scheme and port$/,
    );
  });

  it('is asked at a port of another protocol', async () => {
    expect(await ask('http://127.0.0.1:69')).toBe('its port is one that HTTP is not spoken on; check scheme and port');
  });

  it.each([
    ['ENOTFOUND', /^the name has no address \(ENOTFOUND\); correct the name/],
    ['EAI_AGAIN', /^no name server could say .*; correct the name/],
    ['UND_ERR_CONNECT_TIMEOUT', /^it did not answer within 5000 ms/],
    ['CERT_HAS_EXPIRED', /out of date.*; renew it/],
  ])('%s', async (code, says) => {
    const failing = () =>
      Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) }));
    expect(await ask('http://files.example.com', 5_000, failing)).toMatch(says);
  });

  it('is not known of where this machine itself lacks a socket', async () => {
    const failing = () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'EMFILE' } }));
    expect(await ask('http://files.example.com', 5_000, failing)).toBeNull();
  });
});

describe('a certificate of the file server', () => {
  let own: { cert: string; private: string };
  let other: { cert: string };
  beforeAll(async () => {
    const names = (ip: string) => ({ extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip }] }] }) as object;
    own = await generate([{ name: 'commonName', value: 'ucm' }], names('127.0.0.1'));
    other = await generate([{ name: 'commonName', value: 'other' }], names('127.0.0.9'));
  });
  const secure = (): Promise<string> =>
    listening(
      createTlsServer({ key: own.private, cert: own.cert }, (_request, response) => response.end()),
      'https',
    );

  it('of its own is trusted by --files-ca alone, and only under its name', async () => {
    const url = await secure();
    const trusting = (ca: string[], insecure = false): typeof fetch => createFilesFetch({ ca, insecure });
    expect(await ask(url, 5_000, trusting([own.cert]))).toBeNull();
    expect(await ask(url, 5_000, trusting([], true))).toBeNull();
    expect(await ask(url, 5_000, trusting([other.cert]))).toMatch(
      /^its certificate is not trusted: .*; give its certificate, or that of its authority, with --files-ca FILE$/,
    );
    expect(await ask(url.replace('127.0.0.1', 'localhost'), 5_000, trusting([own.cert]))).toMatch(
      /ERR_TLS_CERT_ALTNAME_INVALID\); name the server as its certificate does$/,
    );
  });
});
