import { failure } from '../domain/failure-codes.js';
import type { PlanStep } from '../domain/plan.js';
import type { Page, PhoneSession } from '../transport/session.js';
import { isTransportError, TransportError } from '../transport/transport-error.js';
import type { Way } from '../transport/connect.js';
import type { MultiplatformPages } from '../domain/phone-profile.js';
import type { Clock } from '../domain/clock.js';
import type { Identify } from './identify.js';
import { writeStep } from './multiplatform/write.js';
import { readAdminPage } from '../pages/admin-page.js';
import type { Look, OnIntent, Visit, WriteResult } from './phones.js';

/** What a visit is made of. */
export interface VisitTools {
  identify: Identify;
  profile: MultiplatformPages;
  clock: Clock;
  settleMs: number;
  /** Opens a session; the first may use the probe's connection. */
  open: (way: Way) => PhoneSession;
  /** Ways left to try when the first turns out to be none. */
  otherWays: readonly Way[];
}

/** What says that a port is not the phone's web server, so that another way is worth trying. */
const wrongDoor: ReadonlySet<string> = new Set(['connect-reset', 'connect-refused', 'wrong-protocol']);

/** A visit to one phone. `close` it in `finally`. */
export class PhoneVisit implements Visit {
  #session: PhoneSession;
  #page: Page | null = null;
  #mac: string | null = null;
  /** The connection over which the page was read. */
  #readOver: number | null = null;
  readonly #began: Way;

  constructor(
    way: Way,
    private readonly tools: VisitTools,
  ) {
    this.#began = way;
    this.#session = tools.open(way);
  }

  async look(withSettings: boolean): Promise<Look> {
    const { look, page } = await this.#identify(withSettings);
    this.#page = page;
    this.#mac = look.kind === 'phone' ? look.facts.mac : null;
    this.#readOver = this.#session.connection;
    return look;
  }

  async write(set: PlanStep['set'], onIntent: OnIntent): Promise<WriteResult> {
    const seen = this.#page;
    const mac = this.#mac;
    if (!seen || mac === null) throw new TransportError('fields-missing', failure('fields-missing').message);
    // What was read is used up: another write needs another look.
    this.#page = null;
    const page = await this.#stillOurs(seen, mac);
    const { profile, clock, settleMs } = this.tools;
    const tools = {
      profile,
      clock,
      settleMs,
      origin: this.#origin(),
      post: (path: string, body: Buffer, contentType: string) => this.#session.post(path, body, contentType),
      reread: () => this.#reread(page.path),
    };
    return writeStep(page, mac, set, tools, onIntent);
  }

  close(): void {
    this.#session.close();
  }

  async #identify(withSettings: boolean): ReturnType<Identify> {
    try {
      return await this.tools.identify(this.#session, withSettings);
    } catch (error) {
      if (!isTransportError(error) || !wrongDoor.has(error.code)) throw error;
      let mostTelling = error;
      // A redirect may have led from the first door to the one that failed: both have been tried then.
      const tried = [this.#began.port, this.#session.way.port];
      for (const way of this.tools.otherWays.filter(({ port }) => !tried.includes(port))) {
        this.#reopen(way);
        try {
          return await this.tools.identify(this.#session, withSettings);
        } catch (again) {
          // The first door's answer says more than that the second one is shut, but less than that it speaks another language.
          if (!isTransportError(again) || !wrongDoor.has(again.code)) throw again;
          if (again.code === 'wrong-protocol') mostTelling = again;
        }
      }
      throw mostTelling;
    }
  }

  /**
   * The admin page to post to. While the connection it was read over is open, nobody else can be at its other end; after that the
   * address may be another phone's, so the MAC is read once more. @throws TransportError `identity-changed`, `page-unreadable`
   */
  async #stillOurs(page: Page, mac: string): Promise<Page> {
    if (this.#readOver !== null && this.#session.connection === this.#readOver) return page;
    const again = await this.#reread(page.path);
    const shown =
      again.status === 200 ? readAdminPage(again.body, this.tools.profile)?.productInformation.mac : undefined;
    if (shown === mac) return again;
    if (shown) throw new TransportError('identity-changed', `${shown} answers now, not ${mac}`);
    throw new TransportError('page-unreadable', `${page.path} could not be read again just before the write`);
  }

  #origin(): string {
    const { scheme, port } = this.#session.way;
    return `${scheme}://${this.#session.host}:${port}`;
  }

  /** Reads in the same session as long as it lives; a phone may close it after a post. */
  async #reread(path: string): Promise<Page> {
    try {
      return await this.#session.get(path);
    } catch (error) {
      if (!isTransportError(error)) throw error;
      this.#reopen(this.#session.way);
      return this.#session.get(path);
    }
  }

  #reopen(way: Way): void {
    this.#session.close();
    this.#session = this.tools.open(way);
  }
}
