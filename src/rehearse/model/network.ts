import type { Socket } from 'node:net';
import { failure, type FailureCodeName } from '../../domain/failures/failure-codes.js';
import { loadName, parseLoad } from '../../domain/firmware/load.js';
import type { Models } from '../../domain/phone/models.js';
import type { PhoneFacts, UpgradeSettings } from '../../domain/phone/facts.js';
import type { FormChange, FormValues, StepName } from '../../domain/plan/plan.js';
import { type Clock, sleep } from '../../domain/ports/clock.js';
import { stepParts } from '../../domain/rehearsal/step-parts.js';
import type { StepTimes } from '../../domain/rehearsal/step-times.js';
import { asThePhoneFetches } from '../../fleet/plan/check-files.js';
import { readFileUrl, serverOf } from '../../files/servers/file-url.js';
import type { Look, Phones, Visit, WriteResult } from '../../phones/phones.js';
import { TransportError } from '../../transport/errors/transport-error.js';
import { Link } from './link.js';
import type { ModeledPhone } from './modeled-phone.js';
import { modeledWords } from './words.js';

/** How long a phone takes to accept a connection (ms): a guess. */
const connectMs = 10;

/** One for all: it is thrown a hundred thousand times in a night, and an error is slow to make. */
const silence = new TransportError('connect-timeout', failure('connect-timeout').message);

/** Firmware that a phone fetched. */
export interface Download {
  phone: ModeledPhone;
  server: string;
  bytes: number;
  /** How long it takes where the link has room for all (ms). */
  wantsMs: number;
  /** ms since the epoch. */
  from: number;
  /** When it had come; `null`: it has not yet. */
  to: number | null;
  /** How much of it has come by now. */
  fetched: () => number;
}

/** What a modeled phone is told to take. */
export interface Told {
  /** `null`: none. */
  load: string | null;
  /** Where that comes from. */
  url: string;
  license: { url: string; type: string | null } | null;
  /** Absent: by what it runs and takes. */
  step?: StepName;
}

/** What a modeled network is made from. */
export interface NetworkParts {
  /** By address. */
  phones: ReadonlyMap<string, ModeledPhone>;
  clock: Clock;
  models: Models;
  times: StepTimes;
  /** Between two looks at a phone under way, and from a post to reading back (ms). */
  pollMs: number;
  settleMs: number;
  /** How long an address without a phone keeps one waiting (ms). */
  timeoutMs: number;
  /** How long a phone takes to show a page (ms). */
  readMs: number;
  /** How much a phone fetches for a load. */
  bytes: number;
  /** Speed of the link from each file server (bits per second); `null`: it is never full. */
  link: number | null;
}

/** The phones of the last audit as a run sees them, without a network. */
export class ModeledNetwork implements Phones {
  readonly words = modeledWords;
  readonly downloads: Download[] = [];
  /** Modeled phones that did not answer when they were looked for, and how. */
  readonly unheard = new Map<ModeledPhone, FailureCodeName>();
  /** For how long connections were held since the first phone was told to do something (ms). */
  heldMs = 0;
  #isTold = false;
  readonly #links = new Map<string, Link>();

  constructor(private readonly parts: NetworkParts) {}

  readonly learned = (): void => {};

  async probe(address: string, patiently = false): ReturnType<Phones['probe']> {
    const { clock, timeoutMs } = this.parts;
    const phone = this.parts.phones.get(address);
    const there = phone?.shown().kind ?? 'silent';
    if (phone) this.#hears(phone, there);
    if (there === 'silent') await this.#silence(patiently ? 3 * timeoutMs : timeoutMs);
    if (there === 'off') refused();
    await sleep(clock, connectMs);
    const socket: Pick<Socket, 'destroy'> = { destroy: () => socket as Socket };
    return { endpoint: { scheme: 'http', port: 80 }, socket: socket as Socket };
  }

