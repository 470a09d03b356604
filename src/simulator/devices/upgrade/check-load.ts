import type { Load } from '../../firmware.js';
import { isAtLeast, parseLoad } from '../../firmware.js';
import { readLoads } from '../../files/loads.js';
import { authorize } from './authorize.js';
import type { Device } from '../device.js';
import type { World } from '../world.js';

/** The result of a download: the new load, or why there is none. */
export type Download = { load: Load; reason: null } | { load: null; reason: string };

const failed = (reason: string): Download => ({ load: null, reason });

/** The load that a URL names, by its last part. Null when it names none. */
export function loadOf(url: string): Load | null {
  const path = url.split('?')[0] ?? '';
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.endsWith('.loads') ? parseLoad(name) : null;
}

/**
 * Everything a phone checks before it takes a load, in the order it would: the container, the family, the version
 * rules, the license, and each image (docs/knowledge/firmware.md#the-loads-file).
 */
export async function fetchLoad(device: Device, world: World, url: string): Promise<Download> {
  const container = await world.fetchFile(device, url);
  if (container.status !== 200)
    return failed(container.status === 0 ? 'http_get failed' : `http_get failed ${container.status}`);
  const load = loadOf(url);
  const content = readLoads(container.body);
  if (load === null || content === null) return failed('Bad image file');
  if (content.name !== `${load.name}.loads`) return failed('Image name mismatch');
  if (load.loadFamily !== device.traits.loadFamily) return failed('Image is not for this model');
  const refused = versionRule(device, load);
  if (refused !== null) return failed(refused);
  if (load.family === 'enterprise' && device.kind !== 'enterprise' && !(await mayLeave(device, world)))
    return failed('Transition authorization failed');
  for (const image of content.images) {
    const { status, body } = await world.fetchFile(device, new URL(image, url).href);
    if (status !== 200) return failed(`http_get failed ${status} ${image}`);
    if (body.length === 0) return failed(`Bad image file ${image}`);
  }
  if (device.behavior.upgradeResult === 'download-failed') return failed('Download interrupted');
  return { load, reason: null };
}

/** Why this phone may not take that load; null when it may. */
function versionRule(device: Device, load: Load): string | null {
  const current = parseLoad(device.state.load);
  const hardware = Number(device.spec.vid.slice(1));
  if (load.family === 'enterprise' && current?.family !== 'enterprise') {
    const direct = current?.family === 'multiplatform' && isAtLeast(current.version, 11, 3, 5);
    if (!direct) return 'Current firmware is too old for this image';
  }
  // In the other direction the one step begins at 14.1 (docs/knowledge/conversion.md#minimums).
  if (load.family === 'multiplatform' && current?.family === 'enterprise' && !isAtLeast(current.version, 14, 1, 0))
    return 'Current firmware is too old for this image';
  // The transition load is for those below, down to 12.5(1) (docs/knowledge/conversion.md#minimums).
  if (load.family === 'transition' && current?.family === 'enterprise' && !isAtLeast(current.version, 12, 5, 1))
    return 'Current firmware is too old for this image';
  const family = load.family === 'enterprise' ? 'enterprise' : 'multiplatform';
  const isTooOld = FLOORS.some(
    (floor) =>
      floor.models.test(device.model) &&
      hardware >= floor.from &&
      floor.family === family &&
      !isAtLeast(load.version, ...floor.least),
  );
  return isTooOld ? 'Image is too old for this hardware' : null;
}

/** Firmware floors of newer hardware (docs/knowledge/hardware.md#firmware-floors-of-newer-hardware). */
const FLOORS: readonly {
  models: RegExp;
  from: number;
  family: 'enterprise' | 'multiplatform';
  least: [number, number, number];
}[] = [
  { models: /^88(?:11|41|51|51NR|61)$/, from: 15, family: 'multiplatform', least: [11, 3, 3] },
  { models: /^88(?:11|41|51|51NR|61)$/, from: 15, family: 'enterprise', least: [12, 6, 1] },
  { models: /^7841$/, from: 18, family: 'multiplatform', least: [11, 3, 5] },
  { models: /^7841$/, from: 18, family: 'enterprise', least: [14, 0, 1] },
  { models: /^78(?:21|41|61)$/, from: 20, family: 'enterprise', least: [14, 0, 1] },
  { models: /^8832(?:NR)?$/, from: 8, family: 'multiplatform', least: [12, 0, 2] },
];

/** Texts of Product Information that allow a return without a license; other texts say nothing. */
const opensTheWayBack: ReadonlySet<string> = new Set(['Classic', 'WxC']);

/**
 * A known type in Product Information opens the way back; else the license must fit
 * (docs/knowledge/multiplatform-pages.md#product-information).
 */
async function mayLeave(device: Device, world: World): Promise<boolean> {
  if (!device.behavior.licenseCheck || opensTheWayBack.has(device.state.typeRow)) return true;
  return authorize(device, world, 'm2e');
}
