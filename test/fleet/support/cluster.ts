import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import type { FormValues } from '../../../src/domain/plan/plan.js';
import { keptUpToDate } from '../../../src/fleet/unified-cm/listing.js';
import type { KnownInUcm, UcmAtWork } from '../../../src/fleet/unified-cm/ucm-at-work.js';
import type { Look, OnIntent, WriteResult } from '../../../src/phones/phones.js';
import { UcmError, type UcmChange, type UcmRegistration, type UcmSettings } from '../../../src/ucm/ucm.js';
import type { FakeClock } from './fake-clock.js';
import { loadUnifiedCm } from '../../../src/config/profiles/unified-cm.js';
import { emptySettings, enterprise, mac as macOf, models, mpp, phone } from './fleet.js';
import { fails, type Network, type Place } from './network.js';

/** How a scripted phone of a Unified CM behaves. */
export interface UcmManner {
  /** Its load when the run begins. */
  load: string;
  /** Whether its own web server is on while it runs Enterprise firmware. `resets`: it is off, and takes connections only to break them. */
  web: boolean | 'resets';
  registered: UcmRegistration['registered'];
  /** What becomes of a load that is applied. */
  after: 'takes' | 'stays' | 'download-fails' | 'vanishes' | 'moves';
  /** How a change of its settings ends. */
  change: 'ok' | 'refused' | 'busy-once' | 'lost-but-made' | 'lost-not-made';
  apply: 'ok' | 'lost';
  /** Whether it authorizes what its page is given. */
  licensed: boolean;
  upgradeMs: number;
  /** For how long of that it restarts, at its end. Absent: half of it. */
  awayMs?: number;
  /** What Unified CM shows while it fetches. */
  shows: UcmRegistration['download'];
  /** The phone's own load in Unified CM when the run begins. */
  ownLoad: string | null;
  /** Unified CM goes on showing it registered on its old load when it has left. */
  stale: boolean;
}

/** What is wrong with Unified CM as a whole: it does not answer at all, or a node of its does not say what it has. */
type ClusterTrouble = 'away' | 'silent-node' | null;

const usual: UcmManner = {
  ...{ ownLoad: null, stale: false },
  ...{ load: 'sip88xx.14-2-1-0101-26', web: false, registered: 'yes', after: 'takes', change: 'ok', apply: 'ok' },
  ...{ licensed: true, upgradeMs: 300_000, shows: 'upgrading' },
};

/** An 8841 that a scripted Unified CM knows. */
export class UcmPhoneActor implements Place {
  readonly manner: UcmManner;
  readonly mac: string;
  readonly name: string;
  settings: UcmSettings;
  /** What was asked of Unified CM for it, in order. */
  readonly asked: string[] = [];
  #load: string;
  #applied: { at: number; load: string } | null = null;
  #changes = 0;
  #form = emptySettings;
  #posted = false;

  constructor(
    private readonly cluster: Cluster,
    readonly n: number,
    manner: Partial<UcmManner> = {},
    readonly address = `10.0.0.${n}`,
  ) {
    this.manner = { ...usual, ...manner };
    this.mac = macOf(n);
    this.name = `SEP${this.mac}`;
    this.#load = this.manner.load;
    this.settings = { ownLoad: this.manner.ownLoad, vendorConfig: '<webAccess>1</webAccess>' };
    cluster.network.places.set(address, this);
    cluster.phones.set(this.name, this);
  }

  probe(): void {
    if (this.isMultiplatform() || (this.manner.web && !this.isAway())) return;
    fails('connect-refused');
  }

