import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { TftpPeer } from './serving.js';

/**
 * Opens a UDP socket for addresses only: names are not looked up.
 * Rejects with Node's error (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, `EMFILE`).
 */
export function openUdp(address: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const family = isIPv6(address) ? 6 : 4;
    const socket = createSocket({
      type: family === 6 ? 'udp6' : 'udp4',
      // Node looks up the address of every packet, which for an address needs no resolver, but a turn of the event loop.
      lookup: (host, _options, done) => done(null, host, family),
    });
    const failed = (error: Error): void => {
      socket.close();
      reject(error);
    };
    socket.once('error', failed);
    socket.bind({ address, port }, () => {
      socket.off('error', failed);
      resolve(socket);
    });
  });
}

export function isSamePeer(one: TftpPeer, other: TftpPeer): boolean {
  return one.port === other.port && one.address === other.address;
}