  #hears(phone: ModeledPhone, there: ReturnType<ModeledPhone['shown']>['kind']): void {
    if (there === 'silent') this.unheard.set(phone, 'connect-timeout');
    else if (there === 'off') this.unheard.set(phone, 'connect-refused');
    else this.unheard.delete(phone);
  }

  async visit<Result>(address: string, use: (visit: Visit) => Promise<Result>): Promise<Result> {
    const { clock } = this.parts;
    const [from, counts] = [clock.monotonic(), this.#isTold];
    try {
      return await this.#visit(address, use);
    } finally {
      if (counts) this.heldMs += clock.monotonic() - from;
    }
  }

  #visit<Result>(address: string, use: (visit: Visit) => Promise<Result>): Promise<Result> {
    const phone = this.parts.phones.get(address);
    const look = (): Promise<Look> => this.#look(phone);
    return use({
      look,
      hasSameStatus: async ({ facts }) => {
        const now = await look();
        // Nothing else of a modeled phone changes while it says so.
        return now.kind === 'phone' && now.facts.upgradeStatus === facts.upgradeStatus && now.facts.mac === facts.mac;
      },
      write: (set, onIntent) => this.#write(phone, set, onIntent),
    });
  }

  /** A phone is told to take a load, by its own page or by Unified CM, or to fetch a license. */
  tell(phone: ModeledPhone, told: Told): void {
    const { models, times, pollMs, clock, link, bytes } = this.parts;
    const { facts } = phone;
    if (facts === null) return;
    this.#isTold = true;
    const load = told.load === null ? null : parseLoad(told.load, models.loadNames);
    const usual: StepName = load === null ? 'authorize' : load.family === facts.family ? 'upgrade' : 'convert';
    const step = told.step ?? usual;
    const takesMs = times.of({ step, model: facts.model, load: load?.name ?? null }, phone.key, pollMs);
    const becomes = load && { family: load.family, load: load.name };
    phone.begins({ becomes, license: told.license, takesMs }, load !== null && link !== null);
    if (load === null) return;
    const wantsMs = takesMs * stepParts.fetched;
    const from = clock.now();
    const evenly = (): number => bytes * Math.min(1, (clock.now() - from) / wantsMs);
    const download: Download = {
      ...{ phone, server: serverOf(told.url), bytes, wantsMs, from },
      to: null,
      fetched: evenly,
    };
    this.downloads.push(download);
    const restMs = takesMs - wantsMs;
    const isThrough = (): void => {
      // However wide the link is, a phone takes no more than it can.
      download.to = Math.max(clock.now(), download.from + wantsMs);
      phone.fetched(restMs);
    };
    if (link === null) clock.after(wantsMs, isThrough);
    else {
      const come = this.#linkOf(download.server, link).fetch(bytes, isThrough);
      download.fetched = () => Math.min(evenly(), come());
    }
  }

  #linkOf(server: string, bitsPerSecond: number): Link {
    const known = this.#links.get(server);
    const link = known ?? new Link(bitsPerSecond, this.parts.clock);
    this.#links.set(server, link);
    return link;
  }

  async #look(phone: ModeledPhone | undefined): Promise<Look> {
    const { clock, timeoutMs, readMs } = this.parts;
    const shown = phone?.shown() ?? { kind: 'silent' };
    if (phone) this.#hears(phone, shown.kind);
    if (shown.kind === 'silent') return this.#silence(timeoutMs);
    if (shown.kind === 'off') return refused();
    await sleep(clock, readMs);
    return shown;
  }

  async #silence(ms: number): Promise<never> {
    await sleep(this.parts.clock, ms);
    throw silence;
  }

  async #write(
    phone: ModeledPhone | undefined,
    set: FormValues,
    onIntent: Parameters<Visit['write']>[1],
  ): Promise<WriteResult> {
    const facts = phone?.facts ?? null;
    const before = facts?.settings ?? null;
    if (!phone || facts === null || before === null)
      throw new TransportError('fields-missing', failure('fields-missing').message);
    const changes = changesOf(before, set);
    const tried: WriteResult['tried'] = [{ way: 'partial-form', referer: false, manner: 'friendly', names: '' }];
    await onIntent(changes, tried);
    phone.takeSettings({ ...before, ...set });
    this.tell(phone, toldBy(set, facts, phone.address));
    await sleep(this.parts.clock, this.parts.settleMs + this.parts.readMs);
    return { result: 'confirmed', changes, via: 'modeled', detail: 'taken', tried, more: false };
  }
}

/** Of a phone whose web server is off. */
function refused(): never {
  throw new TransportError('connect-refused', failure('connect-refused').message);
}

function changesOf(before: UpgradeSettings, set: FormValues): FormChange[] {
  return (['upgradeRule', 'authorizationRule', 'authorizationType'] as const).flatMap((field) => {
    const to = set[field];
    return to === undefined ? [] : [{ field, from: before[field] ?? '', to }];
  });
}

/** What settings make a phone do. */
function toldBy(set: FormValues, facts: PhoneFacts, address: string): Told {
  const urlOf = (rule: string): string => {
    const url = asThePhoneFetches(rule, facts, address);
    return typeof url === 'string' ? url : rule;
  };
  const { upgradeRule, authorizationRule, authorizationType } = set;
  const loads = upgradeRule === undefined ? null : readFileUrl(urlOf(upgradeRule)).shown;
  return {
    load: loads === null ? null : loadName(loads),
    url: loads ?? '',
    license:
      authorizationRule === undefined ? null : { url: urlOf(authorizationRule), type: authorizationType ?? null },
  };
}
