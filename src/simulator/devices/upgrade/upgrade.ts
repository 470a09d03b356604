import { phoneDate } from '../../clock.js';
import type { Load } from '../../firmware.js';
import { authorizationKey, authorize, effectiveRule } from './authorize.js';
import { fetchLoad, loadOf } from './check-load.js';
import type { Device } from '../device.js';
import { restart } from '../restart.js';
import { type Pace, paceOf } from './pace.js';
import type { World } from '../world.js';

/** How often a phone checks whether its call is over, in simulated seconds. */
const BUSY_LOOK = 5;

/**
 * Starts what a submit leads to, if anything: a reboot, an authorization, an upgrade. Rules whose
 * expanded text was evaluated before are not evaluated again (docs/knowledge/multiplatform-settings.md#when-a-phone-acts).
 */
export function afterSubmit(device: Device, world: World): void {
  // A running upgrade is never disturbed.
  if (device.state.phase !== 'idle') return;
  void followUp(device, world);
}

async function followUp(device: Device, world: World): Promise<void> {
  const { state, behavior } = device;
  const { timing } = world.scenario;
  if (behavior.vanishesOnSubmit) return vanish(device, world);
  if (behavior.rebootsOnSubmit) await restart(device, world, timing.shortReboot, 'Provisioning');
  const { looks } = state;
  const pace = paceOf(device, world, newUpgrade(device));
  await pace.begun();
  // A submit that came while this one waited evaluates both rules itself.
  if (looks !== state.looks || state.phase !== 'idle') return;

  const upgradeUrl = newUpgrade(device);
  const leavesFamily = loadOf(upgradeUrl)?.family === 'enterprise';
  // Towards Enterprise the license is checked as part of the upgrade; in the other direction, before it.
  if (!leavesFamily && authorizationKey(device) !== state.evaluatedAuthorization) {
    if (behavior.neverReturns && upgradeUrl === '') return leave(device);
    await authorize(device, world, 'e2m');
  }
  if (upgradeUrl !== '') await upgrade(device, world, upgradeUrl, pace);
}

/** The URL that its rule names and that it has not tried yet; empty: none. */
function newUpgrade(device: Device): string {
  const { state, behavior } = device;
  const url = effectiveRule(device, state.upgradeRule);
  return url === state.evaluatedUpgrade || behavior.upgradesDisabled ? '' : url;
}

/** Sends its pending response, then is gone for good. */
async function vanish(device: Device, world: World): Promise<void> {
  await world.time.sleep(world.scenario.timing.evaluate);
  leave(device);
}

function leave(device: Device): void {
  device.state.phase = 'gone';
  device.cutConnections();
}

/** Starts an upgrade to that URL at once, stored rules or not; a running one is never disturbed. */
export function startUpgrade(device: Device, world: World, url: string): void {
  if (device.state.phase === 'idle' && !device.behavior.upgradesDisabled) void upgrade(device, world, url);
}

/** Loads, writes and restarts; resolves when the phone is up again, on whatever load. */
export async function upgrade(
  device: Device,
  world: World,
  url: string,
  pace: Pace = paceOf(device, world, url),
): Promise<void> {
  const { state, behavior } = device;
  const { timing } = world.scenario;
  state.evaluatedUpgrade = url;
  state.failure = '';
  state.phase = 'waiting-for-idle';
  while (device.isBusy()) await world.time.sleep(BUSY_LOOK);

  state.phase = 'downloading';
  state.upgradeStatus = behavior.upgradeStatusText;
  const download = await fetchLoad(device, world, url);
  // Faulty files show at once; a failed download shows at its end.
  if (download.load !== null || behavior.upgradeResult === 'download-failed') {
    if (!behavior.needsNoDownload) await pace.fetched();
  }
  if (download.load === null) return fail(device, world, url, download.reason);
  state.phase = 'writing';
  if (!behavior.needsNoDownload) await pace.written();
  if (behavior.upgradeResult === 'write-failed') return fail(device, world, url, 'Flash write failed');
  await restart(device, world, pace.restart(), 'Upgrade', () => become(device, world, download.load));
  if (behavior.bootsTwice) {
    await world.time.sleep(timing.evaluate);
    await restart(device, world, timing.shortReboot, 'Upgrade');
  }
}

function fail(device: Device, world: World, url: string, reason: string): void {
  const { state } = device;
  const { upgradeFailed, statusAfterFailure } = world.scenario.texts;
  addRow(device, `[${phoneDate(world.time.now())}][${url}]${upgradeFailed}: ${reason}`);
  state.upgradeStatus = statusAfterFailure;
  state.failure = reason;
  state.phase = 'idle';
}

/** The phone as it is up again: on the new load or another, here or at another address. */
function become(device: Device, world: World, load: Load): void {
  const { state, behavior } = device;
  const before = state.load;
  const kindBefore = device.kind;
  const wrong = behavior.wrongVersionAfter;
  state.load = wrong === '' ? load.name : wrong === 'old' ? before : wrong;
  state.upgradeStatus = '';
  state.upgrades += 1;
  addRow(device, `[${phoneDate(world.time.now())}][${load.name}]${world.scenario.texts.upgradeSucceeded}`);
  if (device.kind === 'enterprise' || kindBefore === 'enterprise') {
    // A conversion is a factory reset (docs/knowledge/conversion.md#mpp-to-enterprise).
    Object.assign(state, { upgradeRule: '', authorizationRule: '', authorizationType: 'Classic', typeRow: '' });
    Object.assign(state, { evaluatedUpgrade: '', evaluatedAuthorization: '', firmwareRows: [], authorizationRows: [] });
    state.changed.clear();
    state.webOn = device.kind !== 'enterprise' || hasWebServer(device, world, kindBefore === 'enterprise');
  }
  if (behavior.otherAddressAfter) world.moveAway(device);
}

/** Whether a phone that is Enterprise now has its web server on: as Unified CM says, where that knows it. */
function hasWebServer(device: Device, world: World, wasEnterprise: boolean): boolean {
  const { state, behavior } = device;
  return world.ucm?.webAccessOf(device) ?? (wasEnterprise ? state.webOn : behavior.webAfterConversion);
}

function addRow(device: Device, row: string): void {
  device.state.firmwareRows.unshift(row);
  device.state.firmwareRows.length = Math.min(device.state.firmwareRows.length, 3);
}
