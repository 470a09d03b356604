import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ConnectionEvents } from '../../../src/log/syslog/connection.js';
import { SyslogQueue } from '../../../src/log/syslog/queue.js';
import { StandingClock } from '../../store/support/standing-clock.js';

/** A receiver that is there when the test says so, and takes what it is sent when the test says so. */
class Receiver {
  tries: ConnectionEvents[] = [];
  arrived: string[] = [];
  pending: { text: string; sent: () => void }[] = [];
  closed = 0;
  isQuick = true;

  connect = (events: ConnectionEvents) => {
    this.tries.push(events);
    return {
      send: (message: Buffer, sent: () => void) => {
        if (!this.isQuick) return void this.pending.push({ text: message.toString(), sent });
        this.arrived.push(message.toString());
        sent();
      },
      close: () => void (this.closed += 1),
    };
  };

  get last(): ConnectionEvents {
    const last = this.tries.at(-1);
    if (!last) throw new Error('nobody has tried');
    return last;
  }
}

let clock: StandingClock;
let receiver: Receiver;
let troubles: unknown[];
let queue: SyslogQueue;
beforeEach(() => {
  clock = new StandingClock();
  receiver = new Receiver();
  troubles = [];
  queue = new SyslogQueue({
    ...{ connect: receiver.connect, clock, onTrouble: (error) => void troubles.push(error) },
    lostMessage: (count) => Buffer.from(`${count} lost`),
  });
});
const push = (...texts: string[]): void => texts.forEach((text) => queue.push(Buffer.from(text)));

describe('messages for a receiver', () => {
  it('wait until it is there, and come in order', async () => {
    push('a', 'b');
    expect(receiver.arrived).toEqual([]);
    receiver.last.ready();
    push('c');
    expect(receiver.arrived).toEqual(['a', 'b', 'c']);
    await queue.close();
    expect([receiver.closed, clock.waiting]).toEqual([1, 0]);
  });

  it('are kept while it is away: tried again after 1, 2, 4 … 60 s, told once', async () => {
    push('a');
    const waits: number[] = [];
    for (let tries = 1; tries <= 9; tries += 1) {
      receiver.last.broken(new Error('refused'));
      let seconds = 0;
      while (receiver.tries.length === tries) {
        await clock.pass(1_000);
        seconds += 1;
      }
      waits.push(seconds);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    receiver.last.ready();
    expect(receiver.arrived).toEqual(['a']);
    expect(troubles).toEqual([new Error('refused')]);
    // It was there in between: the next try comes soon again, and is not told again.
    receiver.last.broken(new Error('gone'));
    await clock.pass(1_000);
    expect(receiver.tries).toHaveLength(11);
    expect(troubles).toHaveLength(1);
  });

  it('that had not left for certain when it broke go once more', async () => {
    receiver.isQuick = false;
    receiver.last.ready();
    push('a', 'b', 'c');
    receiver.pending[0]?.sent();
    const [, late] = receiver.pending;
    receiver.last.broken(new Error('reset'));
    // Too late: it is on its way again already.
    late?.sent();
    receiver.isQuick = true;
    await clock.pass(1_000);
    receiver.last.ready();
    expect(receiver.arrived).toEqual(['b', 'c']);
  });

  it('are bounded in number and bytes; how many were lost is told where they are missing', () => {
    for (let at = 0; at < 5_000; at += 1) push(`${at}`);
    receiver.last.ready();
    expect(receiver.arrived).toHaveLength(2_001);
    expect(receiver.arrived.slice(-2)).toEqual(['1999', '3000 lost']);
    push('after');
    expect(receiver.arrived.at(-1)).toBe('after');
    receiver.isQuick = false;
    const big = 'x'.repeat(100_000);
    for (let at = 0; at < 100; at += 1) push(big);
    receiver.isQuick = true;
    const flying = receiver.pending.splice(0);
    expect(flying).toHaveLength(1);
    flying[0]?.sent();
    expect(receiver.arrived.slice(2_002)).toEqual([...Array<string>(10).fill(big), '89 lost']);
  });

  it('wait at the end for two seconds at most', async () => {
    push('a');
    let isClosed = false;
    const closing = queue.close().then(() => (isClosed = true));
    await clock.pass(1_999);
    expect(isClosed).toBe(false);
    await clock.pass(1);
    await closing;
    expect(clock.waiting).toBe(0);
    push('too late');
    receiver.last.ready();
    expect(receiver.arrived).toEqual([]);
  });

  it('get one more try at the end, and are not waited for when that fails', async () => {
    push('a');
    receiver.last.broken(new Error('refused'));
    const closing = queue.close();
    expect(receiver.tries).toHaveLength(2);
    receiver.last.broken(new Error('refused'));
    await closing;
    expect(clock.waiting).toBe(0);
  });

  it('that are none are not waited for', async () => {
    await queue.close();
    expect(receiver.closed).toBe(1);
  });
});
