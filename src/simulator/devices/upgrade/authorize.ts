import { phoneDate } from '../../clock.js';
import { parseLoad } from '../../firmware.js';
import { type Direction, licenseFits } from '../../files/licenses.js';
import { expandMacros, phoneMacros } from '../../macros.js';
import { hasTypeRow } from '../../markup/layout-info.js';
import type { FailureText } from '../../scenario/scenario.js';
import type { Device } from '../device.js';
import type { World } from '../world.js';

/** A rule as the phone understands it: macros expanded. */
export function effectiveRule(device: Device, rule: string): string {
  const { mac, model, spec, address, state } = device;
  const { serial, hardware } = spec;
  return expandMacros(rule.trim(), phoneMacros({ mac, model, serial, hardware, address, load: state.load }));
}

/**
 * Fetches the license of the authorization rule, checks it, writes the status row and, when it fits, fills in the
 * row of Product Information with the chosen type. Returns whether it fitted. Without a rule: false, and no row.
 */
export async function authorize(device: Device, world: World, direction: Direction): Promise<boolean> {
  const { state } = device;
  const url = effectiveRule(device, state.authorizationRule);
  state.evaluatedAuthorization = authorizationKey(device);
  if (url === '' || device.behavior.authorizationResult === 'never') return false;
  const failure = await tryLicense(device, world, url, direction);
  const { code, text } = failure ?? { code: '0', text: world.scenario.texts.authorizationSucceeded };
  state.authorizationRows.unshift(`[${code}][${phoneDate(world.time.now())}][${url}]${text}`);
  state.authorizationRows.length = Math.min(state.authorizationRows.length, 3);
  if (failure !== null) return false;
  if (hasTypeRow(device.traits, parseLoad(state.load))) state.typeRow = state.authorizationType;
  return true;
}

/** What must change before a phone evaluates its authorization again: the expanded rule or the type. */
export function authorizationKey(device: Device): string {
  const rule = effectiveRule(device, device.state.authorizationRule);
  return rule === '' ? '' : `${device.state.authorizationType} ${rule}`;
}

async function tryLicense(
  device: Device,
  world: World,
  url: string,
  direction: Direction,
): Promise<FailureText | null> {
  const { texts } = world.scenario;
  const { status, body } = await world.fetchFile(device, url);
  switch (device.behavior.authorizationResult) {
    case 'refused':
      return texts.authorizationRefused;
    case 'not-found':
      return texts.authorizationNotFound;
    case 'no-connection':
      return texts.authorizationUnreachable;
    case 'ok':
    case 'never':
      break;
  }
  if (status === 0) return texts.authorizationUnreachable;
  if (status !== 200) return texts.authorizationNotFound;
  if (device.behavior.licenseCheck && !licenseFits(body, device.mac, direction)) return texts.authorizationRefused;
  return null;
}

const DAY_MS = 86_400_000;

/** Gives a phone the past its scenario states: a rule that was tried, licenses that succeeded. */
export function recallPast(device: Device, world: World): void {
  const { state, behavior } = device;
  const { authorizationSucceeded } = world.scenario.texts;
  const atFiles = (text: string): string => text.replaceAll('{files}', world.filesUrl);
  if (behavior.staleRule !== '') {
    state.upgradeRule = atFiles(behavior.staleRule);
    state.evaluatedUpgrade = effectiveRule(device, state.upgradeRule);
  }
  state.authorizationRows = behavior.previousRows.map((url, index) => {
    const date = phoneDate(world.time.now() - (30 + index) * DAY_MS);
    return `[0][${date}][${effectiveRule(device, atFiles(url))}]${authorizationSucceeded}`;
  });
}
