import { EventEmitter } from 'node:events';
import type net from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { LocalSockets, patienceMs } from '../../../src/transport/connection/local-sockets.js';
import { TransportError, toTransportError } from '../../../src/transport/errors/transport-error.js';
import { HandClock } from '../support/hand-clock.js';
import { errorOf } from '../support/sessions.js';

const lack = (code: string): TransportError => toTransportError({ code }, 0);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const aSocket = (): net.Socket => new EventEmitter() as unknown as net.Socket;

/** A dial that fails as it is told to, until it is told otherwise. */
function dialing(first: TransportError | null): {
  dial: () => Promise<net.Socket>;
  tries: number;
  now: TransportError | null;
} {
  const dialed = {
    now: first,
    tries: 0,
    dial: async () => {
      dialed.tries += 1;
      if (dialed.now) throw dialed.now;
      return aSocket();
    },
  };
  return dialed;
}

/** Lets so much time pass, a second at a time, so that what wakes can go on. */
async function pass(clock: HandClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    clock.pass(1_000);
    await turn();
  }
}

describe('what this machine lacks to connect', () => {
  it.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EAGAIN', 'EADDRNOTAVAIL', 'ENETDOWN'])(
    '(%s) is waited for, with growing waits, and no timer is left behind',
    async (code) => {
      const clock = new HandClock();
      const dialed = dialing(lack(code));
      const opening = new LocalSockets(clock).open(dialed.dial);
      await turn();
      const waits: number[] = [];
      for (let waited = 0; dialed.tries < 7; waited += 50) {
        const before = dialed.tries;
        clock.pass(50);
        await turn();
        if (dialed.tries > before) waits.push(waited + 50 - waits.reduce((sum, one) => sum + one, 0));
      }
      expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200]);
      dialed.now = null;
      clock.pass(5_000);
      expect(await opening).toBeInstanceOf(EventEmitter);
      expect(clock.waiting()).toBe(0);
    },
  );

  it('is had by who has waited longest as soon as another connection ends', async () => {
    const clock = new HandClock();
    const sockets = new LocalSockets(clock);
    const held = await sockets.open(async () => aSocket());
    const [first, second] = [dialing(lack('EMFILE')), dialing(lack('EMFILE'))];
    const opening = sockets.open(first.dial);
    void sockets.open(second.dial).catch(() => {});
    await turn();
    first.now = null;
    held.emit('close');
    expect(await opening).toBeInstanceOf(EventEmitter);
    expect([first.tries, second.tries]).toEqual([2, 1]);
    expect(clock.waiting()).toBe(1);
  });

  it('is an error, of this machine and with what to do, once nobody has got anything for a minute', async () => {
    const clock = new HandClock();
    const error = errorOf(new LocalSockets(clock).open(dialing(lack('EMFILE')).dial));
    await turn();
    await pass(clock, patienceMs + 6_000);
    expect(await error).toMatchObject({
      code: 'local-resources',
      message: expect.stringMatching(/^this machine has no socket left; raise .*ulimit -n.*\(EMFILE\), for 1m 00s$/),
    });
    expect(clock.waiting()).toBe(0);
  });

  it('is none for as long as others get what they need, unless it is for one address alone', async () => {
    const clock = new HandClock();
    const sockets = new LocalSockets(clock);
    const dialed = dialing(lack('EADDRNOTAVAIL'));
    let ended = false;
    const error = errorOf(sockets.open(dialed.dial)).finally(() => (ended = true));
    for (let minute = 0; minute < 5; minute += 1) {
      await pass(clock, 50_000);
      // Silence is an answer of the network, too.
      await sockets.open(async () => Promise.reject(new TransportError('connect-timeout', 'x'))).catch(() => {});
      expect(ended).toBe(false);
    }
    await pass(clock, 60_000);
    expect(await error).toMatchObject({
      code: 'local-refused',
      message: expect.stringContaining('only for this address'),
    });
  });

  it.each(['EACCES', 'EPERM'])('where it refuses (%s) is tried a few times more and then told', async (code) => {
    const clock = new HandClock();
    const dialed = dialing(lack(code));
    const error = errorOf(new LocalSockets(clock).open(dialed.dial));
    await turn();
    await pass(clock, 5_000);
    expect(await error).toMatchObject({ code: 'local-refused' });
    expect(dialed.tries).toBe(5);
  });

  it('where it refuses everybody keeps nobody waiting any more', async () => {
    const clock = new HandClock();
    const sockets = new LocalSockets(clock);
    const all = Array.from({ length: 64 }, () => errorOf(sockets.open(dialing(lack('EPERM')).dial)));
    await turn();
    await pass(clock, 5_000);
    await Promise.all(all);
    const dialed = dialing(lack('EPERM'));
    expect(await errorOf(sockets.open(dialed.dial))).toMatchObject({ code: 'local-refused' });
    expect(dialed.tries).toBe(1);
  });

  it('is waited for no longer than by whom it was wanted', async () => {
    const clock = new HandClock();
    const stop = new AbortController();
    const error = errorOf(new LocalSockets(clock).open(dialing(lack('EMFILE')).dial, { signal: stop.signal }));
    await turn();
    stop.abort();
    expect(await error).toMatchObject({ code: 'local-resources' });
    expect(clock.waiting()).toBe(0);
  });

  it('is not in what the network answers', async () => {
    const dialed = dialing(new TransportError('connect-refused', 'x'));
    expect(await errorOf(new LocalSockets(new HandClock()).open(dialed.dial))).toMatchObject({
      code: 'connect-refused',
    });
    expect(dialed.tries).toBe(1);
  });
});
