/** What kind of firmware a load is. `old-multiplatform`: 10.x MPP, whose pages look like Enterprise ones (guide G1). */
export type FirmwareFamily = 'multiplatform' | 'enterprise' | 'transition' | 'old-multiplatform';

/** The parts of a load name, e.g. `sip88xx.12-0-3MPP0001-87`. */
export interface Load {
  name: string;
  loadFamily: string;
  family: FirmwareFamily;
  /** The three numbers of `12.0(3)`. For a transition load those of the MPP it is built from. */
  version: readonly [number, number, number];
}

/**
 * Parses a load name, with or without `.loads` at its end. Null for anything else.
 * On purpose independent of the command's own parser.
 */
export function parseLoad(text: string): Load | null {
  const name = text.replace(/\.loads$/i, '');
  const dot = name.indexOf('.');
  if (dot < 1) return null;
  const rest = name.slice(dot + 1);
  const numbers = /(\d+)[-.](\d+)[-.](\d+)/.exec(rest);
  if (numbers === null) return null;
  const version = [Number(numbers[1]), Number(numbers[2]), Number(numbers[3])] as const;
  return { name, loadFamily: name.slice(0, dot), family: familyOf(rest, version[0]), version };
}

function familyOf(rest: string, major: number): FirmwareFamily {
  if (rest.startsWith('TL')) return 'transition';
  if (!/MPP|MSR/.test(rest)) return 'enterprise';
  return major === 10 ? 'old-multiplatform' : 'multiplatform';
}

/** Whether `version` is `major.minor(patch)` or later. */
export function isAtLeast(version: Load['version'], major: number, minor: number, patch: number): boolean {
  const wanted = [major, minor, patch];
  for (const [index, part] of version.entries()) {
    const other = wanted[index] ?? 0;
    if (part !== other) return part > other;
  }
  return true;
}

/** The load a phone of that load family runs when a scenario names none: the minimum of guide G5. */
export function usualMultiplatformLoad(loadFamily: string): string {
  return loadFamily === 'sip8832' ? 'sip8832.12-0-3MPP0101-92' : `${loadFamily}.12-0-3MPP0001-87`;
}

/** The Enterprise load that guide G5 names for that load family. */
export function usualEnterpriseLoad(loadFamily: string): string {
  return `${loadFamily}.14-2-1-0101-26`;
}
