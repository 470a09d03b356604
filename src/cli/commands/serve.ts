import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { indexFrom, type AddressRange, parseIpv4 } from '../../domain/network/ipv4.js';
import { messageOf, readReason } from '../../domain/text/error-reason.js';
import { printable } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { parseLoads } from '../../files/loads.js';
import { ownAddresses } from '../../serve/addresses.js';
import { type Folder, folderSource } from '../../serve/folder/folder.js';
import { lookOver } from '../../serve/folder/overview.js';
import { overviewLines } from '../../serve/folder/overview-text.js';
import { heldLicenses } from '../../serve/licenses/held.js';
import { otherSpelling } from '../../serve/licenses/other-spelling.js';
import { rightDirection } from '../../serve/licenses/right-direction.js';
import { type RunningServer, type ServeOptions, startServer } from '../../serve/server.js';
import type { FileSource } from '../../serve/source.js';
import { openStore } from '../../store/file/open-store.js';
import type { Store } from '../../store/store.js';
import { checkConvertWords, convertingFor } from '../convert/convert.js';
import type { ServeWords } from '../options/command-rows.js';
import type { Given } from '../options/sources.js';
import { storePath } from '../options/store-option.js';
import { openFilesLimit } from '../run/open-files.js';
import { systemClock } from '../system-clock.js';
import { exitCodes, type StopSignal, stopSignals } from '../terminal/exit-code.js';
import { takesMore } from '../terminal/write-out.js';

/** Transfers older than this are forgotten (ms). */
const keptMs = 90 * 24 * 3_600_000;
/** A store that somebody else is writing to may hold up what is served no longer than this (ms). */
const busyMs = 1_000;
/** HTTP connections and TFTP transfers at once, if as many files may be open. */
const most = { mostConnections: 1_000, mostTransfers: 500 };
/** Open files for everything else. */
const otherFiles = 200;

/** `serve DIR`: serves until it is stopped. @throws UsageError for what cannot be served, before anything listens */
export async function serveCommand({ settings }: Given, words: ServeWords, folder: string): Promise<number> {
  const root = resolve(folder);
  if (!words.http && !words.tftp)
    throw new UsageError('--no-http and --no-tftp together leave nothing to serve over; leave one of them out.');
  checkConvertWords(words);
  await assertFolder(root);
  const store = await openStore({
    path: storePath(settings),
    clock: systemClock,
    thorough: true,
    busyTimeoutMs: busyMs,
  });
  try {
    return await serveWith(store, words, root);
  } finally {
    await store.close();
  }
}

async function serveWith(store: Store, words: ServeWords, root: string): Promise<number> {
  const overview = overviewLines(root, await lookOver(root, (content) => parseLoads(content).images));
  const held = (await store.licenses()).length;
  const folder = folderSource(root, systemClock, say);
  const sources = sourcesOf(folder, store, words);
  let httpPort: number | null = null;
  const served = { store, sources, names: await folder.namesBeside(''), httpPort: () => httpPort };
  const converting = await convertingFor(words, served);
  // Handled before it says that it is ready: a script may stop it right then.
  const stop = untilStopped();
  try {
    // Settings that are made come first: those of the folder would get round the list of phones that may have them.
    const all = converting === null ? sources : [converting.source, ...sources];
    const server = await startServer(serverOptions(all, store, words));
    httpPort = server.httpPort;
    const lines = [...overview, heldText(held, store.path), ...(converting?.lines ?? [])];
    for (const line of [...lines, ...placeLines(server, words.address)]) say(line);
    await forgetOld(store);
    say('Ready; press ctrl-C to stop.');
    const signal = await stop.asked;
    const cutOff = await server.close();
    say(cutOff.length === 0 ? 'Stopped; nothing was under way.' : `Stopped; cut off: ${cutOff.join(', ')}.`);
    return exitCodes[signal];
  } finally {
    stop.forget();
  }
}

