import { parseLoad } from '../../firmware.js';
import type { Device } from '../device.js';
import { typeModelOf } from '../../ucm/numbers.js';
import type { World } from '../world.js';
import { effectiveRule } from './authorize.js';
import { loadOf } from './check-load.js';
import { applyProfile, readProfile } from './profile-xml.js';
import { afterSubmit, upgrade } from './upgrade.js';

/**
 * What a phone does that starts and is led to a server by DHCP option 150 (docs/knowledge/conversion.md#one-step-without-unified-cm): as Enterprise
 * it takes the load that its own settings name, else the default ones; once it is Multiplatform, its profile. Resolves when the profile is taken, or
 * when there is nothing to be had.
 */
export async function provision(device: Device, world: World, server: string): Promise<void> {
  if (device.kind === 'enterprise') {
    const load = await namedLoad(device, world, server);
    if (load !== null && load !== device.state.load) await upgrade(device, world, `${server}/${load}.loads`);
  }
  // One on a transition load asks as a Multiplatform phone does (docs/knowledge/conversion.md).
  if (device.kind !== 'multiplatform' && device.kind !== 'transition') return;
  const { model, mac } = device;
  for (const path of [`${model}-3PCC.xml`, `Cisco/CP-${model}-3PCC/${mac.toLowerCase()}.cfg`]) {
    const { status, body } = await world.fetchFile(device, `${server}/${path}`);
    const profile = status === 200 ? readProfile(body.toString('utf8')) : null;
    if (profile === null || !applyProfile(device, profile)) continue;
    const { state } = device;
    const upgradeUrl = effectiveRule(device, state.upgradeRule);
    // It runs that load already.
    if (loadOf(upgradeUrl)?.name === state.load) state.evaluatedUpgrade = upgradeUrl;
    state.looks += 1;
    afterSubmit(device, world);
    return;
  }
}

/** The load that settings name for this phone; `null`: none. */
async function namedLoad(device: Device, world: World, server: string): Promise<string | null> {
  const own = await text(device, world, `${server}/SEP${device.mac.toUpperCase()}.cnf.xml`);
  const number = typeModelOf(device.model);
  const named =
    own === null
      ? new RegExp(`<loadInformation${number} [^>]*>([^<]+)<`).exec(
          (await text(device, world, `${server}/XMLDefault.cnf.xml`)) ?? '',
        )
      : /<device>[^]*<loadInformation>([^<]+)<\/loadInformation>[^]*<\/device>/.exec(own);
  return parseLoad(named?.[1] ?? '')?.name ?? null;
}

async function text(device: Device, world: World, url: string): Promise<string | null> {
  const { status, body } = await world.fetchFile(device, url);
  return status === 200 ? body.toString('utf8') : null;
}
