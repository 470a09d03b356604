import { createWriteStream, readFileSync, type WriteStream } from 'node:fs';
import { UsageError } from '../../domain/text/usage-error.js';
import {
  builtinScenarios,
  describeScenario,
  parseScenario,
  type Scenario,
  startSimulator,
  type Simulator,
} from '../../simulator/index.js';
import { type Arguments, numberOf, textOf } from '../options/arguments.js';
import { exitCodes, stopSignals } from '../terminal/exit-code.js';

/** Runs a simulated network until it is interrupted. @throws UsageError for an unusable scenario or a port that is taken */
export async function simulateCommand(args: Arguments): Promise<number> {
  const scenario = scenarioOf(args);
  const log = requestLog(textOf(args, 'request-log'));
  const simulator = await start(scenario, args, log);
  // Listening before it says so: whoever reads "Ready" may stop it at once.
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of stopSignals) process.once(signal, () => resolve());
  });
  const counts = Object.entries(describeScenario(scenario)).map(([kind, count]) => `${count} ${kind}`);
  process.stdout.write(
    [
      `${scenario.name}: ${scenario.phones.length} devices in ${scenario.subnet} (${counts.join(', ')})`,
      `http port ${simulator.httpPort}, https port ${simulator.httpsPort}, files ${simulator.files.url}`,
      'Ready; ctrl-C ends it.',
      '',
    ].join('\n'),
  );
  await interrupted;
  await simulator.close();
  await new Promise<void>((resolve) => (log ? log.end(() => resolve()) : resolve()));
  return exitCodes.ok;
}

function scenarioOf(args: Arguments): Scenario {
  const name = textOf(args, 'scenario') ?? 'demo';
  const builtin = Object.hasOwn(builtinScenarios, name) ? builtinScenarios[name] : null;
  if (!builtin) return scenarioFile(name);
  const subnet = textOf(args, 'subnet') ?? '127.20.0.0/24';
  if (!/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}\/\d{1,2}$/.test(subnet)) {
    throw new UsageError(
      `--subnet ${subnet}: simulated phones live on this machine; give a CIDR in 127.0.0.0/8, such as 127.20.0.0/24.`,
    );
  }
  const phones = args['phones'] === undefined ? {} : { phones: numberOf(args, 'phones', 1, 50_000) };
  try {
    return builtin({ subnet, seed: numberOf(args, 'seed', 0, 2_147_483_647), ...phones });
  } catch (error) {
    throw new UsageError(`--scenario ${name}: ${(error as Error).message}`, { cause: error });
  }
}

function scenarioFile(path: string): Scenario {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const names = Object.keys(builtinScenarios).join(', ');
    throw new UsageError(`--scenario ${path} is neither a file that can be read nor one of ${names}.`, {
      cause: error,
    });
  }
  try {
    return parseScenario(text, path);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
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

async function start(scenario: Scenario, args: Arguments, log: WriteStream | null): Promise<Simulator> {
  const scale = args['time-scale'];
  if (typeof scale !== 'number' || !(scale > 0 && scale <= 100_000))
    throw new UsageError('--time-scale must be a number above 0 and at most 100000.');
  try {
    return await startSimulator(scenario, {
      httpPort: numberOf(args, 'http-port', 0, 65_535),
      httpsPort: numberOf(args, 'https-port', 0, 65_535),
      filesPort: numberOf(args, 'files-port', 0, 65_535),
      timeScale: scale,
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