function serverOptions(sources: readonly FileSource[], store: Store, words: ServeWords): ServeOptions {
  const { address, limitClient, limitTotal } = words;
  return {
    sources,
    address,
    httpPort: words.http ? words.httpPort : null,
    tftpPort: words.tftp ? words.tftpPort : null,
    ...(words.allow.length > 0 ? { allow: allowing(words.allow) } : {}),
    rates: {
      ...(limitTotal === null ? {} : { overall: limitTotal / 8 }),
      ...(limitClient === null ? {} : { perClient: limitClient / 8 }),
    },
    keep: store.keepTransfers,
    say,
    showsProgress: process.stdout.isTTY,
    ...fitting(openFilesLimit()),
    clock: systemClock,
  };
}

/** The folder's files under their exact names come first, then licenses that are held, then licenses of the folder in another spelling. */
function sourcesOf(folder: Folder, store: Store, { direction, convert }: ServeWords): FileSource[] {
  return [
    rightDirection(folder, store.licenseFiles),
    heldLicenses(store.licenseFiles, direction ?? convert),
    otherSpelling(folder),
  ];
}

/** @throws UsageError for what is no folder that can be read */
async function assertFolder(root: string): Promise<void> {
  const name = printable(root, 200);
  let isFolder: boolean;
  try {
    isFolder = (await stat(root)).isDirectory();
    if (isFolder) await access(root, constants.R_OK | constants.X_OK);
  } catch (error) {
    throw new UsageError(`serve ${name}: the folder cannot be served (${readReason(error)}).`, { cause: error });
  }
  if (!isFolder) throw new UsageError(`serve ${name}: this is no folder; name the folder that the files are in.`);
}

function allowing(ranges: readonly AddressRange[]): (address: string) => boolean {
  return (address) => {
    const ipv4 = parseIpv4(address);
    return ipv4 !== null && ranges.some((range) => indexFrom([range], ipv4) === 0 && range.first <= ipv4);
  };
}

/** What fits within the limit of open files: each connection and each transfer has a file beside it. */
function fitting(limit: number | null): typeof most {
  const pairs = limit === null ? Infinity : (limit - otherFiles) / 2;
  return {
    mostConnections: Math.min(most.mostConnections, Math.floor((pairs * 2) / 3)),
    mostTransfers: Math.min(most.mostTransfers, Math.floor(pairs / 3)),
  };
}

function heldText(held: number, path: string): string {
  return `${held} license${held === 1 ? ' is' : 's are'} held in ${printable(path)}.`;
}

/** Where phones are pointed to: a line for each address. */
function placeLines({ httpPort, tftpPort }: RunningServer, address: string): string[] {
  const isAny = address === '0.0.0.0' || address === '::';
  const own = ownAddresses();
  const reachable = own.filter((one) => !one.startsWith('127.'));
  const addresses = isAny ? (reachable.length > 0 ? reachable : own) : [address];
  return addresses.flatMap((one) => {
    const host = one.includes(':') ? `[${one}]` : one;
    return [
      ...(httpPort === null ? [] : [`  --files http://${host}:${httpPort}`]),
      ...(tftpPort === null ? [] : [`  --files tftp://${host}${tftpPort === 69 ? '' : `:${tftpPort}`}`]),
    ];
  });
}

async function forgetOld(store: Store): Promise<void> {
  try {
    await store.forgetTransfers(new Date(Date.now() - keptMs).toISOString());
  } catch (error) {
    say(`Old transfers could not be forgotten (${messageOf(error)}); serving goes on.`);
  }
}

/** `asked` resolves with the first signal that asks to stop; a second one ends the process, unless it is told to `forget`. */
function untilStopped(): { asked: Promise<StopSignal>; forget: () => void } {
  const handlers: (() => void)[] = [];
  const asked = new Promise<StopSignal>((resolve) => {
    for (const signal of stopSignals) {
      const handler = (): void => resolve(signal);
      process.once(signal, handler);
      handlers.push(() => process.off(signal, handler));
    }
  });
  return { asked, forget: () => handlers.forEach((remove) => remove()) };
}

function say(line: string): void {
  if (takesMore(process.stdout)) process.stdout.write(`${line}\n`);
}
