import type { Clock } from '../../domain/ports/clock.js';
import { failure, isFailureCode } from '../../domain/failures/failure-codes.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { sentence } from '../../domain/text/error-reason.js';
import { usualWriteMethods } from '../../domain/plan/write-methods.js';
import { heldToCertificate, withAccessNotes } from '../../phones/access/certificate.js';
import { createIdentify } from '../../phones/identify.js';
import { RunMethodMemory } from '../../phones/method-memory.js';
import type { AdminView } from '../../phones/multiplatform/admin-view.js';
import type { Look } from '../../phones/phones.js';
import { PhoneVisit } from '../../phones/visit.js';
import { isTransportError, TransportError } from '../../transport/errors/transport-error.js';
import type { Page, PhoneSession } from '../../transport/session/session.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { Reading, UsedAccess } from './encounter.js';
import { neverWrites } from './recorder.js';

/** What is read again without a phone. */
export interface Recording {
  address: string;
  access: UsedAccess;
  readings: readonly Reading[];
}

/** What the readers make of a recording. */
export interface Replayed {
  look: Look | null;
  view: AdminView | null;
  failure: Failure | null;
  /** Paths that a reader asked for and that are not in the recording: they are answered as not found. */
  notInFile: string[];
}

/** Reads a recording by the same code that reads a phone. Nothing is contacted. */
export async function replay(recording: Recording, profiles: PhoneProfiles, clock: Clock): Promise<Replayed> {
  const memory = new RunMethodMemory();
  const session = new ReplaySession(recording);
  let view: AdminView | null = null;
  const visit = new PhoneVisit(recording.access.endpoint, {
    identify: withAccessNotes(heldToCertificate(createIdentify(profiles, memory))),
    profile: profiles.multiplatform,
    clock,
    settleMs: 0,
    methods: usualWriteMethods,
    memory,
    offers: null,
    open: () => session,
    usualEndpoint: null,
    otherEndpoints: [],
    onView: (seen) => (view = seen),
  });
  const { notInFile } = session;
  try {
    const look = await visit.look('settings', true);
    return { look, view: look.kind === 'phone' ? view : null, failure: null, notInFile };
  } catch (error) {
    if (!isTransportError(error)) throw error;
    return { look: null, view: null, failure: failure(error.code, sentence(error.message)), notInFile };
  }
}

/** A session that answers from a recording: what was asked for several times is answered in the same order. */
class ReplaySession implements PhoneSession {
  readonly host: string;
  readonly endpoint: PhoneSession['endpoint'];
  readonly connection = 1;
  readonly peer: PhoneSession['peer'];
  readonly access: PhoneSession['access'];
  readonly ends = null;
  readonly notInFile: string[] = [];
  readonly #left: Map<string, Reading[]>;

  constructor({ address, access, readings }: Recording) {
    this.host = address;
    this.endpoint = access.endpoint;
    this.peer = { certified: access.certified, read: null };
    this.access = access;
    this.#left = new Map();
    for (const reading of readings) {
      const key = keyOf(reading.asked, reading.referer);
      this.#left.set(key, [...(this.#left.get(key) ?? []), reading]);
    }
  }

  get(path: string, referer?: string): Promise<Page> {
    const readings = this.#left.get(keyOf(path, referer !== undefined)) ?? [];
    const reading = readings.length > 1 ? readings.shift() : readings[0];
    if (!reading) {
      if (!this.notInFile.includes(path)) this.notInFile.push(path);
      return Promise.resolve({ status: 404, headers: {}, body: '', charset: 'utf8', path });
    }
    if (reading.got) return Promise.resolve(reading.got);
    const { code = '', message = '' } = reading.failure ?? {};
    return Promise.reject(new TransportError(isFailureCode(code) ? code : 'internal-error', message));
  }

  post(): Promise<Page> {
    return Promise.reject(neverWrites());
  }

  act(): Promise<Page> {
    return Promise.reject(neverWrites());
  }

  maySendPassword(): boolean {
    return false;
  }

  close(): void {}
}

function keyOf(path: string, referer: boolean): string {
  return `${referer ? '+' : '-'}${path}`;
}
