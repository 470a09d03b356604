import type net from 'node:net';
import type { FailureCodeName } from '../../../src/domain/failures/failure-codes.js';
import type { StatusWords } from '../../../src/domain/progress/observation.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import type { Traffic } from '../../../src/domain/phone/traffic.js';
import type { FormValues } from '../../../src/domain/plan/plan.js';
import type { UsedMethod, TriedMethod } from '../../../src/domain/plan/write-methods.js';
import type {
  Depth,
  Look,
  MayInitialize,
  OnIntent,
  Phones,
  ProbeResult,
  SeenStatus,
  Visit,
  WriteResult,
} from '../../../src/phones/phones.js';
import { TransportError } from '../../../src/transport/errors/transport-error.js';
import type { FakeClock } from './fake-clock.js';

/** What is at an address of the scripted network. Everything may throw, as real phones do. */
export interface Place {
  /** Absent: somebody is there. */
  probe?: (patiently: boolean) => void | Promise<void>;
  look: (depth: Depth, mayInitialize: MayInitialize) => Look | Promise<Look>;
  /** Whether its status file shows what is asked. Absent: it has none. */
  hasSameStatus?: (seen: SeenStatus) => boolean;
  write?: (set: FormValues, onIntent: OnIntent, tried?: readonly TriedMethod[]) => Promise<WriteResult>;
}

/** What was done on the network, in order. */
export interface Action {
  at: number;
  kind: 'probe' | 'look' | 'status file' | 'post';
  address: string;
  /** Of a look: whether other pages are to be read, too, in any case or only where the page shows something else than before. */
  crossCheck?: 'no' | 'yes' | 'where changed';
}

const words: StatusWords = {
  isUpgrading: (text) => /upgrading|upgrade in progress/i.test(text),
  isUpgradeFailure: (text) => /(?:upgrade|download) failed/i.test(text),
  isAuthorized: ({ code, message }) => code === '0' && message === 'Authorization Succeeded.',
  isAuthorizationFailure: ({ message }) => /failed|refused/i.test(message),
  timeIn: (text) => (/\d\d:\d\d/.test(text) ? Date.parse(text.replace(/^.*?(\d+\/\d+\/\d+ [\d:]+).*$/s, '$1')) : null),
  withoutTimes: (text) => text.replace(/\d+\/\d+\/\d+ [\d:]+/g, ''),
};

/** A transport failure, as `phones` throws it. */
export function fails(code: FailureCodeName, message = `scripted ${code}`): never {
  throw new TransportError(code, message);
}

/** A network of scripted places; an address without one answers nobody, after three seconds. */
export class Network implements Phones {
  readonly words = words;
  /** The ways that were seen to have worked. */
  readonly learnedWays: UsedMethod[] = [];
  readonly places = new Map<string, Place>();
  readonly log: Action[] = [];
  /** The most that ever went on at once. */
  readonly peak = { probes: 0, visits: 0, visitsOfOne: 0 };
  readonly #now = { probes: 0, visits: 0, of: new Map<string, number>() };
  openSockets = 0;
  /** Visits to phones that had lost the connection that had found them. */
  dialedAgain = 0;

  constructor(
    private readonly clock: FakeClock,
    /** How long one request takes. */
    private readonly requestMs = 10,
    private readonly connectTimeoutMs = 3_000,
  ) {}

  asked(kind: Action['kind'], address?: string): Action[] {
    return this.log.filter((action) => action.kind === kind && (address === undefined || action.address === address));
  }

  learned(_facts: PhoneFacts, { way, referer }: UsedMethod): void {
    this.learnedWays.push({ way, referer });
  }

  async probe(address: string, patiently = false): Promise<ProbeResult> {
    this.#note('probe', address);
    this.#now.probes += 1;
    this.peak.probes = Math.max(this.peak.probes, this.#now.probes);
    try {
      const place = this.places.get(address);
      if (!place) {
        await this.clock.wait(this.connectTimeoutMs * (patiently ? 3 : 1));
        return fails('connect-timeout');
      }
      await place.probe?.(patiently);
      return { endpoint: { scheme: 'http', port: 80 }, socket: this.#socket() };
    } finally {
      this.#now.probes -= 1;
    }
  }

  async visit<T>(
    address: string,
    use: (visit: Visit) => Promise<T>,
    traffic?: Traffic,
    answer?: ProbeResult,
  ): Promise<T> {
    this.#enter(address);
    if (answer && !(answer.socket as unknown as { isOpen: () => boolean }).isOpen()) this.dialedAgain += 1;
    try {
      const place = this.places.get(address);
      if (!place) {
        await this.clock.wait(this.connectTimeoutMs);
        return fails('connect-timeout');
      }
      return await use({
        look: async (depth, crossCheck = false, mayInitialize = null) => {
          this.#note('look', address, crossCheck === false ? 'no' : crossCheck === true ? 'yes' : 'where changed');
          if (traffic) traffic.requests += 1;
          await this.clock.wait(this.requestMs);
          return (this.places.get(address) ?? place).look(depth, mayInitialize);
        },
        hasSameStatus: async (seen) => {
          this.#note('status file', address);
          await this.clock.wait(this.requestMs);
          return (this.places.get(address) ?? place).hasSameStatus?.(seen) ?? false;
        },
        write: async (set, onIntent, tried = []) => {
          if (!place.write) throw new Error(`${address} is not to be written to`);
          const noted: OnIntent = async (changes, ways) => {
            await onIntent(changes, ways);
            this.#note('post', address);
          };
          return place.write(set, noted, tried);
        },
      });
    } finally {
      answer?.socket.destroy();
      this.#leave(address);
    }
  }

  #enter(address: string): void {
    const of = (this.#now.of.get(address) ?? 0) + 1;
    this.#now.of.set(address, of);
    this.#now.visits += 1;
    this.peak.visits = Math.max(this.peak.visits, this.#now.visits);
    this.peak.visitsOfOne = Math.max(this.peak.visitsOfOne, of);
  }

  #leave(address: string): void {
    this.#now.visits -= 1;
    const left = (this.#now.of.get(address) ?? 1) - 1;
    if (left === 0) this.#now.of.delete(address);
    else this.#now.of.set(address, left);
  }

  #note(kind: Action['kind'], address: string, crossCheck?: Action['crossCheck']): void {
    this.log.push({ at: this.clock.now(), kind, address, ...(crossCheck && { crossCheck }) });
  }

  #socket(): net.Socket {
    let open = true;
    this.openSockets += 1;
    const destroy = (): void => {
      if (open) this.openSockets -= 1;
      open = false;
    };
    return { destroy, isOpen: () => open } as unknown as net.Socket;
  }
}
