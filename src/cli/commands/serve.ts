import { resolve } from 'node:path';
import { shippedModels } from '../../config/profiles/as-shipped.js';
import { indexFrom, type AddressRange, parseIpv4 } from '../../domain/network/ipv4.js';
import { refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import { isAnyAddress, ownAddresses } from '../../serve/addresses.js';
import { folderSource } from '../../serve/folder/folder.js';
import { type RunningServer, type ServeOptions, startServer } from '../../serve/server.js';
import type { FileSource } from '../../serve/source.js';
import { openStore } from '../../store/open-store.js';
import type { Store } from '../../store/store.js';
import { checkConvertWords, convertingFor } from '../convert/convert.js';
import { servedFolderProblem } from '../../conduct/options/checks/served-folder.js';
import type { ServeWords } from '../options/command-rows.js';
import type { Given } from '../../conduct/options/sources.js';
import { optionsOf } from '../../conduct/options/table.js';
import { placeOf } from '../../conduct/options/store-option.js';
import { offeredProblems, privateFiles } from '../../conduct/check/private-files.js';
import { openFilesLimit } from '../../conduct/check/open-files.js';
import { fittingServer, tidyTransfers, offeredLines, sourcesOf } from '../../conduct/serving/folder.js';
import { systemClock } from '../../conduct/system-clock.js';
import { exitCodes } from '../../conduct/exit-code.js';
import { say, untilStopped } from '../terminal/until-stopped.js';

/** A store that somebody else is writing to may hold up what is served no longer than this (ms). */
const busyMs = 1_000;

/** `serve DIR`: serves until it is stopped. @throws UsageError for what cannot be served, before anything listens */
export async function serveCommand(given: Given, words: ServeWords, folder: string): Promise<number> {
  const { settings } = given;
  const root = resolve(folder);
  if (!words.http && !words.tftp)
    throw new UsageError('--no-http and --no-tftp together leave nothing to serve over; leave one of them out.');
  checkConvertWords(words);
  const problem = await servedFolderProblem(root, 'serve');
  const offered = offeredProblems(root, privateFiles(given, optionsOf.store));
  refuseProblems(problem === null ? offered : [problem]);
  const store = await openStore({
    ...placeOf(settings),
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
  const folder = folderSource(root, systemClock, say);
  const offered = await offeredLines(root, folder, store);
  const models = await shippedModels();
  const sources = sourcesOf(folder, store, words.direction ?? words.convert, models);
  let httpPort: number | null = null;
  const served = { store, sources, models, names: await folder.namesBeside(''), httpPort: () => httpPort };
  const converting = await convertingFor(words, served);
  // Handled before it says that it is ready: a script may stop it right then.
  const stop = untilStopped();
  try {
    // Settings that are made come first: those of the folder would get round the list of phones that may have them.
    const all = converting === null ? sources : [converting.source, ...sources];
    const server = await startServer(serverOptions(all, store, words));
    httpPort = server.httpPort;
    for (const line of [...offered, ...(converting?.lines ?? []), ...placeLines(server, words.address)]) say(line);
    await tidyTransfers(store, say);
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
    ...fittingServer(openFilesLimit()),
    clock: systemClock,
  };
}

function allowing(ranges: readonly AddressRange[]): (address: string) => boolean {
  return (address) => {
    const ipv4 = parseIpv4(address);
    return ipv4 !== null && ranges.some((range) => indexFrom([range], ipv4) === 0 && range.first <= ipv4);
  };
}

/** Where phones are pointed to: a line for each address. */
function placeLines({ httpPort, tftpPort }: RunningServer, address: string): string[] {
  const isAny = isAnyAddress(address);
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
