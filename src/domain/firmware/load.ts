import { type FirmwareVersion, parseVersion } from './version.js';

/** The firmware families (guide G1); `transition` is the load a phone runs on its way between the other two. */
export type FirmwareFamily = 'enterprise' | 'multiplatform' | 'transition';

/** As sentences have it. */
export const familyName: Record<FirmwareFamily, string> = {
  enterprise: 'Enterprise',
  multiplatform: 'Multiplatform',
  transition: 'transition',
};

/** Patterns that tell a load's family by its name, in the order to try; from `profiles/models.yaml`. */
export interface LoadNamePattern {
  family: FirmwareFamily;
  pattern: RegExp;
}

/** A firmware load by its name, such as `sip88xx.14-2-1-0101-26`. */
export interface Load {
  /** Without `.loads`. */
  name: string;
  /** The hardware it is for: `sip78xx`, `sip7832`, `sip88xx`, `sip8832`, `sip8845_65`. */
  loadFamily: string;
  family: FirmwareFamily;
  version: FirmwareVersion;
}

/** Reads a load name, with or without `.loads`, also at the end of a URL; `null` when it is not one. */
export function parseLoad(text: string, patterns: readonly LoadNamePattern[]): Load | null {
  const name = loadName(text);
  const dot = name.indexOf('.');
  const loadFamily = name.slice(0, dot);
  if (dot < 1 || !/^sip[0-9a-z_]{3,12}$/i.test(loadFamily)) return null;
  const version = parseVersion(name);
  const family = patterns.find(({ pattern }) => pattern.test(name))?.family;
  return version && family ? { name, loadFamily, family, version } : null;
}

/** The bare load name in a name, file name or URL: no path, query or `.loads`. */
export function loadName(text: string): string {
  const path = text.trim().split(/[?#]/, 1)[0] ?? '';
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.loads$/i, '');
}

/** Whether two spellings name the same load: `sip8832.11-3-7MPP0001.272` is `sip8832.11-3-7MPP0001-272`. */
export function sameLoad(a: string, b: string): boolean {
  return spelled(a) === spelled(b);
}

function spelled(text: string): string {
  const [loadFamily = '', ...rest] = loadName(text).toLowerCase().split('.');
  return `${loadFamily}.${rest.join('-')}`;
}
