import { failure, isLocalShortage } from '../domain/failures/failure-codes.js';
import type { FormValues } from '../domain/plan/plan.js';
import type { SettingsOffers } from '../domain/ports/settings-offer.js';
import type { TriedMethod, WriteMethod } from '../domain/plan/write-methods.js';
import type { PhoneSession } from '../transport/session/session.js';
import { isTransportError, TransportError } from '../transport/errors/transport-error.js';
import type { Endpoint } from '../transport/connection/endpoint.js';
import type { MultiplatformPages } from '../domain/phone/page-profile.js';
import type { Clock } from '../domain/ports/clock.js';
import type { Identify } from './identify.js';
import { type AdminView, readAdminAgain, refererOf } from './multiplatform/admin-view.js';
import { boundFacts } from './bound-facts.js';
import { isIdle } from '../pages/admin/status-meanings.js';
import { showsTheSame } from '../domain/phone/same-values.js';
import type { PhoneFacts } from '../domain/phone/facts.js';
import { isSameEndpoint, originOf } from '../transport/connection/endpoint.js';
import { crossCheckPage } from './multiplatform/cross-check.js';
import { showsSameStatus } from './multiplatform/same-status.js';
import { writeStep, type WriteTools } from './multiplatform/write.js';
import type { Depth, Look, OnIntent, MayInitialize, SeenStatus, Visit, WriteResult } from './phones.js';
import type { MethodMemory } from './method-memory.js';

/** What a visit needs. */
export interface VisitTools {
  identify: Identify;
  profile: MultiplatformPages;
  clock: Clock;
  settleMs: number;
  /** Allowed write methods. */
  methods: readonly WriteMethod[];
  memory: MethodMemory;
  offers: SettingsOffers | null;
  /** Opens a session; the first may use the probe's connection. */
  open: (endpoint: Endpoint) => PhoneSession;
  /** Where to begin anew when the visit began at an endpoint that is only remembered; `null`: it is not. */
  usualEndpoint: Endpoint | null;
  /** Endpoints to try when the first is not the phone's. */
  otherEndpoints: readonly Endpoint[];
  /** Told of the admin page of each look. Absent: nobody is. */
  onView?: (view: AdminView | null) => void;
}

/** Codes that show that a port is not the phone's web server, so that another endpoint is worth trying. */
const wrongEndpoint: ReadonlySet<string> = new Set(['connect-reset', 'connect-refused', 'wrong-protocol']);

/** How old (ms) a page may be whose connection is gone, if it was read to be written to at once. */
const freshFor = 1_000;

/** A visit to one phone. `close` it in `finally`. */
export class PhoneVisit implements Visit {
  #session: PhoneSession;
  #view: AdminView | null = null;
  #mac: string | null = null;
  /** What was read to be written to at once, and when. */
  #fresh: { view: AdminView | null; at: number } | null = null;
  readonly #began: Endpoint;
  #readsPhone = false;

  constructor(
    endpoint: Endpoint,
    private readonly tools: VisitTools,
  ) {
    this.#began = endpoint;
    this.#session = tools.open(endpoint);
  }

  /** Where a phone was last read in this visit; `null`: nowhere. */
  get readAt(): Endpoint | null {
    return this.#readsPhone ? this.#session.endpoint : null;
  }

