import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagePath } from '../../package-files.js';
import { builtinScenarios, describeScenario, startSimulator } from '../../simulator/index.js';
import { exitCodes } from '../terminal/exit-code.js';

const subnet = '127.20.0.0/24';
/** Simulated seconds per second: an upgrade of seven minutes takes seven seconds. */
const timeScale = 60;

/**
 * Starts a simulated fleet and runs the real command against it: first dry, then for real. Fails if either ends otherwise than it should.
 */
export async function demoCommand(): Promise<number> {
  const scenario = builtinScenarios.demo({ subnet, seed: 1 });
  const simulator = await startSimulator(scenario, { timeScale });
  const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-demo-'));
  try {
    const counts = Object.entries(describeScenario(scenario)).map(([kind, count]) => `${count} ${kind}`);
    say(`A simulated network on this machine: ${scenario.phones.length} devices in ${subnet} (${counts.join(', ')}).`);
    say(`Its time runs ${timeScale} times as fast. Nothing outside this machine is contacted.`);
    const common = [
      ...[
        '--subnet',
        subnet,
        '--http-port',
        String(simulator.httpPort),
        '--https-port',
        String(simulator.httpsPort),
        '--insecure',
      ],
      ...['--profile', 'mpp-to-enterprise', '--files', simulator.files.url, '--timeout', '2s', '--concurrency', '32'],
    ];
    say('\n1. What would happen? A dry run reads every phone, checks firmware and licenses, and writes nothing.');
    const dry = await fleetMigrate([...common, '--dry-run'], folder);
    say('\n2. The real run: the same plan, now carried out and watched until each phone is proven to be done.');
    const real = await fleetMigrate(
      [
        ...common,
        ...[
          '--yes',
          '--poll-interval',
          '1s',
          '--deadline',
          '14s',
          '--idle-wait',
          '2s',
          '--report',
          'demo-report.json',
          '--report',
          'demo-report.csv',
        ],
      ],
      folder,
    );
    say('\nThe full record of every phone is in demo-report.json and demo-report.csv.');
    say('The second run ended with exit code 1, which tells a nightly job that some phones need attention.');
    // Some simulated phones are made to fail, so both runs should end with 1.
    const asExpected = dry === exitCodes.attention && real === exitCodes.attention;
    if (!asExpected) say(`This is not how the demo should end (exit codes ${dry} and ${real}, not 1 and 1).`);
    return asExpected ? exitCodes.ok : exitCodes.internal;
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Keeps the user's configuration and store out of the demo. */
function demoEnvironment(folder: string): NodeJS.ProcessEnv {
  const rest = Object.entries(process.env).filter(([name]) => !name.startsWith('FLEET_MIGRATE_'));
  return {
    ...Object.fromEntries(rest),
    XDG_STATE_HOME: folder,
    XDG_CONFIG_HOME: folder,
    FLEET_MIGRATE_LOCK_FOLDER: join(folder, 'locks'),
  };
}

/** Runs this same program as its users do, and returns its exit code. */
function fleetMigrate(args: string[], folder: string): Promise<number | null> {
  say(`\n$ fleet-migrate ${args.join(' ')}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [packagePath('dist/main.js'), ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: demoEnvironment(folder),
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
}
