import { noopMemory, type RunMemory } from '../../../src/fleet/memory/memory.js';
import { unpaced } from '../../../src/fleet/pacing/pacing.js';
import { loadMigrationProfile } from '../../../src/config/profiles/migration-profile.js';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { type Log, silentLog } from '../../../src/domain/ports/log.js';
import type { MigrationProfile } from '../../../src/domain/plan/migration-profile.js';
import type { PhoneFacts, UpgradeSettings } from '../../../src/domain/phone/facts.js';
import type { AnyEvent, RunEvent } from '../../../src/domain/report/events.js';
import type { RunReport } from '../../../src/domain/report/report.js';
import type { RunContext, RunOptions } from '../../../src/fleet/context.js';
import type { PreviousRun } from '../../../src/fleet/memory/resume.js';
import { runFleet, type RunHooks } from '../../../src/fleet/run/run-fleet.js';
import { StopControl } from '../../../src/fleet/stop-control.js';
import type { FileCheck } from '../../../src/files/file-check.js';
import type { Preflight } from '../../../src/files/preflight.js';
import type { PhoneByMac, TargetHint, TargetOutcome, TargetSource } from '../../../src/inventory/target.js';
import type { Look } from '../../../src/phones/phones.js';
import { FakeClock } from './fake-clock.js';
import { Network } from './network.js';

export const models = loadModels();
export const mppToEnterprise = loadMigrationProfile('mpp-to-enterprise', { models });
export const authorizeMpp = loadMigrationProfile('authorize-mpp', { models });
export const files = 'http://10.9.9.9:6970';
export const m2eLoad = 'sip88xx.14-2-1-0101-26';
export const stepUpLoad = 'sip88xx.12-0-3MPP0001-87';

export const emptySettings: UpgradeSettings = {
  upgradeRule: '',
  authorizationRule: '',
  authorizationType: 'Classic',
  authorizationTypesOffered: ['Classic', 'WxC'],
};

/** What the page of an 8841 on 12.0(3) shows, but for what is said otherwise. */
export function mpp(shown: Partial<PhoneFacts> = {}): PhoneFacts {
  return {
    family: 'multiplatform',
    mac: '00CCFC000001',
    model: '8841',
    productId: 'CP-8841-3PCC',
    vid: null,
    serial: 'FCH2012ABCD',
    softwareVersion: stepUpLoad,
    hardwareVersion: '5',
    transitionAuthorizationType: '',
    upgradeStatus: '',
    firmwareUpgradeRows: [],
    authorizationRows: [],
    busy: false,
    settings: emptySettings,
    settingsProblem: null,
    readFrom: '/admin/advanced',
    ...shown,
  };
}

/** The same phone after its move. */
export function enterprise(shown: Partial<PhoneFacts> = {}): PhoneFacts {
  return mpp({
    family: 'enterprise',
    productId: 'CP-8841',
    vid: 'V05',
    softwareVersion: m2eLoad,
    transitionAuthorizationType: null,
    upgradeStatus: null,
    settings: null,
    readFrom: '/DeviceInformationX',
    ...shown,
  });
}

export const phone = (facts: PhoneFacts): Look => ({ kind: 'phone', facts });

/** A file server that has everything, but for these. */
export function preflight(missing: { firmware?: string[]; license?: string[] } = {}): Preflight & { asked: string[] } {
  const asked: string[] = [];
  const ok = (url: string): FileCheck => ({ ok: true, url, bytes: 1, warnings: [] });
  const refuse = (url: string, code: 'firmware-missing' | 'license-missing'): FileCheck => ({
    ok: false,
    url,
    code,
    message: failure(code).message,
    warnings: [],
  });
  return {
    asked,
    firmware: async (url, load) => {
      asked.push(url);
      return missing.firmware?.includes(load) ? refuse(url, 'firmware-missing') : ok(url);
    },
    license: async (url, mac) => {
      asked.push(url);
      return missing.license?.includes(mac) ? refuse(url, 'license-missing') : ok(url);
    },
    anew: () => {},
  };
}