  async look(
    depth: Depth,
    crossCheck: boolean | PhoneFacts = false,
    mayInitialize: MayInitialize = null,
  ): Promise<Look> {
    this.#readsPhone = false;
    const { look, page: view } = await this.#identify(depth, mayInitialize);
    this.#readsPhone = look.kind === 'phone';
    this.#view = view;
    this.tools.onView?.(view);
    this.#mac = look.kind === 'phone' ? look.facts.mac : null;
    if (look.kind !== 'phone') return look;
    const facts = boundFacts(look.facts);
    if (crossCheck === false || !view) return { ...look, facts };
    const earlier = crossCheck !== true && showsTheSame(crossCheck, facts) ? crossCheck.witnesses : undefined;
    const agreed = earlier?.disagreements.length === 0 ? earlier.agreed : [];
    const witnesses = await crossCheckPage(this.#session, view, this.tools.profile, agreed);
    return { ...look, facts: boundFacts({ ...facts, witnesses }) };
  }

  async hasSameStatus(seen: SeenStatus): Promise<boolean> {
    const { profile, memory } = this.tools;
    try {
      const same = await showsSameStatus(this.#session, seen, profile, memory.wantsReferer(this.#session.host));
      this.#readsPhone ||= same;
      return same;
    } catch (error) {
      if (!isTransportError(error) || isLocalShortage(error)) throw error;
      // That the file cannot be had says nothing of the phone: a look follows, over a connection of its own.
      this.#reopen(this.#began);
      return false;
    }
  }

  async write(set: FormValues, onIntent: OnIntent, tried: readonly TriedMethod[] = []): Promise<WriteResult> {
    const seen = this.#view;
    const mac = this.#mac;
    if (!seen || mac === null) throw new TransportError('fields-missing', failure('fields-missing').message);
    // What was read is used up: another write needs another look.
    this.#view = null;
    const view = await this.#stillOurs(seen, mac);
    // Read again, it may show a call that has begun: that is worth waiting for, while no intent is on record.
    if (view !== seen && !isIdle(view.admin.callStates, this.tools.profile))
      throw new TransportError('busy', 'a call began just before the write');
    const { profile, clock, settleMs, methods, memory, offers } = this.tools;
    const tools: WriteTools = {
      profile,
      clock,
      settleMs,
      methods,
      memory,
      offers,
      origin: originOf(this.#session),
      referer: refererOf(this.#session, profile),
      ends: () => this.#session.ends,
      post: (...request) => this.#session.post(...request),
      act: (...request) => this.#session.act(...request),
      stillOurs: (page) => this.#stillOurs(page, mac),
      reread: () => this.#reread(view),
    };
    return writeStep(view, mac, set, tools, onIntent, tried);
  }

  close(): void {
    this.#session.close();
  }

  /** Where a phone is no longer to be read at the endpoint that it had, the usual ones are tried in the same visit. */
  async #identify(depth: Depth, mayInitialize: MayInitialize): ReturnType<Identify> {
    const { usualEndpoint } = this.tools;
    if (usualEndpoint === null || isSameEndpoint(usualEndpoint, this.#began))
      return this.#identifyHere(depth, mayInitialize);
    try {
      const found = await this.#identifyHere(depth, mayInitialize);
      if (found.look.kind === 'phone') return found;
    } catch (error) {
      if (!isTransportError(error) || isLocalShortage(error)) throw error;
    }
    this.#reopen(usualEndpoint);
    return this.#identifyHere(depth, mayInitialize);
  }

  async #identifyHere(depth: Depth, mayInitialize: MayInitialize): ReturnType<Identify> {
    try {
      return await this.tools.identify(this.#session, depth, mayInitialize);
    } catch (error) {
      if (!isTransportError(error) || !wrongEndpoint.has(error.code)) throw error;
      let mostTelling = error;
      // A redirect may have led from the first port to the one that failed: both have been tried then.
      const tried = [this.#began.port, this.#session.endpoint.port];
      for (const endpoint of this.tools.otherEndpoints.filter(({ port }) => !tried.includes(port))) {
        this.#reopen(endpoint);
        try {
          return await this.tools.identify(this.#session, depth, mayInitialize);
        } catch (again) {
          // The first port's error tells more than a refusal by the second, but less than finding another protocol there.
          if (!isTransportError(again) || !wrongEndpoint.has(again.code)) throw again;
          if (again.code === 'wrong-protocol') mostTelling = again;
        }
      }
      throw mostTelling;
    }
  }

  /**
   * The admin page to post to. While the connection it was read over is open, no other phone can be at its other end; after that the
   * address may be another phone's, so the page is read again and what the plan was made from must be unchanged.
   * @throws TransportError `identity-changed`, `phone-changed`, `page-unreadable`
   */
  async #stillOurs(view: AdminView, mac: string): Promise<AdminView> {
    if (view.connection !== null && this.#session.connection === view.connection) return view;
    // For phones that close every connection. Recording an intent may take longer.
    if (this.#fresh?.view === view && this.tools.clock.monotonic() - this.#fresh.at <= freshFor) return view;
    const again = await this.#reread(view);
    if (!again)
      throw new TransportError('page-unreadable', `${view.page.path} could not be read again just before the write`);
    const shown = again.admin.productInformation;
    if (shown.mac !== mac)
      throw new TransportError('identity-changed', `${shown.mac ?? 'a phone without a MAC'} answers now, not ${mac}`);
    const before = view.admin.productInformation.softwareVersion;
    if (shown.softwareVersion !== before)
      throw new TransportError(
        'phone-changed',
        `it runs ${shown.softwareVersion ?? 'something else'} now, not ${before}`,
      );
    if (JSON.stringify(again.settings) !== JSON.stringify(view.settings))
      throw new TransportError('phone-changed', 'its settings changed between being read and being written');
    this.#fresh = { view: again, at: this.tools.clock.monotonic() };
    return again;
  }

  /** Reads in the same session while it is alive; a phone may close it after a post. */
  async #reread(like: AdminView): Promise<AdminView | null> {
    const read = (): Promise<AdminView | null> => readAdminAgain(this.#session, this.tools.profile, like);
    let view: AdminView | null;
    try {
      view = await read();
    } catch (error) {
      if (!isTransportError(error)) throw error;
      this.#reopen(this.#session.endpoint);
      view = await read();
    }
    this.#fresh = { view, at: this.tools.clock.monotonic() };
    return view;
  }

  #reopen(endpoint: Endpoint): void {
    this.#session.close();
    this.#session = this.tools.open(endpoint);
  }
}
