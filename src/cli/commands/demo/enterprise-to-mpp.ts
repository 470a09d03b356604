import { writeFileSync } from 'node:fs';
import { builtinScenarios, type Scenario, type SimulatedUcm, startSimulator } from '../../../simulator/index.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { conclude, type DemoStage, fleetMigrate, introduce, reportWords, say } from './stage.js';
import { left } from './left.js';

const subnet = '127.21.0.0/24';
/** Simulated seconds per second: an upgrade of seven minutes takes four seconds. Unified CM is asked every few of them all the same. */
const timeScale = 120;
/** So many that a list is one screen. */
const devices = 26;

/** Enterprise phones of a Unified CM that move to Multiplatform, from the first question to what is left. */
export async function enterpriseDemo(stage: DemoStage): Promise<void> {
  const scenario = builtinScenarios.enterprise({ subnet, seed: 1, phones: devices });
  const simulator = await startSimulator(scenario, { timeScale });
  try {
    const { ucm, httpPort, httpsPort } = simulator;
    if (ucm === undefined) throw new Error('the scenario has no Unified CM');
    const cluster = clusterWords(ucm);
    const store = ['--db', left.store];
    const files = ['--ucm-files-port', String(ucm.filesPort)];
    const network = [
      ...['--subnet', subnet, '--http-port', String(httpPort), '--https-port', String(httpsPort), '--insecure'],
      ...['--timeout', '2s', ...store],
    ];
    const step = (words: readonly string[], expected: number): Promise<void> =>
      fleetMigrate(stage, words, { expected, secrets: { UCM_PASSWORD: ucm.password } });

    introduce('A simulated Unified CM on this machine, and its phones', scenario, timeScale);
    say('The password of its user is in UCM_PASSWORD; it is never an argument.');
    say('\n1. Is all there? Who may ask, which loads its TFTP service gives. (Real phones ask at port 69.)');
    await step(['ucm', 'check', ...cluster, ...files, '--tftp-port', String(ucm.tftpPort)], exitCodes.ok);

    say('\n2. Which phones does it know, and where are they?');
    await step(['ucm', 'list', ...cluster], exitCodes.ok);

    say(
      '\n3. An audit. Most phones have their web server off, so their hardware version is not known: "unknown", not "no".',
    );
    await step(['audit', ...cluster, ...network], exitCodes.attention);

    // No Unified CM knows hardware versions.
    writeFileSync(left.labels, labelsOf(scenario), { mode: 0o600 });
    say(
      `\n4. Somebody has read all labels but one (${left.labels}). What would happen now? A dry run changes nothing.`,
    );
    const move = [...cluster, ...files, ...network, '--profile', 'enterprise-to-mpp', '--inventory', left.labels];
    // Some phones are made to be left alone, and some to fail: both runs should end with 1.
    await step([...move, '--dry-run'], exitCodes.attention);

    say(
      '\n5. The move: the load is set and applied on Unified CM, each phone is watched there and on the network, then licensed.',
    );
    const durations = ['--poll-interval', '2s', '--deadline', '22s', '--idle-wait', '2s'];
    await step([...move, '--yes', ...durations, ...reportWords], exitCodes.attention);

    say('\n6. What is left, and what to do about it.');
    await step(['report', '--lists', ...store], exitCodes.ok);
    conclude('fleet-migrate simulate --scenario enterprise');
  } finally {
    await simulator.close();
  }
}

/** `--ucm-insecure`, as the certificate of the simulated one is made up anew each time. */
function clusterWords({ host, port, username }: SimulatedUcm): string[] {
  return [
    ...['--ucm', host, '--ucm-port', String(port), '--ucm-username', username],
    ...['--ucm-password-env', 'UCM_PASSWORD', '--ucm-insecure'],
  ];
}

/** An inventory of hardware versions, by MAC. The label of the phone with odd settings was hidden behind its stand. */
function labelsOf({ phones }: Scenario): string {
  const read = phones.filter(({ load, name }) => load !== '' && name !== 'Odd settings');
  const rows = read.map(({ mac, vid }) => `${mac},${vid}`);
  return ['mac,vid', ...rows, ''].join('\n');
}
