import { createWriteStream, readFileSync, type WriteStream } from 'node:fs';
import { messageOf } from '../../domain/text/error-reason.js';
import { nearestWord } from '../../domain/text/near-miss.js';
import { UsageError } from '../../domain/text/usage-error.js';
import {
  builtinScenarios,
  describeScenario,
  parseScenario,
  type Scenario,
  startSimulator,
  type Simulator,
} from '../../simulator/index.js';
import type { SimulateWords } from '../options/simulate-rows.js';
import { giveSound, type Words } from '../../conduct/options/sources.js';
import { optionsOf } from '../../conduct/options/table.js';
import { exitCodes, stopSignals } from '../../conduct/exit-code.js';
import { onStandardError } from '../terminal/aside.js';
import type { Simulated } from './simulate/of-run.js';
import { refuseMixed } from './simulate/which-phones.js';

/**
 * Runs a simulated network until it is interrupted.
 * @param parsed the command line as it was typed
 * @throws UsageError for an unusable scenario or run, or a port that is taken
 */
export async function simulateCommand(words: SimulateWords, parsed: Words): Promise<number> {
  refuseMixed(words, parsed);
  const simulated = await whatIsSimulated(words, parsed);
  const { scenario } = simulated;
  const log = requestLog(words.requestLog);
  const simulator = await start(simulated, words, log);
  for (const remark of simulated.remarks) onStandardError.tell(remark);
  // Handles the signal before it prints "Ready": a script may stop it right then.
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of stopSignals) process.once(signal, () => resolve());
  });
  const counts = Object.entries(describeScenario(scenario)).map(([kind, count]) => `${count} ${kind}`);
  process.stdout.write(
    [
      `${scenario.name}: ${scenario.phones.length} devices in ${scenario.subnet} (${counts.join(', ')})`,
      `http port ${simulator.httpPort}, https port ${simulator.httpsPort}, files ${simulator.files.url}`,
      ...ucmLines(simulator),
      ...simulated.ready(simulator),
      'Ready; press ctrl-C to stop.',
      '',
    ].join('\n'),
  );
  await interrupted;
  await simulator.close();
  await new Promise<void>((resolve) => (log ? log.end(() => resolve()) : resolve()));
  return exitCodes.ok;
}

/** Where the Unified CM of a scenario is, if there is one. */
function ucmLines({ ucm }: Simulator): string[] {
  if (ucm === undefined) return [];
  const { host, port, filesPort, tftpPort, username } = ucm;
  return [
    `Unified CM ${host}, port ${port}, user ${username}; its files http://${host}:${filesPort} and tftp://127.0.0.1:${tftpPort}`,
  ];
}

async function whatIsSimulated(words: SimulateWords, parsed: Words): Promise<Simulated> {
  if (words.fromRun === null) return { scenario: scenarioOf(words), remarks: [], ready: () => [] };
  // Only a run has to do with a store, and with the configuration that may name it.
  const given = await giveSound(parsed, optionsOf.store, { withSecrets: false });
  const { simulatedRun } = await import('./simulate/of-run.js');
  return simulatedRun(given, words, words.fromRun);
}

function scenarioOf(words: SimulateWords): Scenario {
  const { scenario: name, subnet, phones, seed } = words;
  const builtin = Object.hasOwn(builtinScenarios, name) ? builtinScenarios[name] : null;
  if (!builtin) return scenarioFile(name);
  if (!/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}\/\d{1,2}$/.test(subnet)) {
    throw new UsageError(
      `--subnet ${subnet}: simulated phones live on this machine; give a CIDR in 127.0.0.0/8, such as 127.20.0.0/24.`,
    );
  }
  try {
    return builtin({ subnet, seed, ...(phones === null ? {} : { phones }) });
  } catch (error) {
    throw new UsageError(`--scenario ${name}: ${messageOf(error)}`, { cause: error });
  }
}

function scenarioFile(path: string): Scenario {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const names = Object.keys(builtinScenarios).join(', ');
    const meant = nearestWord(path, Object.keys(builtinScenarios));
    const guess = meant === null ? '' : ` Did you mean ${meant}?`;
    throw new UsageError(`--scenario ${path} is neither a file that can be read nor one of ${names}.${guess}`, {
      cause: error,
    });
  }
  try {
    return parseScenario(text, path);
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

function requestLog(path: string | null): WriteStream | null {
  if (path === null) return null;
  const stream = createWriteStream(path, { flags: 'a' });
  stream.on('error', (error) =>
    process.stderr.write(`fleet-migrate: the request log ${path} cannot be written (${error.message}).\n`),
  );
  return stream;
}

async function start(
  { scenario, takes }: Pick<Simulated, 'scenario' | 'takes'>,
  words: SimulateWords,
  log: WriteStream | null,
): Promise<Simulator> {
  const { httpPort, httpsPort, filesPort, ucmPort, ucmFilesPort, timeScale } = words;
  try {
    return await startSimulator(scenario, {
      ...{ httpPort, httpsPort, filesPort, ucmPort, ucmFilesPort, timeScale },
      ...(takes ? { takes } : {}),
      ...(log ? { onRequest: (entry) => void log.write(`${JSON.stringify(entry)}\n`) } : {}),
    });
  } catch (error) {
    const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new UsageError(
      `Port ${port ?? '?'} cannot be used (${code === 'EACCES' ? 'not allowed' : 'it is taken'}: ${message}); choose another, or 0 for any free one.`,
      { cause: error },
    );
  }
}
