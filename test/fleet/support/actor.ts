import type { PhoneFacts, SettingName } from '../../../src/domain/phone/facts.js';
import type { FormChange, FormValues } from '../../../src/domain/plan/plan.js';
import { type TriedMethod, methodName } from '../../../src/domain/plan/write-methods.js';
import type { Look, OnIntent, SeenStatus, WriteResult } from '../../../src/phones/phones.js';
import { TransportError } from '../../../src/transport/errors/transport-error.js';
import type { FakeClock } from './fake-clock.js';
import { enterprise, mpp, phone } from './fleet.js';
import { fails, type Network, type Place } from './network.js';

/** How a scripted phone takes a post, and what becomes of it. */
export interface Manner {
  /** What the write says of itself. */
  write: WriteResult['result'] | 'lost' | 'throws' | 'not-sent-at-first';
  /** Whether the phone took the settings, where the write could not see that. */
  took: boolean;
  /** How long after a post it shows and does what it took (ms). */
  takesAfterMs: number;
  /** How many ways to write there are, and which of them, from 0, it takes anything by. */
  ways: number;
  heeds: number;
  /** What follows when it took them; `gives-up`: it is as before for a while, then silent. */
  after:
    | ('converts' | 'stays' | 'silent' | 'other-load' | 'says-failed' | 'moves' | 'replaced' | 'reverts' | 'falls-back')
    | 'gives-up';
  upgradeMs: number;
  /** What its status file shows: what the page does, what that showed before the write, or for ever what it showed when it was first asked. */
  statusFile: 'follows' | 'stands-still' | 'freezes' | 'missing';
}

const wellBehaved: Manner = {
  ...{ write: 'confirmed', took: true, takesAfterMs: 0, ways: 1, heeds: 0, after: 'converts', upgradeMs: 300_000 },
  statusFile: 'follows',
};

/** What the check between intent and request says where the phone is not the planned one any more. */
function notSent(): never {
  const error = new TransportError('phone-changed', 'its settings have changed');
  error.nothingSent = true;
  throw error;
}

/** A phone that lives on the scripted network: it takes settings, upgrades, restarts and comes back, or not. */
export class Actor implements Place {
  facts: PhoneFacts;
  readonly #first: PhoneFacts;
  readonly manner: Manner;
  posts = 0;
  intents = 0;
  #seenOnLoad = 0;
  /** What its status file showed first, where it changes no more. */
  #file: string | null = null;
  #postedAt: number | null = null;
  /** Where it is after it `moves`. */
  newAddress: string | null = null;
  #step: FormValues = {};
  /** What it was sent and has not taken yet. */
  #pending: { at: number; set: FormValues } | null = null;

  constructor(
    private readonly clock: FakeClock,
    private readonly network: Network,
    readonly address: string,
    facts: Partial<PhoneFacts> = {},
    manner: Partial<Manner> = {},
  ) {
    this.facts = mpp(facts);
    this.#first = this.facts;
    this.manner = { ...wellBehaved, ...manner };
    network.places.set(address, this);
  }

  look(): Look {
    if (this.#pending && this.clock.monotonic() >= this.#pending.at) this.#take(this.#pending.set, this.#pending.at);
    const { after, upgradeMs } = this.manner;
    const since = this.#postedAt === null ? null : this.clock.monotonic() - this.#postedAt;
    if (since === null || !this.manner.took || after === 'stays') return phone(this.facts);
    if (since < upgradeMs / 2) return phone({ ...this.facts, upgradeStatus: 'Upgrade in progress' });
    if (since < upgradeMs) return fails('connect-refused');
    if (after === 'gives-up' && since < upgradeMs * 2) return phone({ ...this.facts, upgradeStatus: '' });
    return this.#afterwards();
  }

  hasSameStatus({ facts }: SeenStatus): boolean {
    const { statusFile } = this.manner;
    if (statusFile === 'missing') return false;
    const status = ({ mac, softwareVersion, upgradeStatus }: PhoneFacts): string =>
      JSON.stringify([mac, softwareVersion, upgradeStatus]);
    if (statusFile === 'stands-still') return status(facts) === status(this.#first);
    const now = this.look();
    const shown = now.kind === 'phone' ? status(now.facts) : '';
    this.#file ??= shown;
    return status(facts) === (statusFile === 'freezes' ? this.#file : shown);
  }

  async write(set: FormValues, onIntent: OnIntent, tried: readonly TriedMethod[] = []): Promise<WriteResult> {
    const settings = this.facts.settings;
    const changes: FormChange[] = Object.entries(set).flatMap(([key, to]) => {
      const field = key as SettingName;
      const from = settings?.[field] ?? '';
      return from === to ? [] : [{ field, from, to }];
    });
    const { write, took, ways, heeds, takesAfterMs } = this.manner;
    if (tried.length >= ways) return fails('fields-missing');
    const form = tried.length < 2 ? 'partial-form' : 'full-form';
    const way = { way: form, referer: tried.length % 2 > 0, manner: 'friendly', names: '' } as const;
    const all = [...tried, way];
    this.intents += 1;
    await onIntent(changes, all);
    if (write === 'not-sent-at-first' && this.intents === 1) return notSent();
    this.posts += 1;
    const heard = took && tried.length === heeds;
    if (heard && takesAfterMs === 0) this.#take(set, this.clock.monotonic());
    else if (heard) this.#pending = { at: this.clock.monotonic() + takesAfterMs, set };
    if (write === 'lost') return fails('connection-lost');
    if (write === 'throws') throw new TypeError('a bug while writing');
    const takenAtOnce = heard && takesAfterMs === 0;
    const usual = write === 'confirmed' || write === 'not-sent-at-first';
    return {
      result: usual ? (takenAtOnce ? 'confirmed' : 'pending') : write,
      changes,
      via: methodName(way),
      detail: 'answered 200',
      tried: all,
      more: all.length < ways,
    };
  }

  #take(set: FormValues, at: number): void {
    this.#pending = null;
    this.#step = set;
    this.#postedAt = at;
    const { settings } = this.facts;
    if (settings) this.facts = { ...this.facts, settings: { ...settings, ...set } };
  }

  #afterwards(): Look {
    const load = /([^/]+)\.loads/.exec(this.#step.upgradeRule ?? '')?.[1] ?? '';
    const mppStep = load.includes('MPP');
    const { mac } = this.facts;
    switch (this.manner.after) {
      case 'converts':
        if (!mppStep) return phone(enterprise({ mac, softwareVersion: load }));
        // A step within the family: from here on it is an ordinary phone again, on newer firmware.
        this.facts = { ...this.facts, softwareVersion: load };
        this.#postedAt = null;
        return phone(this.facts);
      case 'other-load':
        return phone(enterprise({ mac, softwareVersion: 'sip88xx.12-5-1SR1-4' }));
      case 'says-failed':
        return phone({ ...this.facts, upgradeStatus: 'Upgrade failed: signature' });
      case 'reverts':
        return phone({ ...this.facts, upgradeStatus: '' });
      case 'falls-back':
        if ((this.#seenOnLoad += 1) === 1) return phone(enterprise({ mac, softwareVersion: load }));
        return phone({ ...this.facts, upgradeStatus: '' });
      case 'replaced':
        return phone(mpp({ mac: 'AABBCC000000' }));
      case 'moves':
        if (this.newAddress !== null)
          this.network.places.set(this.newAddress, { look: () => phone(enterprise({ mac, softwareVersion: load })) });
        return fails('connect-timeout');
      case 'stays':
      case 'silent':
      case 'gives-up':
        return fails('connect-timeout');
    }
  }
}
