import { timingSafeEqual } from 'node:crypto';
import { uuidFor } from '../database.js';
import { htmlAnswer, type UcmAnswer } from '../soap/answer.js';
import type { UcmSpec } from '../spec.js';

/** Who asks, as the headers say. */
export interface Credentials {
  authorization: string | null;
  cookie: string | null;
}

/** Passwords and session cookies of the web services (docs/knowledge/unified-cm.md#axl). */
export class SignIn {
  /** Sessions by cookie: how often each came back, and when it was used last (simulated ms). */
  readonly #sessions = new Map<string, { uses: number; at: number }>();
  #given = 0;

  constructor(
    private readonly spec: UcmSpec,
    private readonly now: () => number,
  ) {}

  /** Why a request is refused; or that it may pass, with the headers that its answer gets. */
  enter({
    authorization,
    cookie,
  }: Credentials): { refused: UcmAnswer } | { headers: Readonly<Record<string, string>> } {
    const session = /(?:^|;\s*)JSESSIONIDSSO=([^;\s]*)/.exec(cookie ?? '')?.[1];
    if (authorization === null && session !== undefined)
      return this.#isRunning(session) ? { headers: {} } : { refused: htmlAnswer(404, 'Not Found') };
    if (authorization === null || !this.#isRight(authorization)) {
      const challenge = { 'WWW-Authenticate': 'Basic realm="Cisco Web Services Realm"' };
      return { refused: htmlAnswer(401, 'Unauthorized', challenge) };
    }
    const started = uuidFor(`session ${(this.#given += 1)} ${this.now()}`)
      .replaceAll('-', '')
      .toUpperCase();
    this.#sessions.set(started, { uses: 0, at: this.now() });
    // Nobody needs the oldest of so many.
    for (const old of [...this.#sessions.keys()].slice(0, -1000)) this.#sessions.delete(old);
    return { headers: { 'Set-Cookie': `JSESSIONIDSSO=${started}; Path=/; Secure; HttpOnly` } };
  }

  #isRunning(cookie: string): boolean {
    const session = this.#sessions.get(cookie);
    if (session === undefined) return false;
    const { axlSessionUses } = this.spec.flags;
    const isIdle = this.now() - session.at > IDLE_MS;
    if (isIdle || (axlSessionUses > 0 && session.uses >= axlSessionUses)) {
      this.#sessions.delete(cookie);
      return false;
    }
    session.uses += 1;
    session.at = this.now();
    return true;
  }

  #isRight(authorization: string): boolean {
    const encoded = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
    if (encoded === undefined) return false;
    const given = Buffer.from(encoded, 'base64');
    const right = Buffer.from(`${this.spec.username}:${this.spec.password}`);
    return given.length === right.length && timingSafeEqual(given, right);
  }
}

const IDLE_MS = 30 * 60_000;
