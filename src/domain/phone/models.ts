import type { FirmwareVersion } from '../firmware/version.js';
import type { LoadNamePattern } from '../firmware/load.js';

export const directions = ['e2m', 'm2e'] as const;

export type Direction = (typeof directions)[number];

/** Where a value comes from; every value in `profiles/models.yaml` carries one. */
export interface Sourced {
  source: string;
  asOf: string;
}

/** What a model may do in one direction. */
export interface DirectionRule extends Sourced {
  allowed: boolean;
  /** Which rule says so, e.g. `G2`. */
  rule: string;
  /** Hardware versions (the number of `V03`) that may; absent = any. */
  vidFrom?: number;
  vidTo?: number;
  /** For people, e.g. why not. */
  text?: string;
}

export interface ModelRule {
  model: string;
  /** `null`: a phone we know of that has no load in either table. */
  loadFamily: string | null;
  e2m: DirectionRule;
  m2e: DirectionRule;
}

interface ModelWarning extends Sourced {
  rule: string;
  models: readonly string[];
  direction: Direction;
  vidFrom?: number;
  vidTo?: number;
  text: string;
}

/** The least source firmware for a direction. Below `absolute` the direct way does not exist; below `recommended` it is not advised. */
export interface Minimum extends Sourced {
  rule: string;
  direction: Direction;
  kind: 'absolute' | 'recommended';
  version: FirmwareVersion;
  /** Load families that have another minimum. */
  except: Readonly<Record<string, FirmwareVersion>>;
  /** The rule that says so; absent: the same. */
  exceptRule?: string | undefined;
}

/** The oldest firmware that some hardware versions can run. */
interface HardwareFloor extends Sourced {
  rule: string;
  models: readonly string[];
  vidFrom: number;
  family: 'enterprise' | 'multiplatform';
  version: FirmwareVersion;
}

/** What is ordered for a phone of these load families to move in a direction. */
export interface LicenseOrder extends Sourced {
  rule: string;
  direction: Direction;
  loadFamilies: readonly string[];
  sku: string;
  /** The order number of its support. */
  supportSku: string;
}

/** `profiles/models.yaml`: which models may move, and what they need first. */
export interface Models {
  loadNames: readonly LoadNamePattern[];
  models: ReadonlyMap<string, ModelRule>;
  warnings: readonly ModelWarning[];
  minimums: readonly Minimum[];
  /** The least Multiplatform firmware to move an Enterprise phone to; `except`: load families that have another one. */
  multiplatformTargetFrom: Sourced & {
    rule: string;
    version: FirmwareVersion;
    except: Readonly<Record<string, FirmwareVersion>>;
  };
  /** The number that Unified CM gives each model: `683` for the 8841. */
  typeNumbers: Sourced & { numbers: ReadonlyMap<string, number> };
  hardwareFloors: readonly HardwareFloor[];
  /** From which Multiplatform version the web page tells whether a phone may return without a license (G10). */
  returnWithoutLicenseFrom: Sourced & {
    rule: string;
    version: FirmwareVersion;
    /** Texts that say yes. */
    types: readonly string[];
  };
  /** From which Multiplatform version the Transition Authorization fields exist. */
  authorizationFieldsFrom: Sourced & { rule: string; version: FirmwareVersion };
  licenses: {
    orders: readonly LicenseOrder[];
    /** How names of files and folders of licenses say their direction. */
    words: readonly { direction: Direction; pattern: RegExp }[];
  };
}

/** The load families of all known models, each once: `sip78xx`, `sip8845_65`, … */
export function loadFamiliesOf({ models }: Pick<Models, 'models'>): string[] {
  return [...new Set([...models.values()].flatMap(({ loadFamily }) => loadFamily ?? []))];
}

/** The number in `V03`; `null` for anything else. */
export function vidNumber(vid: string | null): number | null {
  const match = /^V(\d{1,3})$/i.exec(vid?.trim() ?? '');
  return match ? Number(match[1]) : null;
}

/** A hardware version as labels write it: `V03`. */
export function vidText(vid: number): string {
  return `V${String(vid).padStart(2, '0')}`;
}

/** Whether a hardware version lies in a range; `null` when the version is not known and the range matters. */
export function vidInRange(vid: number | null, from?: number, to?: number): boolean | null {
  if (from === undefined && to === undefined) return true;
  if (vid === null) return null;
  return vid >= (from ?? 0) && vid <= (to ?? Number.POSITIVE_INFINITY);
}

/** `V03 to V24`, `V04 or later`, `any`. */
export function vidRangeText(from?: number, to?: number): string {
  if (from === undefined && to === undefined) return 'any';
  if (to === undefined) return `${vidText(from ?? 0)} or later`;
  return from === undefined ? `${vidText(to)} or earlier` : `${vidText(from)} to ${vidText(to)}`;
}
