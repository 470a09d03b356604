import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packagePath } from '../../../package-files.js';
import { describeScenario, type Scenario } from '../../../simulator/index.js';
import { left } from './left.js';

/** The options that leave the reports. */
export const reportWords = ['--report', left.html, '--report', left.json, '--report', left.csv] as const;

/** Where a demo happens. */
export interface DemoStage {
  /** For everything that the user keeps elsewhere and a demo does not leave: configuration, locks. */
  folder: string;
}

/** Thrown where a command of the demo ends otherwise than it should: what comes after it would show nothing, or claim what is not so. */
export class WrongEnd extends Error {}

/** A line of the demo's own. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/**
 * The demo's first words: what there is, and that nothing else is touched.
 * @param timeScale - simulated seconds per second
 */
export function introduce(what: string, scenario: Scenario, timeScale: number): void {
  const counts = Object.entries(describeScenario(scenario)).map(([kind, count]) => `${count} ${kind}`);
  say(`${what}: ${scenario.phones.length} devices in ${scenario.subnet} (${counts.join(', ')}).`);
  say(`Its time runs ${timeScale} times as fast. Nothing outside this machine is contacted.`);
}

/**
 * Shows one command and runs this same program with it, as its users do.
 * @param args - words of the command line
 * @throws WrongEnd
 */
export async function fleetMigrate(
  { folder }: DemoStage,
  args: readonly string[],
  { expected, secrets = {} }: { expected: number; secrets?: Record<string, string> },
): Promise<void> {
  const command = `fleet-migrate ${args.map(quoted).join(' ')}`;
  say(`\n$ ${command}\n`);
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [packagePath('dist/main.js'), ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...environment(folder), ...secrets },
    });
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== expected) throw new WrongEnd(`${command} ended with exit code ${code}, not ${expected}`);
}

/**
 * The demo's last words: what it has left, commands to look at that, and what no longer works.
 * @param network - the command that keeps a network as this one was
 */
export function conclude(network: string): void {
  say(
    `\nOpen ${left.html} in a browser: it shows the night, and each phone. The same is in ${left.json} and ${left.csv} for programs, and the runs are kept in ${left.store}. Look at them:`,
  );
  for (const words of ['runs', 'report', 'report --lists', 'report --group-by model,firmware', 'report --diff'])
    say(`  fleet-migrate ${words} --db ${left.store}`);
  say(
    `The simulated phones are gone now: what the runs above name to go on with would find nobody. ${network} keeps such a network to try it on.`,
  );
  if (process.env['npm_lifecycle_event'] === 'demo')
    say('(To have fleet-migrate as a command: npm run build && npm install --global .)');
  say('The last run ended with exit code 1, which tells a nightly job that some phones need attention.');
}

/** As it would be typed. */
function quoted(word: string): string {
  return /^[\w./:=,%@-]+$/.test(word) ? word : `'${word}'`;
}

/** Keeps the user's configuration and store out of the demo. */
function environment(folder: string): NodeJS.ProcessEnv {
  const rest = Object.entries(process.env).filter(([name]) => !name.startsWith('FLEET_MIGRATE_'));
  return {
    ...Object.fromEntries(rest),
    XDG_STATE_HOME: folder,
    XDG_CONFIG_HOME: folder,
    FLEET_MIGRATE_LOCK_FOLDER: join(folder, 'locks'),
  };
}
