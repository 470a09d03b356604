import { readFileSync, statSync } from 'node:fs';
import { shippedModels } from '../../config/profiles/as-shipped.js';
import { isLoopback } from '../../dashboard/access.js';
import { startDashboard } from '../../dashboard/dashboard.js';
import type { DashboardOptions } from '../../dashboard/options.js';
import type { LicensePlan } from '../../domain/licenses/plan.js';
import type { Direction } from '../../domain/phone/models.js';
import { codeOf, messageOf } from '../../domain/text/error-reason.js';
import { isUsageError, refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import { findPhones, planHeldLicenses } from '../../licenses/plan.js';
import { FollowedStore } from '../../store/file/followed-store.js';
import { openStore, openStoreToRead } from '../../store/open-store.js';
import { isAddress } from '../../store/place.js';
import type { Store } from '../../store/store.js';
import { readNamedPassword } from '../../conduct/options/access/named-password.js';
import type { DashboardWords } from '../options/command-rows.js';
import type { Given } from '../../conduct/options/sources.js';
import { existingStore, placeOf } from '../../conduct/options/store-option.js';
import { systemClock } from '../../conduct/system-clock.js';
import { exitCodes } from '../../conduct/exit-code.js';
import { printable } from '../../domain/text/printable.js';
import { onStandardError } from '../terminal/aside.js';
import { nextOfEarlier, whereWords } from '../next/command-words.js';
import { say, untilStopped } from '../terminal/until-stopped.js';

/** `dashboard`: shows the store as web pages until it is stopped. @throws UsageError before it listens */
export async function dashboardCommand(given: Given, words: DashboardWords): Promise<number> {
  const { settings } = given;
  const token = tokenOf(words);
  const { address, port } = words;
  if (!isLoopback(address) && token === null)
    throw new UsageError(
      `--address ${address} can be reached from other machines, so it needs a token: put one into a file (openssl rand -hex 24 > token) and name it with --token-file, or a variable with --token-env.`,
    );
  if (words.allowControl && token === null)
    throw new UsageError(
      '--allow-control lets somebody stop a run, so it needs a token that they give: name one with --token-file or --token-env.',
    );
  existingStore(settings);
  const place = placeOf(settings);
  // A wish is written.
  const open = words.allowControl ? openStore : openStoreToRead;
  const openIt = (): Promise<Store> => open({ ...place, clock: systemClock });
  // A database is the same one for days: what is lost are connections, and they are made anew.
  const store = isAddress(place.path) ? keptOpen(await openIt()) : new FollowedStore(place.path, openIt);
  try {
    // One that cannot be used is refused before anything listens.
    await store.use(() => Promise.resolve());
    return await showUntilStopped({
      ...{ store, address, port, token, isControlled: words.allowControl, clock: systemClock },
      ...{ where: whereWords(given), nextOf: (known, run) => nextOfEarlier(given, run, known), licensesFor },
    });
  } finally {
    await store.close();
  }
}

function keptOpen(store: Store): Pick<FollowedStore, 'use' | 'close'> {
  return { use: (work) => work(store), close: () => store.close() };
}

async function showUntilStopped(options: DashboardOptions): Promise<number> {
  const stop = untilStopped();
  const dashboard = await startDashboard(options).catch((error: unknown) => {
    throw notListening(error, options);
  });
  try {
    say(`  ${dashboard.url}`);
    if (!isLoopback(options.address))
      say(
        'The token and all pages go over the network as they are; put a server with TLS before it (docs/dashboard.md).',
      );
    say('Ready; press ctrl-C to stop.');
    return exitCodes[await stop.asked];
  } finally {
    stop.forget();
    await dashboard.close();
  }
}

/** Short enough to be tried out by a machine. */
const leastLength = 16;

/** @throws UsageError, which never repeats it */
function tokenOf({ tokenEnv, tokenFile }: DashboardWords): string | null {
  const problems: string[] = [];
  const named = readNamedPassword(
    { what: 'token', env: { name: 'token-env', value: tokenEnv }, file: { name: 'token-file', value: tokenFile } },
    { origin: { 'token-env': 'flag', 'token-file': 'flag' }, where: {} },
    { env: process.env, readFile: (path) => readFileSync(path, 'utf8') },
    problems,
  );
  refuseProblems(problems);
  if (named === null) return null;
  if (named.password.length < leastLength)
    throw new UsageError(
      `The token that --${tokenEnv === null ? 'token-file' : 'token-env'} names has fewer than ${leastLength} characters, and could be guessed; make one with openssl rand -hex 24.`,
    );
  if (!/^[!-~]+$/.test(named.password))
    throw new UsageError(
      'The token holds blanks or letters that no header can carry, so no program could send it; make one with openssl rand -hex 24.',
    );
  if (tokenFile !== null && isForEverybody(tokenFile))
    onStandardError.tell(
      `--token-file ${printable(tokenFile)} can be read by every user of this machine, and so anybody here may sign in: chmod 600 it.`,
    );
  return named.password;
}

/** Whether every user may read a file. On Windows rights are another matter. */
function isForEverybody(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & 0o004) !== 0;
}

/** Which licenses the phones of the last audit need; `null` where there is none. */
async function licensesFor(store: Store, direction: Direction): Promise<LicensePlan | null> {
  try {
    const found = await findPhones(store, { inventories: [], columns: [], fromRun: null }, systemClock);
    return await planHeldLicenses(store, found, direction, await shippedModels());
  } catch (error) {
    if (isUsageError(error)) return null;
    throw error;
  }
}

function notListening(error: unknown, { address, port }: Pick<DashboardOptions, 'address' | 'port'>): Error {
  const code = codeOf(error) ?? '';
  if (!/^E[A-Z]+$/.test(code)) return error as Error;
  const why: Record<string, string> = {
    EADDRINUSE: `port ${port} is in use already; choose another with --port`,
    EACCES: `this user may not listen at port ${port}; choose one above 1023 with --port`,
    EADDRNOTAVAIL: `${address} is no address of this machine; choose another with --address`,
  };
  return new UsageError(`The dashboard cannot listen: ${why[code] ?? messageOf(error)}.`, { cause: error });
}
