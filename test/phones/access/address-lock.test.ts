import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { type ReleaseAddress, AddressLock } from '../../../src/phones/access/address-lock.js';
import type { ProbeResult } from '../../../src/transport/session/probe.js';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const answer = (): ProbeResult =>
  ({ endpoint: { scheme: 'http', port: 80 }, socket: new EventEmitter() }) as unknown as ProbeResult;

describe('turns with an address', () => {
  it('come one after the other, in the order asked for', async () => {
    const turns = new AddressLock();
    const order: number[] = [];
    const ends: ReleaseAddress[] = [];
    for (const number of [1, 2, 3])
      void turns.take('10.0.0.1').then((end) => {
        order.push(number);
        ends.push(end);
      });
    await settled();
    expect(order).toEqual([1]);
    ends[0]?.();
    await settled();
    expect(order).toEqual([1, 2]);
    ends[1]?.();
    ends[1]?.();
    await settled();
    expect(order).toEqual([1, 2, 3]);
  });

  it('do not wait for other addresses', async () => {
    const turns = new AddressLock();
    await turns.take('10.0.0.1');
    await expect(turns.take('10.0.0.2')).resolves.toBeInstanceOf(Function);
  });

  it('left with a connection go on with it', async () => {
    const turns = new AddressLock();
    const probed = answer();
    turns.attachTo(probed, await turns.take('10.0.0.1'));
    let came = false;
    void turns.take('10.0.0.1').then(() => (came = true));
    const end = turns.reclaim(probed);
    // The conversation may close that connection and open another: its turn goes on.
    probed.socket.emit('close', false);
    await settled();
    expect(came).toBe(false);
    end?.();
    await settled();
    expect(came).toBe(true);
  });

  it('left with a connection end when that is closed', async () => {
    const turns = new AddressLock();
    const probed = answer();
    turns.attachTo(probed, await turns.take('10.0.0.1'));
    probed.socket.emit('close', false);
    await expect(turns.take('10.0.0.1')).resolves.toBeInstanceOf(Function);
    expect(turns.reclaim(probed)).toBeUndefined();
  });
});
