import { setMaxListeners } from 'node:events';
import { ByteRates, type RateLimits } from '../domain/pacing/byte-rates.js';
import type { Clock } from '../domain/ports/clock.js';
import type { Store } from '../store/store.js';
import type { Transfer } from '../store/store-rows.js';
import { startTftpServer } from '../tftp/server.js';
import { ownAddresses } from './addresses.js';
import { Contacts } from './contacts.js';
import { startHttpServer } from './http/http-server.js';
import { Pieces } from './http/pieces.js';
import { cannotListen, type ListenOptionNames, type Place } from './listening.js';
import { overTftp } from './over-tftp.js';
import type { FileSource } from './source.js';
import { tellProgress } from './transfers/progress.js';
import { type Say, Transfers } from './transfers/transfers.js';

/** What is served, where, to whom, and where it is told. */
export interface ServeOptions {
  /** Asked in this order; the first that has a file gives it. */
  sources: readonly FileSource[];
  /** Where to listen: one IPv4 or IPv6 address of this machine, or `0.0.0.0` for all. */
  address: string;
  /** `null`: no such server; 0: any free port. */
  httpPort: number | null;
  tftpPort: number | null;
  /** The options that set these, for messages. Absent: those of the command `serve`. */
  optionNames?: ListenOptionNames;
  /** Whether a client of that address may ask. Absent: everybody. */
  allow?: (address: string) => boolean;
  rates: RateLimits;
  /** Stores how transfers stand; called about once a second. */
  keep: Store['keepTransfers'];
  /** Shows a line: what was fetched, and what is wrong. */
  say: Say;
  /** Whether a line now and then tells what is under way. */
  showsProgress: boolean;
  /** HTTP connections at once. */
  mostConnections: number;
  /** TFTP transfers at once. */
  mostTransfers: number;
  clock: Clock;
}

/** Servers that are running. */
export interface RunningServer {
  readonly httpPort: number | null;
  readonly tftpPort: number | null;
  /** Transfers of a phone as they stand now, of which the store may not know yet. */
  unstored(mac: string): Transfer[];
  /** Whether it is certain that a phone has not come since an instant (by `Clock.monotonic`). */
  sawNothingOf(mac: string, address: string, since: number): boolean;
  /** Ends within a few seconds, whatever clients do. Returns what was cut off, one text each. */
  close(): Promise<string[]>;
}

/** A complaint of the same kind is shown once in so long (ms). */
const complainEveryMs = 60_000;

/**
 * Serves files over HTTP and TFTP, read-only.
 * @throws UsageError when a port or the address cannot be had; nothing is left listening then
 */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { sources, address, clock, keep, say, allow = () => true, mostConnections, mostTransfers } = options;
  const own = new Set(ownAddresses());
  const isOwn = (client: string): boolean => own.has(client);
  const transfers = new Transfers({ keep, clock, say, isOwn });
  const contacts = new Contacts(clock, isOwn);
  const rates = new ByteRates(options.rates, clock);
  const complain = nowAndThen(clock, (line) => say(line, true));
  const stopping = new AbortController();
  // Every transfer listens to it.
  setMaxListeners(0, stopping.signal);
  const pieces = new Pieces(rates.turnBytes);
  const closers: (() => Promise<void>)[] = [];
  const listening = async <S extends { port: number; close(): Promise<void> }>(
    place: Place,
    start: () => Promise<S>,
  ): Promise<number> => {
    try {
      const server = await start();
      closers.push(() => server.close());
      return server.port;
    } catch (error) {
      await Promise.all(closers.map((close) => close()));
      throw cannotListen(place, error, options.optionNames);
    }
  };
  const { httpPort: http, tftpPort: tftp } = options;
  const httpPort =
    http === null
      ? null
      : await listening({ protocol: 'http', address, port: http }, () =>
          startHttpServer({
            ...{ sources, allow, transfers, contacts, rates, pieces, clock, signal: stopping.signal },
            ...{ address, port: http, mostConnections },
            onTooMany: (client, most) => complain(`${client} was turned away: ${most} connections are open already.`),
          }),
        );
  const tftpPort =
    tftp === null
      ? null
      : await listening({ protocol: 'tftp', address, port: tftp }, () =>
          startTftpServer({
            ...overTftp(sources, transfers, contacts, (why) =>
              complain(`The TFTP port has a problem (${why}); it goes on.`),
            ),
            ...{ address, port: tftp, allow, clock, rates },
            maxTransfers: mostTransfers,
            // A site with many phones may be behind one address.
            maxTransfersPerClient: Math.ceil(mostTransfers / 2),
          }),
        );
  const endProgress = options.showsProgress ? tellProgress(transfers, clock, say) : () => {};
  return {
    httpPort,
    tftpPort,
    unstored: (mac) => transfers.unstored(mac),
    sawNothingOf: (...of) => contacts.sawNothingOf(...of),
    close: async () => {
      endProgress();
      const cutOff = transfers.howFar();
      stopping.abort();
      await Promise.all(closers.map((close) => close()));
      await transfers.close();
      return cutOff();
    },
  };
}

/** Each line at most once in a while. */
function nowAndThen(clock: Clock, say: (line: string) => void): (line: string) => void {
  const last = new Map<string, number>();
  return (line) => {
    const now = clock.monotonic();
    if (now - (last.get(line) ?? Number.NEGATIVE_INFINITY) < complainEveryMs) return;
    if (last.size > 100) last.clear();
    last.set(line, now);
    say(line);
  };
}
