import { expect } from '@jest/globals';
import type { Socket } from 'node:dgram';
import { packetBytes, parsePacket, type TftpPacket } from '../../../src/tftp/packet.js';
import type { TftpPeer } from '../../../src/tftp/serving.js';
import { openUdp } from '../../../src/tftp/udp.js';

/** A packet that has arrived, in the form of the codec, and from where. */
export interface Received {
  packet: TftpPacket | null;
  from: TftpPeer;
}

/** The other side of a conversation, by hand: says what the test says, and keeps what it hears. */
export class Peer {
  readonly #heard: Received[] = [];
  #waiting: ((received: Received) => void) | null = null;

  private constructor(private readonly socket: Socket) {
    socket.on('message', (bytes, { address, port }) => {
      const received = { packet: parsePacket(bytes), from: { address, port } };
      const waiting = this.#waiting;
      this.#waiting = null;
      if (waiting) waiting(received);
      else this.#heard.push(received);
    });
  }

  static async open(address = '127.0.0.1', port = 0): Promise<Peer> {
    return new Peer(await openUdp(address, port));
  }

  get at(): TftpPeer {
    const { address, port } = this.socket.address();
    return { address, port };
  }

  say(what: TftpPacket | Uint8Array, to: TftpPeer): void {
    this.socket.send('kind' in what ? packetBytes(what) : what, to.port, to.address);
  }

  /** The next packet, as soon as there is one. */
  async next(): Promise<Received> {
    const first = this.#heard.shift();
    return first ?? new Promise((resolve) => (this.#waiting = resolve));
  }

  /** What has arrived and was not asked for yet. */
  async rest(): Promise<Received[]> {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return this.#heard.splice(0);
  }

  close(): void {
    this.socket.close();
  }
}

export const ack = (block: number): TftpPacket => ({ kind: 'ack', block });
export const data = (block: number, bytes: Uint8Array | string): TftpPacket => ({
  kind: 'data',
  block,
  bytes: Buffer.from(bytes),
});
export const oack = (options: Record<string, string>): TftpPacket => ({
  kind: 'oack',
  options: new Map(Object.entries(options)),
});
export const read = (file: string, options: Record<string, string> = {}, mode = 'octet'): TftpPacket => ({
  kind: 'read',
  file,
  mode,
  options: new Map(Object.entries(options)),
});
export const error = (code: number, message = expect.any(String) as unknown as string): TftpPacket => ({
  kind: 'error',
  code,
  message,
});

/**
 * Waits until whoever is at that end of a transfer has dealt with everything that was sent to it before: a stranger speaks to it last, and is
 * told that it is wrong there.
 */
export async function settled(at: TftpPeer): Promise<void> {
  const stranger = await Peer.open();
  stranger.say(ack(9), at);
  expect((await stranger.next()).packet).toMatchObject({ kind: 'error', code: 5 });
  stranger.close();
}
