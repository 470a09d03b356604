import type { Store } from '../../store/store.js';
import { type PackedSnapshot, unpack } from '../record/snapshot.js';
import { deviceName } from './ucm-at-work.js';

/** Phones whose load a run named on Unified CM and did not watch to its end. */
export interface LeftLoads {
  run: string;
  /** `SEP` and the MAC. */
  names: string[];
}

/** What runs that were cut off or stopped have left under way on a Unified CM, the latest run first. */
export async function leftLoads(
  store: Pick<Store, 'unfinishedRuns' | 'targetsOf'>,
  host: string,
): Promise<LeftLoads[]> {
  const left: LeftLoads[] = [];
  for (const { id, settings } of await store.unfinishedRuns()) {
    if (hostOf(settings) !== host.toLowerCase()) continue;
    const names: string[] = [];
    for await (const { mac, snapshot } of store.targetsOf(id)) {
      if (mac === null || snapshot === null) continue;
      if (unpack(snapshot as PackedSnapshot).underWay?.step.step === 'load') names.push(deviceName(mac));
    }
    if (names.length > 0) left.push({ run: id, names: names.sort() });
  }
  return left;
}

/** The Unified CM of a stored run, in lower case. */
function hostOf(settings: unknown): string | null {
  const { args } = settings as { args?: { ucm?: unknown } };
  return typeof args?.ucm === 'string' ? args.ucm.toLowerCase() : null;
}