  look(): Look {
    this.#settle();
    if (this.isAway()) return fails('connect-timeout');
    if (!this.isMultiplatform()) {
      if (this.manner.web === 'resets') return fails('connect-reset');
      if (!this.manner.web) return fails('connect-refused');
      return phone(enterprise({ mac: this.mac, softwareVersion: this.#load, vid: 'V05' }));
    }
    return phone(this.#multiplatform());
  }

  #multiplatform(): PhoneFacts {
    const rule = this.#form.authorizationRule ?? '';
    const url = rule.replace('$MAU', this.mac);
    const message = this.manner.licensed ? 'Authorization Succeeded.' : 'Authorization refused';
    const code = this.manner.licensed ? '0' : '1';
    const at = '11/29/2026 22:00:00';
    const row = { code, at, url, message, text: `[${code}][${at}][${url}]${message}` };
    return mpp({
      mac: this.mac,
      softwareVersion: this.#load,
      settings: this.#form,
      ...(this.#posted ? { authorizationRows: [row] } : {}),
    });
  }

  async write(set: FormValues, onIntent: OnIntent): Promise<WriteResult> {
    const changes = [{ field: 'authorizationRule' as const, from: '', to: set.authorizationRule ?? '' }];
    const way = { way: 'partial-form', referer: false, manner: 'friendly', names: '' } as const;
    await onIntent(changes, [way]);
    this.#form = { ...this.#form, ...set };
    this.#posted = true;
    return { result: 'confirmed', changes, via: 'partial form', detail: 'answered 200', tried: [way], more: false };
  }

  registration(): UcmRegistration {
    this.#settle();
    const { registered, shows } = this.manner;
    const { stale } = this.manner;
    const isHere = stale || (!this.isMultiplatform() && !this.isAway());
    const isSilent = this.cluster.troubleNow() === 'silent-node';
    const told = isSilent ? 'unknown' : isHere ? registered : 'no';
    const fetching = this.#applied !== null && isHere && this.manner.after !== 'stays';
    const failed = this.#applied !== null && this.manner.after === 'download-fails' && this.#since() > 60_000;
    return {
      name: this.name,
      registered: told,
      status: told === 'yes' ? 'Registered' : 'UnRegistered',
      statusReason: null,
      activeLoad: told === 'yes' ? (stale ? this.manner.load : this.#load) : null,
      download: failed ? 'failed' : fetching ? shows : 'none',
      downloadFailure: failed ? 'File not found' : null,
      httpd: this.manner.web === true,
      address: told === 'yes' ? this.address : null,
      at: null,
      node: told === 'yes' ? 'cucm1' : null,
    };
  }

  change(change: UcmChange): void {
    this.asked.push(`change ${JSON.stringify(change)}`);
    this.#changes += 1;
    const how = this.#changes === 1 ? this.manner.change : 'ok';
    if (how === 'refused') throw new UcmError('ucm-refused', 'Unified CM said: no.', true);
    if (how === 'busy-once') throw new UcmError('ucm-busy', 'Unified CM is busy.', true);
    if (how === 'lost-not-made') throw new UcmError('ucm-answer-lost', 'No answer came.', false);
    this.settings = { ...this.settings, ...change };
    if (how === 'lost-but-made') throw new UcmError('ucm-answer-lost', 'No answer came.', false);
  }

  apply(): void {
    this.asked.push('apply');
    const isFirst = this.asked.filter((one) => one === 'apply').length === 1;
    if (this.manner.apply === 'lost' && isFirst) throw new UcmError('ucm-answer-lost', 'No answer came.', false);
    const load = this.settings.ownLoad ?? this.manner.load;
    if (load === this.#load) this.#applied = null;
    else this.#applied ??= { at: this.cluster.clock.monotonic(), load };
  }

  /** It restarts: neither registered nor on the network. */
  isAway(): boolean {
    const { upgradeMs, awayMs = upgradeMs / 2 } = this.manner;
    const isPast = this.#applied !== null && this.#since() >= upgradeMs - awayMs;
    if (this.manner.after === 'vanishes') return isPast;
    return isPast && this.#takes() && this.#since() < this.manner.upgradeMs;
  }

  isMultiplatform(): boolean {
    return this.#load.includes('MPP');
  }

  #since(): number {
    return this.cluster.clock.monotonic() - (this.#applied?.at ?? 0);
  }

  #takes(): boolean {
    return this.manner.after === 'takes' || this.manner.after === 'moves';
  }

  #settle(): void {
    if (this.#applied === null || !this.#takes() || this.#since() < this.manner.upgradeMs) return;
    this.#load = this.#applied.load;
    this.#applied = null;
    if (this.manner.after !== 'moves' || !this.isMultiplatform()) return;
    this.cluster.network.places.delete(this.address);
    this.cluster.network.places.set('10.0.0.200', this);
  }
}

/** A scripted Unified CM with scripted phones. */
export class Cluster {
  readonly phones = new Map<string, UcmPhoneActor>();
  /** How many requests its real-time service was sent. */
  requests = 0;
  /** What is wrong with it, by the time since the test began (ms). */
  trouble: (since: number) => ClusterTrouble = () => null;
  readonly #began: number;

  constructor(
    readonly clock: FakeClock,
    readonly network: Network,
  ) {
    this.#began = clock.monotonic();
  }

  troubleNow(): ClusterTrouble {
    return this.trouble(this.clock.monotonic() - this.#began);
  }

  #refuseIfAway(): void {
    if (this.troubleNow() === 'away') throw new UcmError('ucm-unreachable', 'Unified CM could not be asked.', true);
  }

  /** As a run has it after it has listed the phones. */
  atWork(): UcmAtWork {
    const actor = (name: string): UcmPhoneActor | undefined => this.phones.get(name);
    const known = [...this.phones.values()].map((one): [string, KnownInUcm] => {
      const product = { model: '8841', devicePool: 'Lobby', description: `Phone ${one.n}` };
      const phone = { name: one.name, mac: one.mac, ...product, load: one.manner.load, defaultLoad: one.manner.load };
      return [one.mac, { phone, registration: one.registration(), isBehindProxy: false }];
    });
    const phones = new Map(known);
    return {
      host: 'cucm1',
      phones,
      loadServerTags: ['loadServer'],
      webAccess: { setting: loadUnifiedCm(models).webAccess, isAllowed: false },
      registration: keptUpToDate({ phones }, async (name) => {
        this.requests += 1;
        await this.clock.wait(100);
        this.#refuseIfAway();
        const one = actor(name);
        if (!one) throw new UcmError('ucm-not-found', `${name} is not there.`, true);
        return one.registration();
      }),
      client: {
        settings: async (name) => {
          this.#refuseIfAway();
          return actor(name)?.settings ?? null;
        },
        change: async (name, change) => {
          this.#refuseIfAway();
          actor(name)?.change(change);
        },
        apply: async (name) => {
          this.#refuseIfAway();
          actor(name)?.apply();
        },
      },
    };
  }
}
