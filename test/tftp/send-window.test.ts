import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ReceiveWindow } from '../../src/tftp/receive-window.js';
import { SendWindow } from '../../src/tftp/send-window.js';

/** Everything that may be sent now. */
function due(window: SendWindow): number[] {
  const blocks: number[] = [];
  for (let block = window.next(); block !== null; block = window.next()) blocks.push(block);
  return blocks;
}

describe('what is sent next', () => {
  it('is one block at a time without a window, and nothing twice', () => {
    const window = new SendWindow(3, 1);
    expect(due(window)).toEqual([1]);
    expect(due(window)).toEqual([]);
    expect(window.acknowledge(1)).toBe(true);
    expect(due(window)).toEqual([2]);
    expect(window.acknowledge(2)).toBe(true);
    expect(due(window)).toEqual([3]);
    expect(window.isDone).toBe(false);
    expect(window.acknowledge(3)).toBe(true);
    expect(window.isDone).toBe(true);
    expect(due(window)).toEqual([]);
  });

  it('is nothing after a duplicate acknowledgment, one of the past, or one of what was never sent', () => {
    const window = new SendWindow(9, 2);
    due(window);
    window.acknowledge(2);
    due(window);
    for (const block of [2, 1, 0, 5, 65535]) expect(window.acknowledge(block)).toBe(false);
    expect(due(window)).toEqual([]);
    expect(window.acknowledged).toBe(2);
  });

  it('is the window once more after silence, and then also a late acknowledgment of all of it counts', () => {
    const window = new SendWindow(9, 4);
    expect(due(window)).toEqual([1, 2, 3, 4]);
    window.startAgain();
    expect(window.next()).toBe(1);
    expect(window.acknowledge(4)).toBe(true);
    expect(due(window)).toEqual([5, 6, 7, 8]);
  });

  it('goes on behind what was acknowledged within a window', () => {
    const window = new SendWindow(9, 4);
    due(window);
    expect(window.acknowledge(2)).toBe(true);
    expect(due(window)).toEqual([3, 4, 5, 6]);
  });

  it('counts on beyond the 65535 blocks that a number holds', () => {
    const window = new SendWindow(65_538, 1);
    let inTurn = 0;
    for (let block = window.next(); block === inTurn + 1 && window.acknowledge(block & 0xffff); block = window.next())
      inTurn = block;
    expect(inTurn).toBe(65_538);
    expect(window.isDone).toBe(true);
  });

  it('brings every block through a line that loses, doubles and reorders, and sends none much more often than it must', () => {
    const fates = fc.array(fc.constantFrom('lost', 'twice', 'later', 'fine', 'fine', 'fine', 'fine'), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 8 }), fates, (blocks, size, line) => {
        const fate = line[Symbol.iterator]();
        const sender = new SendWindow(blocks, size);
        const receiver = new ReceiveWindow(size);
        const received: number[] = [];
        let packets: { to: 'sender' | 'receiver'; block: number }[] = [];
        let spoiled = 0;
        let sent = 0;
        const put = (packet: (typeof packets)[number]): void => {
          const how = fate.next().value ?? 'fine';
          if (how !== 'fine') spoiled += 1;
          if (how === 'lost') return;
          if (how === 'later') packets.splice(Math.max(0, packets.length - 2), 0, packet);
          else packets.push(...(how === 'twice' ? [packet, packet] : [packet]));
        };
        while (!sender.isDone) {
          for (const block of due(sender)) {
            sent += 1;
            put({ to: 'receiver', block });
          }
          const [packet] = packets;
          packets = packets.slice(1);
          if (packet === undefined) {
            sender.startAgain();
          } else if (packet.to === 'sender') {
            sender.acknowledge(packet.block);
          } else {
            const { isNew, acknowledge } = receiver.arrived(packet.block, packet.block === blocks);
            if (isNew) received.push(packet.block);
            if (acknowledge) put({ to: 'sender', block: receiver.block });
          }
        }
        expect(received).toEqual(Array.from({ length: blocks }, (_, at) => at + 1));
        // Each packet that the line spoiled costs two windows at most: duplicates do not breed duplicates.
        expect(sent).toBeLessThanOrEqual(blocks + 2 * size * spoiled);
      }),
    );
  });
});
