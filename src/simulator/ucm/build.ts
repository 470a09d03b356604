import { parseLoad } from '../firmware.js';
import { type FilesSpec, USUAL_FILES } from '../files/files-spec.js';
import type { PhoneSpec } from '../scenario/scenario.js';
import { type UcmFlags, USUAL_UCM_FLAGS } from './flags.js';
import type { UcmDeviceSpec, UcmNodeSpec, UcmRole, UcmSpec } from './spec.js';

/** The Unified CM of a scenario as people write it. */
export interface UcmDraft {
  version?: string | undefined;
  username?: string | undefined;
  password?: string | undefined;
  role?: UcmRole | undefined;
  nodes?: readonly UcmNodeSpec[] | undefined;
  pools?: readonly string[] | undefined;
  defaults?: Readonly<Record<string, string>> | undefined;
  devices?: readonly UcmDeviceSpec[] | undefined;
  files?: Partial<FilesSpec> | undefined;
  notYetServed?: readonly string[] | undefined;
  flags?: Partial<UcmFlags> | undefined;
}

/**
 * Fills in what a draft leaves open.
 * @throws RangeError for two devices of one name, and a flag that names a node that there is not
 */
export function buildUcm(draft: UcmDraft, phones: readonly PhoneSpec[]): UcmSpec {
  const spec: UcmSpec = {
    version: draft.version ?? '14.0.1.12900(161)',
    username: draft.username ?? 'fleet-migrate',
    password: draft.password ?? 'cucm-axl-1',
    role: draft.role ?? 'full',
    nodes: draft.nodes ?? [
      { name: '127.0.0.1', tftp: true },
      { name: '127.0.0.2', tftp: false },
    ],
    pools: draft.pools ?? ['Default'],
    defaults: draft.defaults ?? {},
    devices: draft.devices ?? [],
    files: { ...USUAL_FILES, ...draft.files },
    notYetServed: draft.notYetServed ?? [],
    flags: { ...USUAL_UCM_FLAGS, ...draft.flags },
  };
  refuseTwins(spec, phones);
  const names = new Set(spec.nodes.map(({ name }) => name));
  if (names.size < spec.nodes.length) throw new RangeError('two nodes of the Unified CM have the same name');
  const silent = spec.flags.risSilentNodes.find((name) => !names.has(name));
  if (silent !== undefined) throw new RangeError(`the Unified CM has no node ${silent} that could be silent`);
  return spec;
}

/** @throws RangeError when a phone of a scenario without Unified CM says what it is to one */
export function refuseUcmOfNone(groups: readonly { name?: string | undefined; ucm?: unknown }[]): void {
  const told = groups.find(({ ucm }) => ucm !== undefined);
  if (told !== undefined)
    throw new RangeError(`${told.name ?? 'a phone'} says what it is to Unified CM, but the scenario has no part ucm`);
}

function refuseTwins({ devices }: UcmSpec, phones: readonly PhoneSpec[]): void {
  const seen = new Set(phones.filter(({ ucm }) => ucm?.known === true).map(({ mac }) => `SEP${mac}`));
  for (const { name } of devices) {
    if (seen.has(name)) throw new RangeError(`two devices of the Unified CM are named ${name}`);
    seen.add(name);
  }
}

/** The own load that a phone has in the database from the start; empty: the default of its model. */
export function firstOwnLoad({ ucm, load }: PhoneSpec, defaultLoad: string): string {
  if (ucm === undefined) return '';
  if (ucm.load !== 'running') return ucm.load;
  return parseLoad(load)?.family === 'enterprise' && load !== defaultLoad ? load : '';
}
