import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import {
  buildScenario,
  type DeviceGroup,
  type Scenario,
  type ScenarioDraft,
  type SimulatedUcm,
} from '../../src/simulator/index.js';
import { type Network, type NetworkOptions, startScenario } from './network.js';

/** A simulated network with its Unified CM, and how the command is pointed to both. */
export interface ClusterNetwork extends Network {
  readonly ucm: SimulatedUcm;
  /** Of the command: where Unified CM is and who asks it. */
  readonly askUcm: readonly string[];
  /** Of the process: the password. */
  readonly env: Readonly<Record<string, string>>;
  /** Loads that were set on a phone, in order; `''` for its model's default. */
  loadsSet(name: string): string[];
  /** Requests that changed something, in order: `updatePhone SEP…`. */
  changes(): string[];
  /** Resolves when every phone is registered again that has been told to restart. */
  phonesAreBack(): Promise<void>;
}

/** Starts these devices and their cluster in a subnet of `127.78.0.0/16`. */
export function startCluster(
  phones: readonly DeviceGroup[],
  { timeScale, timeout, strict, ...draft }: Partial<ScenarioDraft> & NetworkOptions = {},
): Promise<ClusterNetwork> {
  const scenario = buildScenario({ name: 'cluster', subnet: '127.78.0.0/27', seed: 78, phones, ucm: {}, ...draft });
  return startClusterOf(scenario, {
    ...(timeScale === undefined ? {} : { timeScale }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(strict === undefined ? {} : { strict }),
  });
}

/** The same for a whole scenario. */
export async function startClusterOf(scenario: Scenario, options: NetworkOptions = {}): Promise<ClusterNetwork> {
  const network = await startScenario(scenario, options);
  const { ucm } = network.simulator;
  if (ucm === undefined) throw new RangeError('the scenario has no Unified CM');
  const changing = new Set(['updatePhone', 'applyPhone', 'doDeviceReset', 'resetPhone', 'restartPhone']);
  return {
    ...network,
    ucm,
    askUcm: [
      ...['--ucm', ucm.host, '--ucm-port', String(ucm.port), '--ucm-files-port', String(ucm.filesPort)],
      ...['--ucm-username', ucm.username, '--ucm-password-env', 'UCM_PASSWORD', '--ucm-insecure'],
    ],
    env: { UCM_PASSWORD: ucm.password },
    loadsSet: (name) => {
      const device = `SEP${network.phone(name).mac}`;
      return ucm.requests.flatMap((entry) => (entry.device === device && entry.load !== undefined ? [entry.load] : []));
    },
    changes: () =>
      ucm.requests
        .filter(({ service, operation, device }) => service === 'axl' && changing.has(operation) && device !== '')
        .map(({ operation, device }) => `${operation} ${device}`),
    phonesAreBack: async () => {
      const told = new Set(
        ucm.requests.flatMap(({ operation, device }) => (operation === 'applyPhone' ? [device] : [])),
      );
      while ([...told].some((name) => !ucm.isRegistered(name))) await setTimeout(5);
    },
  };
}

/** An inventory with the labels of all phones of a scenario: what a person has read off them. */
export function labelsOf({ phones }: Pick<Scenario, 'phones'>, path: string): string {
  const rows = phones.filter(({ kind }) => kind === 'phone').map(({ mac, model, vid }) => `${mac},${model},${vid}`);
  writeFileSync(path, `mac,model,vid\n${rows.join('\n')}\n`);
  return path;
}
