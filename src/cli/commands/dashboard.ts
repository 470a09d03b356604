import { readFileSync } from 'node:fs';
import { shippedModels, shippedMoves } from '../../config/profiles/as-shipped.js';
import { isLoopback } from '../../dashboard/access.js';
import { startDashboard } from '../../dashboard/dashboard.js';
import type { LicensePlan } from '../../domain/licenses/plan.js';
import type { Direction } from '../../domain/phone/models.js';
import { codeOf, messageOf } from '../../domain/text/error-reason.js';
import { isUsageError, refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import { findPhones, planHeldLicenses } from '../../licenses/plan.js';
import type { Store } from '../../store/store.js';
import { readNamedPassword } from '../../conduct/options/access/named-password.js';
import type { DashboardWords } from '../options/command-rows.js';
import type { Given } from '../../conduct/options/sources.js';
import { existingStore, readStore, withStore } from '../../conduct/options/store-option.js';
import { systemClock } from '../../conduct/system-clock.js';
import { exitCodes } from '../../conduct/exit-code.js';
import { say, untilStopped } from '../terminal/until-stopped.js';

/** `dashboard`: shows the store as web pages until it is stopped. @throws UsageError before it listens */
export async function dashboardCommand({ settings }: Given, words: DashboardWords): Promise<number> {
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
  const profileFor = await shippedMoves();
  existingStore(settings);
  // A wish is written.
  const useStore = words.allowControl ? withStore : readStore;
  return useStore(settings, async (store) => {
    const stop = untilStopped();
    const licensesFor = (direction: Direction): Promise<LicensePlan | null> => planFor(store, direction);
    const control = { token, isControlled: words.allowControl };
    const options = { store, address, port, ...control, clock: systemClock, profileFor, licensesFor };
    const dashboard = await startDashboard(options).catch((error: unknown) => {
      throw notListening(error, words);
    });
    try {
      say(`  ${dashboard.url}`);
      if (!isLoopback(address))
        say(
          'The token and all pages go over the network as they are; put a server with TLS before it (docs/dashboard.md).',
        );
      say('Ready; press ctrl-C to stop.');
      return exitCodes[await stop.asked];
    } finally {
      stop.forget();
      await dashboard.close();
    }
  });
}

/** Short enough to be tried out by a machine. */
const leastLength = 16;

/** @throws UsageError, which never repeats it */
function tokenOf({ tokenEnv, tokenFile }: DashboardWords): string | null {
  const problems: string[] = [];
  const named = readNamedPassword(
    { env: { name: 'token-env', value: tokenEnv }, file: { name: 'token-file', value: tokenFile } },
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
  return named.password;
}

/** Which licenses the phones of the last audit need; `null` where there is none. */
async function planFor(store: Store, direction: Direction): Promise<LicensePlan | null> {
  try {
    const found = await findPhones(store, { inventories: [], columns: [], fromRun: null }, systemClock);
    return await planHeldLicenses(store, found, direction, await shippedModels());
  } catch (error) {
    if (isUsageError(error)) return null;
    throw error;
  }
}

function notListening(error: unknown, { address, port }: DashboardWords): Error {
  const code = codeOf(error) ?? '';
  if (!/^E[A-Z]+$/.test(code)) return error as Error;
  const why: Record<string, string> = {
    EADDRINUSE: `port ${port} is in use already; choose another with --port`,
    EACCES: `this user may not listen at port ${port}; choose one above 1023 with --port`,
    EADDRNOTAVAIL: `${address} is no address of this machine; choose another with --address`,
  };
  return new UsageError(`The dashboard cannot listen: ${why[code] ?? messageOf(error)}.`, { cause: error });
}
