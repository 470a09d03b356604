import { afterEach, describe, expect, it } from '@jest/globals';
import { fetchTftp } from '../../src/tftp/client.js';
import { startTftpServer } from '../../src/tftp/server.js';
import type { TftpEvent } from '../../src/tftp/serving.js';
import { fastClock } from './support/clocks.js';
import { someBytes, sourceOf } from './support/files.js';
import { freePort } from './support/ports.js';
import { type BadLine, startUdpRelay } from './support/udp-relay.js';

const running: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of running.splice(0).reverse()) await end();
});

const clock = fastClock(20);
const bytes = someBytes(300_000);

describe('our client and our server over a line that loses, doubles and reorders packets', () => {
  it.each<[string, BadLine, number]>([
    ['block by block', { seed: 1, lost: 0.05, doubled: 0.05, delayed: 0.1 }, 1],
    ['in windows', { seed: 2, lost: 0.05, doubled: 0.05, delayed: 0.1 }, 8],
    ['where every packet comes twice', { seed: 3, lost: 0, doubled: 1, delayed: 0 }, 1],
    ['in windows where every packet comes twice', { seed: 4, lost: 0, doubled: 1, delayed: 0 }, 8],
  ])('bring a file through, %s, and send little more than they must', async (_, line, windowSize) => {
    const events: TftpEvent[] = [];
    const { port, value: server } = await freePort((free) =>
      startTftpServer({
        address: '127.0.0.1',
        port: free,
        clock,
        open: () => Promise.resolve(sourceOf(bytes)),
        onEvent: (event) => events.push(event),
      }),
    );
    running.push(() => server.close());
    const relay = await startUdpRelay(port, line);
    running.push(() => relay.close());
    const request = { host: '127.0.0.1', port: relay.port, file: 'f', maxBytes: 1_000_000, timeoutMs: 600_000 };
    const result = await fetchTftp({ ...request, windowSize, clock });
    expect(result).toMatchObject({ kind: 'file', size: bytes.length, tooLarge: false });
    expect(result.kind === 'file' && bytes.equals(result.bytes)).toBe(true);
    const { data, lost, doubled, delayed } = relay.counts;
    expect(lost + doubled + delayed).toBeGreaterThan(20);
    // What comes twice is not sent twice: that would be all of it. What is lost or late may cost a window once more, and so may a pause of this
    // machine, as the clock runs at twenty times its speed.
    expect(data).toBeLessThanOrEqual(1.5 * Math.ceil(bytes.length / 1428) + 2 * (lost + delayed) * windowSize);
    while (!events.some(({ kind }) => kind === 'ended')) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(events.filter(({ kind }) => kind === 'ended')).toContainEqual(
      expect.objectContaining({ ok: true, bytes: bytes.length }),
    );
  });
});
