import { resolve } from 'node:path';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { Models } from '../../domain/phone/models.js';
import type { Log } from '../../domain/ports/log.js';
import { printable } from '../../domain/text/printable.js';
import { refuseProblems } from '../../domain/text/usage-error.js';
import type { TargetSource } from '../../fleet/run/assemble.js';
import { ownAddresses } from '../../serve/addresses.js';
import type { ListenOptionNames } from '../../serve/listening.js';
import { type RunningServer, startServer } from '../../serve/server.js';
import type { Transfer } from '../../store/store-rows.js';
import type { Store } from '../../store/store.js';
import { servedFolderProblem } from '../options/checks/served-folder.js';
import type { RunSettings } from '../options/table.js';
import { openFilesLimit } from '../check/open-files.js';
import type { Aside } from '../run/aside.js';
import { systemClock } from '../system-clock.js';
import { folderSource } from '../../serve/folder/folder.js';
import { fittingServer, tidyTransfers, offeredLines, sourcesOf } from './folder.js';
import { addressesTowards } from './own-address.js';

/** The file server of a run, while it runs. */
export interface Serving {
  /** The folder, absolute. */
  readonly root: string;
  readonly httpPort: number;
  /** `null`: none. */
  readonly tftpPort: number | null;
  /** So many open files it may have. */
  readonly openFiles: number;
  /** Transfers of a phone as they stand now, of which the store may not know yet. */
  unstored(mac: string): Transfer[];
  /**
   * Whether it is certain that a phone which was sent these rules has not come here since an instant (by `Clock.monotonic`).
   * @param rules as sent: all of them must name this server, by an address of this machine
   */
  sawNothingOf(phone: { mac: string; address: string; rules: readonly string[] }, since: number): boolean;
  /** What it has to tell goes there from now on; `null`: troubles are told aside, and the rest is kept for the next log. */
  tellTo(log: Pick<Log, 'info' | 'warn'> | null): void;
  /** Ends it, and tells what was cut off. */
  close(): Promise<void>;
}

/** What of a run's settings its file server needs. */
export type ServingSettings = Pick<RunSettings, 'serve' | 'serveHttpPort' | 'serveTftpPort' | 'files'>;

const optionNames: ListenOptionNames = {
  ...{ http: '--serve-http-port', tftp: '--serve-tftp-port', address: '--serve-at' },
  without: {
    http: 'serve the folder with a server of your own: leave --serve out and name that one with --files',
    tftp: 'leave it out',
  },
};

/** So many lines are kept while there is no log. */
const mostKept = 200;

/**
 * The host of this run's file server as phones are told: that of `--serve-at`, else this machine's address on the route to the targets.
 * @throws UsageError where there is none, or phones would need different ones
 */
export async function hostForPhones(
  { serve, serveAt, serveHttpPort }: Pick<RunSettings, 'serve' | 'serveAt' | 'serveHttpPort'>,
  targets: TargetSource,
  towards?: Parameters<typeof addressesTowards>[1],
): Promise<string> {
  if (serveAt !== null) return serveAt.host;
  const found = await addressesTowards(targets, towards);
  const [first, ...others] = [...found];
  const name = `--serve ${printable(serve ?? '', 200)}`;
  const port = serveHttpPort === 0 ? 'PORT' : serveHttpPort;
  if (first === undefined) {
    refuseProblems([
      `${name}: this machine has no route to any target, so phones cannot fetch from it; connect it, or name its address as phones reach it with --serve-at ADDRESS.`,
    ]);
  } else if (others.length > 0) {
    const seen = [first, ...others].slice(0, 3).map(([own, target]) => `${own} towards ${target}`);
    refuseProblems([
      `${name}: the targets reach this machine at different addresses (${seen.join(', ')}${found.size > 3 ? ' …' : ''}); name one that all of them reach with --files http://ADDRESS:${port}, or give each site its own files.`,
    ]);
  }
  return first?.[0] ?? '';
}

/**
 * Starts the file server of a run; returns once it listens.
 * @param host as phones are told, `null` where they are told another server
 * @throws UsageError for a folder or a port that cannot be had
 */
export async function serveForRun(
  { serve, serveHttpPort, serveTftpPort }: ServingSettings,
  { direction }: Pick<MigrationProfile, 'direction'>,
  store: Store,
  host: string | null,
  models: Models,
  { say, tell }: Aside,
): Promise<Serving> {
  const root = resolve(serve ?? '');
  const problem = await servedFolderProblem(root, '--serve');
  refuseProblems(problem === null ? [] : [problem]);
  const limit = openFilesLimit();
  const fitting = fittingServer(limit === null ? null : Math.floor(limit / 2));
  const told = tellLater(tell);
  // A name may lead elsewhere, and a host that is not ours does.
  const isOwn = host !== null && ownAddresses().includes(host);
  const folder = folderSource(root, systemClock, (line) => told.say(line, true));
  const server = await startServer({
    sources: sourcesOf(folder, store, direction === 'none' ? null : direction, models),
    // Over TFTP phones expect the address that they asked.
    address: isOwn ? host : '0.0.0.0',
    ...{ httpPort: serveHttpPort, tftpPort: serveTftpPort, optionNames, rates: {}, keep: store.keepTransfers },
    ...{ say: told.say, showsProgress: false, clock: systemClock },
    ...fitting,
  });
  const httpPort = server.httpPort ?? serveHttpPort;
  const url = isOwn ? `http://${host}:${httpPort}/` : null;
  try {
    for (const line of [...(await offeredLines(root, folder, store)), listeningLine(server, isOwn ? host : null)])
      say(line);
    await tidyTransfers(store, told.say);
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    ...{ root, httpPort, tftpPort: server.tftpPort, tellTo: told.tellTo, unstored: server.unstored },
    sawNothingOf: ({ mac, address, rules }, since) =>
      url !== null && rules.every((rule) => rule.startsWith(url)) && server.sawNothingOf(mac, address, since),
    openFiles: limit === null ? 0 : (fitting.mostConnections + fitting.mostTransfers) * 2,
    close: async () => {
      const cutOff = await server.close();
      if (cutOff.length > 0) told.say(`The file server of this run has ended; cut off: ${cutOff.join(', ')}.`, true);
    },
  };
}

/** Where it listens, over which protocols. @param at `null`: at all addresses of this machine */
function listeningLine(
  { httpPort, tftpPort }: Pick<RunningServer, 'httpPort' | 'tftpPort'>,
  at: string | null,
): string {
  const tftp = tftpPort === null ? 'not over TFTP (--serve-tftp-port 69 adds it)' : `over TFTP at port ${tftpPort}`;
  const joint = tftpPort === null ? ', ' : ' and ';
  return `Serving at ${at ?? 'all addresses of this machine'}: over HTTP at port ${httpPort ?? 0}${joint}${tftp}.`;
}

/** Takes lines at once, and gives them to a log as soon as there is one. */
function tellLater(
  tell: Aside['tell'],
): Pick<Serving, 'tellTo'> & { say: (line: string, isTrouble?: boolean) => void } {
  let to: Pick<Log, 'info' | 'warn'> | null = null;
  let kept: string[] = [];
  return {
    say: (line, isTrouble = false) => {
      if (to !== null) to[isTrouble ? 'warn' : 'info'](line);
      else if (isTrouble) tell(line);
      else kept = [...kept, line].slice(-mostKept);
    },
    tellTo: (log) => {
      to = log;
      if (log === null) return;
      for (const line of kept) log.info(line);
      kept = [];
    },
  };
}
