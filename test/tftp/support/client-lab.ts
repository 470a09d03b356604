import { afterEach } from '@jest/globals';
import { fetchTftp } from '../../../src/tftp/client.js';
import type { TftpRequest, TftpResult } from '../../../src/tftp/fetching.js';
import type { TftpPacket } from '../../../src/tftp/packet.js';
import type { TftpPeer } from '../../../src/tftp/serving.js';
import { HandClock } from '../../transport/support/hand-clock.js';
import { Peer, read } from './peer.js';

const running: (() => void)[] = [];
afterEach(() => {
  for (const end of running.splice(0)) end();
});

export interface ClientLab {
  /** Where requests arrive, and a second port of the same server, from which transfers come. */
  main: Peer;
  own: Peer;
  clock: HandClock;
  /** One more port, at that address. */
  another(address: string): Promise<Peer>;
  fetch(request?: Partial<TftpRequest>): Promise<TftpResult>;
  /** The next request, and who asks. */
  asked(): Promise<TftpPeer & { packet: TftpPacket | null }>;
}

/** A server by hand, and our client. */
export async function lab(): Promise<ClientLab> {
  const [main, own] = [await Peer.open('127.0.0.1'), await Peer.open('127.0.0.1')];
  const clock = new HandClock();
  const controller = new AbortController();
  running.push(
    () => controller.abort(),
    () => main.close(),
    () => own.close(),
  );
  return {
    main,
    own,
    clock,
    async another(address) {
      const peer = await Peer.open(address);
      running.push(() => peer.close());
      return peer;
    },
    fetch: (request = {}) =>
      fetchTftp({
        host: '127.0.0.1',
        port: main.at.port,
        file: 'f',
        maxBytes: 100_000,
        timeoutMs: 60_000,
        clock,
        signal: controller.signal,
        ...request,
      }),
    async asked() {
      const { packet, from } = await main.next();
      return { packet, ...from };
    },
  };
}

/** What the other side hears next. */
export async function heard(peer: Peer): Promise<TftpPacket | null> {
  return (await peer.next()).packet;
}

/** The request with the options that are asked for by default. */
export const usual = read('f', { tsize: '0', blksize: '1428' });
