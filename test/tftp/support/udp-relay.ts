import type { Socket } from 'node:dgram';
import type { TftpPeer } from '../../../src/tftp/serving.js';
import { openUdp } from '../../../src/tftp/udp.js';
import { freePort } from './ports.js';

/** What a bad line does: shares of all packets, 0 to 1. A delayed packet is overtaken by later ones. */
export interface BadLine {
  seed: number;
  lost: number;
  doubled: number;
  delayed: number;
}

/** A relay on loopback between a TFTP server and its clients, over a bad line. */
export interface UdpRelay {
  readonly port: number;
  /** How many packets with data came, and how many of all packets were lost, doubled, delayed. */
  readonly counts: { data: number; lost: number; doubled: number; delayed: number };
  close(): void;
}

/** At most (ms). */
const longestDelay = 4;

/** Starts a relay. Every end of a transfer at the server has an end of its own here: clients see as many transfers as there are. */
export async function startUdpRelay(serverPort: number, line: BadLine): Promise<UdpRelay> {
  const host = '127.0.0.1';
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const counts = { data: 0, lost: 0, doubled: 0, delayed: 0 };
  let isClosed = false;
  let state = line.seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const open = async (port = 0): Promise<Socket> => {
    const socket = await openUdp(host, port);
    if (isClosed) socket.close();
    else sockets.add(socket);
    return socket;
  };
  const pass = (through: Socket, bytes: Uint8Array, to: TftpPeer): void => {
    if (bytes[1] === 3) counts.data += 1;
    const send = (): void => {
      if (!isClosed) through.send(bytes, to.port, to.address, () => {});
    };
    if (random() < line.lost) {
      counts.lost += 1;
      return;
    }
    if (random() < line.doubled) {
      counts.doubled += 1;
      send();
    }
    if (random() >= line.delayed) return send();
    counts.delayed += 1;
    const timer = setTimeout(() => {
      timers.delete(timer);
      send();
    }, random() * longestDelay);
    timers.add(timer);
  };

  const { port, value: front } = await freePort((free) => open(free));
  /** By client, then by the server's end: the sockets that stand for them. */
  const towardServer = new Map<number, Promise<Socket>>();
  const towardClient = new Map<string, Promise<Socket>>();

  const standIn = (client: TftpPeer, up: Socket, serverEnd: TftpPeer): Promise<Socket> => {
    const key = `${client.port} ${serverEnd.port}`;
    const known = towardClient.get(key);
    if (known) return known;
    const opened = open().then((down) => {
      down.on('message', (bytes) => pass(up, bytes, serverEnd));
      return down;
    });
    towardClient.set(key, opened);
    return opened;
  };
  front.on('message', (bytes, client) => {
    const opened =
      towardServer.get(client.port) ??
      open().then((up) => {
        up.on('message', (reply, serverEnd) => {
          void standIn(client, up, serverEnd).then((down) => pass(down, reply, client));
        });
        return up;
      });
    towardServer.set(client.port, opened);
    void opened.then((up) => pass(up, bytes, { address: host, port: serverPort }));
  });

  return {
    port,
    counts,
    close() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.close();
      sockets.clear();
    },
  };
}
