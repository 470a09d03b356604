import { afterEach, describe, expect, it } from '@jest/globals';
import { get, type IncomingMessage, request } from 'node:http';
import { openSettingsServer, type ServeAt, type SettingsServer } from '../../../src/phones/direct/settings-server.js';
import { silentLog } from '../../../src/domain/ports/log.js';

let server: SettingsServer;
afterEach(() => server.close());

const document = '<device/>';
const phone = '127.0.0.7';

interface Got {
  status: number;
  body: string;
  type: string | undefined;
}

/** Fetches from one of this machine's own addresses, as the phone there would. */
function fetchFrom(localAddress: string, url: string, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage): void => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, type: response.headers['content-type'] }),
      );
    };
    request(url, { method, localAddress, agent: false }, answered).on('error', reject).end();
  });
}

async function open(serveAt: ServeAt | null = null, said: string[] = []): Promise<void> {
  const log = { ...silentLog, info: (text: string) => void said.push(text) };
  server = await openSettingsServer({ serveAt, log, listenOn: '127.0.0.1' });
}

describe('settings on offer to a phone', () => {
  it('are fetched by that phone, at our end of its own connection', async () => {
    const said: string[] = [];
    await open(null, said);
    const offer = server.offer(document, phone, '127.0.0.1');
    expect(offer.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/settings\/[0-9a-f]{48}\.xml$/);
    const got = await fetchFrom(phone, offer.url);
    expect(got).toEqual({ status: 200, body: document, type: 'text/xml; charset=utf-8' });
    expect([offer.fetched, said]).toEqual([1, ['a phone fetched its settings']]);
  });

  it('are not given to anybody else, nor under another name, nor changed', async () => {
    await open();
    const offer = server.offer(document, phone, '127.0.0.1');
    const nothing = { status: 404, body: '', type: undefined };
    expect(await fetchFrom('127.0.0.8', offer.url)).toEqual(nothing);
    expect(await fetchFrom(phone, offer.url.replace(/.{5}\.xml$/, '00000.xml'))).toEqual(nothing);
    expect(await fetchFrom(phone, new URL('/', offer.url).href)).toEqual(nothing);
    expect(await fetchFrom(phone, offer.url, 'POST')).toEqual(nothing);
    expect(offer.fetched).toBe(0);
  });

  it('are gone once they are withdrawn, while others stay', async () => {
    await open();
    const [one, other] = [phone, phone].map((address) => server.offer(document, address, '127.0.0.1'));
    one?.withdraw();
    expect((await fetchFrom(phone, one?.url ?? '')).status).toBe(404);
    expect((await fetchFrom(phone, other?.url ?? '')).status).toBe(200);
  });

  it('have an address of their own each time', async () => {
    await open();
    const urls = Array.from({ length: 50 }, () => server.offer(document, phone, '127.0.0.1').url);
    expect(new Set(urls).size).toBe(50);
  });

  it('are looked at without being taken by HEAD', async () => {
    await open();
    const offer = server.offer(document, phone, '127.0.0.1');
    expect(await fetchFrom(phone, offer.url, 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect(offer.fetched).toBe(0);
  });

  it('know the phone also where its address comes as IPv6 writes it', async () => {
    await open();
    const offer = server.offer(document, `::ffff:${phone}`, '::ffff:127.0.0.1');
    expect(new URL(offer.url).hostname).toBe('127.0.0.1');
    expect((await fetchFrom(phone, offer.url)).status).toBe(200);
  });
});

describe('where phones are told to fetch', () => {
  it('is the host and port that were asked for', async () => {
    await open();
    const free = server.port;
    await server.close();
    await open({ host: 'files.example', port: free });
    const { url } = server.offer(document, phone, '127.0.0.1');
    expect(url).toMatch(new RegExp(`^http://files\\.example:${free}/settings/`));
    expect((await fetchFrom(phone, url.replace('files.example', '127.0.0.1'))).status).toBe(200);
  });

  it('cannot be a port that somebody else has', async () => {
    await open();
    const taken = openSettingsServer({ serveAt: { host: '127.0.0.1', port: server.port }, listenOn: '127.0.0.1' });
    await expect(taken).rejects.toThrow(/EADDRINUSE.*--serve-at HOST:PORT/);
  });
});

it('a server that is closed answers nobody, not even whoever is connected', async () => {
  await open();
  const { url } = server.offer(document, phone, '127.0.0.1');
  await server.close();
  const refused = new Promise((_resolve, reject) => get(url, { agent: false }).on('error', reject));
  await expect(refused).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
