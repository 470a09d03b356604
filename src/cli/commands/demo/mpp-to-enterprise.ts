import { builtinScenarios, startSimulator } from '../../../simulator/index.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { conclude, type DemoStage, fleetMigrate, introduce, reportWords, say } from './stage.js';
import { left } from './left.js';

const subnet = '127.20.0.0/24';
/** Simulated seconds per second: an upgrade of seven minutes takes seven seconds. */
const timeScale = 60;

/** Multiplatform phones that move to Enterprise: first dry, then for real. */
export async function mppDemo(stage: DemoStage): Promise<void> {
  const scenario = builtinScenarios.demo({ subnet, seed: 1 });
  const simulator = await startSimulator(scenario, { timeScale });
  try {
    introduce('A simulated network on this machine', scenario, timeScale);
    const { httpPort, httpsPort, files } = simulator;
    const common = [
      ...['--subnet', subnet, '--http-port', String(httpPort), '--https-port', String(httpsPort), '--insecure'],
      ...[
        '--profile',
        'mpp-to-enterprise',
        '--files',
        files.url,
        '--timeout',
        '2s',
        '--concurrency',
        '32',
        '--db',
        left.store,
      ],
    ];
    // Some simulated phones are made to fail, so both runs should end with 1.
    const expected = exitCodes.attention;
    say('\n1. What would happen? A dry run reads every phone, checks firmware and licenses, and writes nothing.');
    await fleetMigrate(stage, [...common, '--dry-run'], { expected });
    say('\n2. The real run: the same plan, now carried out and watched until each phone is proven to be done.');
    const durations = ['--poll-interval', '1s', '--deadline', '14s', '--idle-wait', '2s'];
    await fleetMigrate(stage, [...common, '--yes', ...durations, ...reportWords], { expected });
    conclude('fleet-migrate simulate');
  } finally {
    await simulator.close();
  }
}
