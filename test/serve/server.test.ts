import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { renameSync, truncateSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/conduct/system-clock.js';
import { checksAgent } from '../../src/domain/network/checks-agent.js';
import { askServer } from '../../src/files/servers/ask-server.js';
import { findImage } from '../../src/files/firmware/image.js';
import { createPreflight } from '../../src/files/preflight.js';
import { fetchTftp } from '../../src/tftp/client.js';
import { get, type Served, serveFolder } from './support/served.js';

const megabytes = 1024 * 1024;
/** So much that no socket takes it at once. */
const large = Buffer.alloc(40 * megabytes, 'abcdefghijklmnop');

describe('a server for phones', () => {
  let served: Served | null = null;
  const serve = async (options: Parameters<typeof serveFolder>[0] = {}): Promise<Served> => {
    served = await serveFolder(options);
    return served;
  };
  afterEach(async () => {
    await served?.close();
    served = null;
  });

  /** A client that has asked and reads nothing until it is told to. */
  async function slowClient({ server }: Served, path = '/a.sbn'): Promise<net.Socket> {
    const socket = net.connect(server.httpPort ?? 0, '127.0.0.1');
    await once(socket, 'connect');
    socket.pause();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: files\r\n\r\n`);
    return socket;
  }

  it('sends the same bytes to many at once, over both protocols', async () => {
    const { root, server, url } = await serve({ tftpPort: 0 });
    const image = large.subarray(0, megabytes);
    writeFileSync(`${root}/a.sbn`, image);
    const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    const overHttp = async (nth: number) => {
      const { body } = await get(url('/a.sbn'), { from: `127.0.2.${nth + 1}` });
      return hash(Buffer.from(body, 'latin1'));
    };
    const overTftp = async () => {
      const at = { host: '127.0.0.1', port: server.tftpPort ?? 0, clock: systemClock };
      const result = await fetchTftp({
        ...at,
        file: 'a.sbn',
        maxBytes: 2 * megabytes,
        timeoutMs: 20_000,
        windowSize: 8,
      });
      return result.kind === 'file' ? hash(result.bytes) : result.kind;
    };
    const hashes = await Promise.all([
      ...Array.from({ length: 30 }, (_, nth) => overHttp(nth)),
      ...Array.from({ length: 5 }, overTftp),
    ]);
    expect(new Set(hashes)).toEqual(new Set([hash(image)]));
  });

  it('tells over TFTP what it tells over HTTP', async () => {
    const { root, server, line, transfers, close } = await serve({
      tftpPort: 0,
      allow: (address) => address !== '127.0.0.66',
    });
    writeFileSync(`${root}/00CCFC123456.lic`, 'license');
    const ask = (file: string) =>
      fetchTftp({
        host: '127.0.0.1',
        port: server.tftpPort ?? 0,
        clock: systemClock,
        file,
        maxBytes: 1_000,
        timeoutMs: 5_000,
      });
    expect(await ask('/00CCFC123456.lic')).toMatchObject({ kind: 'file', size: 7 });
    // Asked from this machine: by whom is not known.
    await line(/^127\.0\.0\.1 - 00CCFC123456\.lic 7 of 7 bytes/);
    expect(await ask('../secret')).toMatchObject({ kind: 'refused', code: 1 });
    await line(/^127\.0\.0\.1 - \.\.\/secret refused: that is no path of a file within the folder$/);
    expect(await ask('00ccfc123456.LIC')).toMatchObject({ kind: 'refused', code: 1 });
    await line(/00ccfc123456\.LIC refused: 00CCFC123456\.lic is there/);
    renameSync(root, `${root}-away`);
    // Not "file not found": a phone may take that for good.
    expect(await ask('00CCFC123456.lic')).toMatchObject({ kind: 'refused', code: 0 });
    renameSync(`${root}-away`, root);
    writeFileSync(`${root}/00CCFC999999.lic`, 'another');
    expect(await ask('00CCFC999999.lic')).toMatchObject({ kind: 'file' });
    await line(/00CCFC999999\.lic 7 of 7 bytes/);
    await close();
    served = null;
    expect([...transfers.values()].map(({ file, state, bytes }) => [file, state, bytes])).toEqual([
      ['00CCFC123456.lic', 'sent', 7],
      ['../secret', 'refused', 0],
      ['00ccfc123456.LIC', 'refused', 0],
      ['00CCFC123456.lic', 'refused', 0],
      ['00CCFC999999.lic', 'sent', 7],
    ]);
  });

  it('says the same of clients that may not ask over both protocols, and nothing of what they asked for', async () => {
    const { server, url, lines, close } = await serve({ tftpPort: 0, allow: () => false });
    await get(url('/a.loads'));
    const at = { host: '127.0.0.1', port: server.tftpPort ?? 0, clock: systemClock };
    await fetchTftp({ ...at, file: 'b.loads', maxBytes: 10, timeoutMs: 5_000 });
    await fetchTftp({ ...at, file: 'c.loads', maxBytes: 10, timeoutMs: 5_000, userAgent: checksAgent });
    await close();
    served = null;
    // The second and third time within ten minutes are not told.
    expect(lines).toEqual(['127.0.0.1 - / refused: the client is not within --allow']);
  });

  it('tells of the checks before a migration only what they have taken: they are no phones that went without', async () => {
    const { root, server: running, url, lines, transfers, close } = await serve({ tftpPort: 0 });
    const tftpPort = running.tftpPort ?? 0;
    writeFileSync(`${root}/a.sbn`, large.subarray(0, megabytes));
    writeFileSync(`${root}/00CCFC123456.lic`, 'license');
    const { fetch } = globalThis;
    const options = { fetch, clock: systemClock, timeoutMs: 5_000 };
    for (const server of [url(''), `tftp://127.0.0.1:${tftpPort}`]) {
      expect(await askServer(new URL(server), options)).toBeNull();
      const preflight = createPreflight(options);
      expect(await preflight.firmware(`${server}/x.loads`, 'x')).toMatchObject({ ok: false });
      expect(await preflight.license(`${server}/00CCFC999999.lic`, '00CCFC999999')).toMatchObject({ ok: false });
      expect(await preflight.license(`${server}/00CCFC123456.lic`, '00CCFC123456')).toMatchObject({ ok: true });
      expect(await findImage(new URL(`${server}/a.sbn`), options)).toEqual({ kind: 'there', bytes: megabytes });
    }
    await close();
    served = null;
    expect(lines).toEqual(Array(2).fill(expect.stringMatching(/^127\.0\.0\.1 - 00CCFC123456\.lic 7 of 7 bytes/)));
    expect([...transfers.values()].map(({ mac, file, state }) => [mac, file, state])).toEqual(
      Array(2).fill([null, '00CCFC123456.lic', 'sent']),
    );
  });

  it('reads no further ahead than a slow client takes, and tells how far one came that left', async () => {
    const { root, line } = await serve();
    writeFileSync(`${root}/a.sbn`, large);
    const before = process.memoryUsage().arrayBuffers;
    const clients = await Promise.all(Array.from({ length: 20 }, () => slowClient(served!)));
    await line(/a\.sbn begins, 42 MB$/);
    await Promise.all(clients.map((client) => once(client.resume(), 'data').then(() => client.pause())));
    // 20 of 40 MB each would be 800.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60 * megabytes);
    for (const client of clients) client.destroy();
    expect(await line(/a\.sbn ended at \d+ of 42 MB after .*: the client closed the connection$/)).toBeDefined();
  });

  it('breaks off where a file is cut off under it: never a wrong length that looks right', async () => {
    const { root, line } = await serve();
    writeFileSync(`${root}/a.sbn`, large);
    const client = await slowClient(served!);
    await line(/begins/);
    truncateSync(`${root}/a.sbn`, 1_000);
    let got = 0;
    client.on('data', (part: Buffer) => (got += part.length)).on('error', () => {});
    client.resume();
    await once(client, 'close');
    expect(got).toBeLessThan(large.length);
    expect(await line(/ended at .*: the file was cut off meanwhile$/)).toBeDefined();
  });

  it('holds all clients to one rate, and each to its own, and both protocols to the same', async () => {
    const { root, server, url } = await serve({ tftpPort: 0, rates: { perClient: 400_000 } });
    writeFileSync(`${root}/a.sbn`, large.subarray(0, 150_000));
    const began = performance.now();
    const took = async (work: Promise<unknown>) => {
      await work;
      return performance.now() - began;
    };
    const tftp = fetchTftp({
      ...{ host: '127.0.0.1', port: server.tftpPort ?? 0, clock: systemClock },
      ...{ file: 'a.sbn', maxBytes: 200_000, timeoutMs: 20_000 },
    });
    const [one, two, other] = await Promise.all([
      took(get(url('/a.sbn'))),
      took(tftp),
      took(get(url('/a.sbn'), { from: '127.0.0.8' })),
    ]);
    // 300 kB at 400 kB/s, of which 100 kB may go at once; the other client alone has 150 kB.
    expect(Math.max(one, two)).toBeGreaterThan(450);
    expect(other).toBeGreaterThan(100);
    expect(other).toBeLessThan(Math.max(one, two));
  });

  it('ends at once, whatever clients do, and says what was cut off', async () => {
    const { root, line, close, transfers } = await serve({ tftpPort: 0 });
    writeFileSync(`${root}/a.sbn`, large);
    const client = await slowClient(served!);
    client.on('error', () => {});
    await line(/begins/);
    served = null;
    expect(await close()).toEqual([expect.stringMatching(/^127\.0\.0\.1 - a\.sbn \d+ of 42 MB$/)]);
    expect([...transfers.values()]).toEqual([
      expect.objectContaining({ state: 'broken', why: 'the server was stopped' }),
    ]);
    client.destroy();
  });

  describe('that cannot listen', () => {
    const taken = net.createServer();
    afterAll(() => void taken.close());

    it('says which port, and leaves nothing listening', async () => {
      taken.listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as net.AddressInfo;
      await expect(serveFolder({ httpPort: port })).rejects.toThrow(
        `--http-port ${port}: another program has this port already; end it, choose another with --http-port (0: any free one), or leave it out with --no-http.`,
      );
      const { server, close } = await serveFolder({ httpPort: null, tftpPort: 0 });
      const tftpPort = server.tftpPort ?? 0;
      const free = net.createServer().listen(0, '127.0.0.1');
      await once(free, 'listening');
      const httpPort = (free.address() as net.AddressInfo).port;
      free.close();
      await once(free, 'close');
      await expect(serveFolder({ httpPort, tftpPort })).rejects.toThrow(`--tftp-port ${tftpPort}: another program`);
      const attempt = net.connect(httpPort, '127.0.0.1');
      expect(await once(attempt, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }]);
      await close();
    });

    it('says what an address must be', async () => {
      await expect(serveFolder({ address: '192.0.2.77' })).rejects.toThrow(
        '--address 192.0.2.77: this machine has no such address',
      );
    });
  });
});
