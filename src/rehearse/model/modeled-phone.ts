import type { Clock } from '../../domain/ports/clock.js';
import type { AuthorizationRow, PhoneFacts, UpgradeSettings } from '../../domain/phone/facts.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { Fate } from '../../domain/rehearsal/fate.js';
import { stepParts } from '../../domain/rehearsal/step-parts.js';
import type { FirmwareFamily } from '../../domain/firmware/load.js';
import { type Calls } from './calls.js';
import { said } from './words.js';

/** How an address of the last audit answers. */
export type Nature =
  | { kind: 'phone'; facts: PhoneFacts }
  | { kind: 'unreadable'; failure: Failure }
  | { kind: 'not-a-phone'; detail: string };

/** A step that a modeled phone has been told to do. */
export interface ToldStep {
  /** What it runs when it is through; `null`: no firmware is loaded. */
  becomes: { family: FirmwareFamily; load: string } | null;
  /** The URL of its license, as the phone expands it, and the type that it shows then; `null`: none. */
  license: { url: string; type: string | null } | null;
  /** Until it runs that (ms). */
  takesMs: number;
}

interface UnderWay extends ToldStep {
  /** By `Clock.monotonic`. */
  toldAt: number;
  /** When it is through; `null`: that waits for its firmware. */
  throughAt: number | null;
}

/** What a phone shows at one look. */
export type Shown = Nature | { kind: 'silent' };

/** One modeled phone: what it runs, what it was told, how this night goes for it. */
export class ModeledPhone {
  #nature: Nature;
  #underWay: UnderWay | null = null;
  /** It was not seen again. */
  #isGone = false;
  #isPageOff = false;

  constructor(
    readonly key: string,
    readonly address: string,
    nature: Nature,
    /** Its form once it has one, where none is known; and whether its page is off once it runs Enterprise firmware. */
    private readonly later: { form: UpgradeSettings; isPageOff: boolean },
    private readonly clock: Pick<Clock, 'now' | 'monotonic'>,
    private fate: Fate,
    private calls: Calls,
  ) {
    this.#nature = nature;
  }

  /** What it was last seen as; `null`: no phone was read here. */
  get facts(): PhoneFacts | null {
    return this.#nature.kind === 'phone' ? this.#nature.facts : null;
  }

  /** Whether there is a phone that could not be read, or not whole. */
  get isUnread(): boolean {
    return this.#nature.kind === 'unreadable' || (this.facts !== null && this.facts.settingsProblem !== null);
  }

  /** Whether nothing befalls it this night, so that it gets through what it is told, given time. */
  get isWell(): boolean {
    return this.fate === 'well' && !this.#isPageOff;
  }

  /** A new night begins for it. */
  begin(fate: Fate, calls: Calls): void {
    this.#settle();
    this.fate = fate;
    this.calls = calls;
    // What it said of an upgrade that failed is a day old.
    const nature = this.#nature;
    if (nature.kind === 'phone')
      this.#nature = {
        kind: 'phone',
        facts: { ...nature.facts, upgradeStatus: '', firmwareUpgradeRows: [], authorizationRows: [] },
      };
  }

  /** What a look at its page shows now; `off`: it is there, and its web server is not. */
  shown(): Shown | { kind: 'off' } {
    const there = this.registers();
    return this.#isPageOff && there.kind !== 'silent' ? { kind: 'off' } : there;
  }

  /** The same for Unified CM, which sees it whether its page is on or off. */
  registers(): Shown {
    this.#settle();
    if (this.#isGone || this.fate === 'no-answer') return { kind: 'silent' };
    const nature = this.#nature;
    if (nature.kind !== 'phone') return nature;
    const { facts } = nature;
    const step = this.#underWay;
    if (!step) {
      // Enterprise firmware does not show it.
      const busy = facts.family === 'multiplatform' && this.isInCall();
      return { kind: 'phone', facts: busy ? { ...facts, busy } : facts };
    }
    const passed = this.clock.monotonic() - step.toldAt;
    if (step.becomes === null || passed < stepParts.begun * step.takesMs) return { kind: 'phone', facts };
    // While its firmware is still coming it is not restarting.
    const isRestarting = step.throughAt !== null && passed >= stepParts.restarting * (step.throughAt - step.toldAt);
    return isRestarting ? { kind: 'silent' } : { kind: 'phone', facts: { ...facts, upgradeStatus: said.upgrading } };
  }

  /** Whether it is in a call now, or in one for the whole night. */
  isInCall(): boolean {
    return this.fate === 'deferred' || this.calls.isBusy(this.clock.now());
  }

  /** Its settings are replaced. */
  takeSettings(settings: UpgradeSettings): void {
    if (this.#nature.kind === 'phone') this.#nature = { kind: 'phone', facts: { ...this.#nature.facts, settings } };
  }

  /**
   * It begins with a step.
   * @param waits its firmware comes over a link that tells when it is there: see `fetched`
   */
  begins(step: ToldStep, waits: boolean): void {
    const toldAt = this.clock.monotonic();
    this.#underWay = { ...step, toldAt, throughAt: waits ? null : toldAt + step.takesMs };
  }

  /** Its firmware has come. @param restMs what is left to do after that */
  fetched(restMs: number): void {
    const step = this.#underWay;
    if (step) step.throughAt = Math.max(step.toldAt + step.takesMs, this.clock.monotonic() + restMs);
  }

  /** Ends a step whose time has come. */
  #settle(): void {
    const step = this.#underWay;
    if (!step || this.#nature.kind !== 'phone') return;
    if (step.throughAt === null || this.clock.monotonic() < step.throughAt) return;
    this.#underWay = null;
    const { facts } = this.#nature;
    if (this.fate === 'silent') this.#isGone = true;
    else if (this.fate === 'failed') this.#nature = { kind: 'phone', facts: failed(facts, step) };
    else this.#nature = { kind: 'phone', facts: through(facts, step, this.later.form) };
    if (step.becomes?.family === 'enterprise' && this.fate === 'well') this.#isPageOff = this.later.isPageOff;
  }
}

function failed(facts: PhoneFacts, { becomes, license }: ToldStep): PhoneFacts {
  if (becomes === null && license) return { ...facts, authorizationRows: [row(license.url, said.refused)] };
  return { ...facts, upgradeStatus: said.failed, firmwareUpgradeRows: [said.failed] };
}

function through(facts: PhoneFacts, { becomes, license }: ToldStep, form: UpgradeSettings): PhoneFacts {
  const now = { ...facts, upgradeStatus: '', firmwareUpgradeRows: [] };
  if (license) {
    now.authorizationRows = [row(license.url, said.authorized)];
    now.transitionAuthorizationType = license.type ?? facts.transitionAuthorizationType;
  }
  if (becomes === null) return now;
  const hasPage = becomes.family !== 'enterprise';
  return {
    ...now,
    ...{ family: becomes.family, softwareVersion: becomes.load, settingsProblem: null },
    settings: hasPage ? (facts.settings ?? form) : null,
    // Enterprise firmware tells of no license, and a phone that comes from there has none yet (guide G8).
    ...(facts.family === 'multiplatform' && hasPage ? {} : { transitionAuthorizationType: hasPage ? '' : null }),
  };
}

function row(url: string, message: string): AuthorizationRow {
  return { code: '', at: '', url, message, text: `${message} ${url}` };
}
