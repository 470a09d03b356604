import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runs } from '../depth.js';

/** The shipped migration profiles, by name. */
export type ShippedProfile =
  'mpp-to-enterprise' | 'enterprise-to-mpp' | 'authorize-mpp' | 'webex-calling' | 'upgrade-mpp';

/** Where a shipped profile's file is. */
function shippedProfile(name: ShippedProfile): string {
  return join('profiles', 'migrations', `${name}.yaml`);
}

/** Waits that suit a simulated network at 400 times its speed. */
const quick: Readonly<Record<string, string>> = {
  pollInterval: runs('300ms', '100ms'),
  // 20 simulated seconds: settings are applied, nothing has rebooted.
  settle: '50ms',
  // 60 simulated seconds, as in the shipped ones.
  patience: '150ms',
  upgradeDeadline: '25s',
  authorizeDeadline: '15s',
  idleWait: '500ms',
  stopGrace: '500ms',
};

/**
 * Writes a shipped profile with shorter waits into `folder`. Returns its path. Its file name is the same, so that reports name it as they
 * name the original.
 */
export function quickProfile(
  folder: string,
  name: ShippedProfile,
  timing: Readonly<Record<string, string>> = {},
): string {
  const waits = { ...quick, ...timing };
  const text = readFileSync(shippedProfile(name), 'utf8').replace(
    /^( {2})(\w+): (\d+(?:ms|s|m|h))$/gm,
    (whole, indent: string, key: string) => (waits[key] === undefined ? whole : `${indent}${key}: ${waits[key]}`),
  );
  const path = join(folder, `${name}.yaml`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}