/** Targets of one /24 in memory, handed out one by one; `pulled` says how many were taken so far. */
export function targets(
  addresses: Iterable<string>,
  more: {
    hints?: Record<string, TargetHint>;
    scope?: string;
    excluded?: string[];
    unresolved?: string[];
    /** Those that somebody named; the others are of a subnet. */
    named?: readonly string[];
    /** `--limit N`. */
    most?: number;
    /** Phones that are asked for by MAC alone. */
    byMac?: Iterable<PhoneByMac>;
    scanned?: readonly string[];
    /** `--limit FILE`, by MAC. */
    takes?: readonly string[];
  } = {},
): TargetSource & { pulled: number } {
  const source = {
    pulled: 0,
    count: [...addresses].length,
    atMost: [...addresses].length,
    most: more.most ?? null,
    byMac: new Map([...(more.byMac ?? [])].map((phone) => [phone.hint.mac, phone])),
    scanned: more.scanned ?? ['--subnet 10.0.0.0/24'],
    scopes: ['10.0.0.0/24'],
    takes: (_target: unknown, mac: string | null) => more.takes === undefined || more.takes.includes(mac ?? ''),
    isExcluded: (address: string) => more.excluded?.includes(address) ?? false,
    warnings: [],
    async *[Symbol.asyncIterator](): AsyncGenerator<TargetOutcome, void, undefined> {
      for (const address of addresses) {
        source.pulled += 1;
        const target = {
          address,
          hint: more.hints?.[address] ?? {},
          scope: more.scope ?? '10.0.0.0/24',
          named: more.named?.includes(address) ?? false,
          source: 'test',
        };
        yield more.unresolved?.includes(address)
          ? { target, error: 'unresolved-host', reason: 'ENOTFOUND' }
          : { target };
      }
    },
  };
  return source;
}

/** `10.0.0.1`, `10.0.0.2`, … and on into `10.0.1.0`. */
export function addresses(count: number, from = 1): string[] {
  return Array.from({ length: count }, (_, index) => {
    const at = from + index;
    return `10.0.${at >> 8}.${at & 255}`;
  });
}

/** The `n`th MAC of the test fleet. */
export function mac(n: number): string {
  return `00CCFC${n.toString(16).toUpperCase().padStart(6, '0')}`;
}

export interface Setup {
  memory?: RunMemory;
  options?: Partial<RunOptions>;
  profile?: MigrationProfile | null;
  targets?: TargetSource;
  preflight?: Preflight;
  log?: Log;
  random?: () => number;
  clock?: FakeClock;
  network?: Network;
  notify?: (event: RunEvent) => void;
}

export interface Bench {
  clock: FakeClock;
  network: Network;
  stop: StopControl;
  context: RunContext;
  /** Loosely typed: tests look at what details of which events they like. */
  events: AnyEvent[];
  /** Runs the whole fleet, with time passing by itself. */
  go(hooks?: Partial<RunHooks>, previous?: PreviousRun | null): Promise<RunReport>;
}

/** Everything a run needs, scripted. Without more it converts Multiplatform phones to Enterprise. */
export function bench(setup: Setup = {}): Bench {
  const clock = setup.clock ?? new FakeClock();
  const network = setup.network ?? new Network(clock);
  const stop = new StopControl();
  const events: AnyEvent[] = [];
  const profile = setup.profile === undefined ? mppToEnterprise : setup.profile;
  const context: RunContext = {
    options: {
      profile,
      files,
      authorizationRule: null,
      dryRun: false,
      stepUp: true,
      allowBelowRecommended: false,
      skipPreflight: false,
      concurrency: 64,
      probeConcurrency: 512,
      timeoutMs: 3_000,
      pacing: unpaced,
      sites: [],
      ...setup.options,
    },
    targets: setup.targets ?? targets({ [Symbol.iterator]: () => network.places.keys() }),
    phones: network,
    models,
    preflight: setup.preflight ?? preflight(),
    clock,
    random: setup.random ?? (() => 0.5),
    log: setup.log ?? silentLog,
    memory: setup.memory ?? noopMemory,
    usually: () => 0,
    notify: (event) => {
      events.push(event);
      setup.notify?.(event);
    },
  };
  const summary = {
    id: 'test-run',
    profile: profile?.name ?? null,
    dryRun: context.options.dryRun,
    version: '0.0.0',
    preflightSkipped: context.options.skipPreflight,
    insecure: false,
  };
  return {
    clock,
    network,
    stop,
    context,
    events,
    go: (hooks = {}, previous = null) =>
      clock.run(
        runFleet(
          summary,
          context,
          stop,
          { confirm: async () => true, onProgress: () => {}, ...hooks },
          async () => previous,
        ),
      ),
  };
}

/** How many targets the outcomes of a report account for. */
export function sumOf({ totals }: RunReport): number {
  return Object.values(totals.byOutcome).reduce((sum, count) => sum + count, 0);
}
