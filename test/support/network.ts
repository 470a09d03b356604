import type {
  DeviceGroup,
  RequestLogEntry,
  Scenario,
  ScenarioDraft,
  SimulatedPhone,
  Simulator,
} from '../../src/simulator/index.js';
import { buildScenario, startSimulator } from '../../src/simulator/index.js';
import { isDeep } from './depth.js';

/** A simulated network that runs beside a test, and the options that point the command to it. */
export interface Network {
  readonly simulator: Simulator;
  readonly subnet: string;
  /** Address of the file server. */
  readonly files: string;
  /** Ports and trust: what every run against this network needs besides its targets. */
  readonly reach: readonly string[];
  /** The same with the whole subnet as targets. */
  readonly scan: readonly string[];
  /** The device of that name. Throws when there is none: a test must not pass because its phone is missing. */
  phone(name: string): SimulatedPhone;
  /** Every POST that any device received, in order. */
  posts(): RequestLogEntry[];
  /** What the client did that no client should do, one line each, under the device's name. */
  violations(): string[];
  close(): Promise<void>;
}

/** Simulated seconds per second, unless a test sets it: a conversion of seven minutes takes about one. */
const usualTimeScale = 400;

/** How a network is run, and how the command contacts it. */
export interface NetworkOptions {
  /** Simulated seconds in a second. */
  timeScale?: number;
  /**
   * For `--timeout`. A phone that hangs costs twice as long; a busy test machine may be slow itself. Addresses without a device refuse
   * at once and cost nothing.
   */
  timeout?: string;
  /**
   * Whether `close` rejects if the client broke a rule, also one that only a careful client knows. Default true: only a test with a reason
   * to break one turns it off; `violations()` lists them either way.
   */
  strict?: boolean;
  /** Passwords that the command is given and that no phone has: strict mode tells them apart in a Digest. */
  knownPasswords?: readonly string[];
}

/** Starts a network of these devices in `127.66.0.0/28` (14 addresses), or in a `/26` (62) if they are more. */
export function startNetwork(
  phones: readonly DeviceGroup[],
  { timeScale, timeout, strict, knownPasswords, ...draft }: Partial<ScenarioDraft> & NetworkOptions = {},
): Promise<Network> {
  const devices = phones.reduce((sum, { count = 1 }) => sum + count, 0);
  const subnet = devices > 12 ? '127.66.0.0/26' : '127.66.0.0/28';
  const scenario = buildScenario({ name: 'test', subnet, seed: 66, phones, ...draft });
  return startScenario(scenario, {
    ...(timeScale === undefined ? {} : { timeScale }),
    ...(timeout ? { timeout } : {}),
    ...(strict === undefined ? {} : { strict }),
    ...(knownPasswords ? { knownPasswords } : {}),
  });
}

/** Starts a network as its scenario describes it; with short pages at quick depth, since reading pages is most of the work. */
export async function startScenario(
  scenario: Scenario,
  { timeScale = usualTimeScale, timeout = '3s', strict = true, knownPasswords = [] }: NetworkOptions = {},
): Promise<Network> {
  const simulator = await startSimulator(scenario, { timeScale, strict, knownPasswords, shortPages: !isDeep });
  const { httpPort, httpsPort, files } = simulator;
  const ports = ['--http-port', String(httpPort), '--https-port', String(httpsPort)];
  // Nobody has signed the simulator's certificate.
  const reach = [...ports, '--insecure', '--timeout', timeout];
  return {
    simulator,
    subnet: scenario.subnet,
    files: files.url,
    reach,
    scan: ['--subnet', scenario.subnet, ...reach],
    phone: (name) => {
      const found = simulator.phones.find((phone) => phone.name === name);
      if (!found) throw new RangeError(`no device is called ${name}`);
      return found;
    },
    posts: () => simulator.log.filter(({ method }) => method === 'POST'),
    violations: () => simulator.phones.flatMap(({ name, violations }) => violations.map((text) => `${name}: ${text}`)),
    close: () => simulator.close(),
  };
}
