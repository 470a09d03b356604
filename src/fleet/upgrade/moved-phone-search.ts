import PQueue from 'p-queue';
import type { Mac } from '../../domain/network/mac.js';
import { addressesInScope } from '../../inventory/target.js';
import type { RunContext } from '../context.js';
import { stackOf } from '../../domain/text/error-reason.js';
import { isTransportError } from '../../phones/phones.js';

interface Sweep {
  startedAt: number;
  running: boolean;
  /** This machine could not try every address: a phone that was not found may still be there. */
  incomplete: boolean;
  readonly found: Map<Mac, string>;
}

/**
 * Finds a phone again by its MAC when it comes back at another address of its subnet. A subnet is swept at most once at a time and not
 * again before `restMs` has passed, unless this machine could not try every address; one sweep serves all phones that are missing in it.
 * Nobody waits for a sweep, as it may take longer than a phone's deadline: a later call learns what has been found by then.
 */
export class MovedPhoneSearch {
  readonly #queue: PQueue;
  readonly #sweeps = new Map<string, Sweep>();

  constructor(
    private readonly context: Pick<RunContext, 'phones' | 'targets' | 'clock' | 'options' | 'log'>,
    private readonly restMs: number,
    /** Addresses where another phone is known to be: they need not be tried. */
    private readonly isTaken: (address: string) => boolean,
    private readonly stopped: AbortSignal,
  ) {
    // A sweep is never urgent: it must not compete with phones under way.
    this.#queue = new PQueue({ concurrency: Math.max(4, Math.ceil(context.options.probeConcurrency / 8)) });
  }

  /** The address where the last sweep of its scope saw the phone; `null` if it is not found (yet). Starts a sweep when one is due. */
  find(mac: Mac, scope: string): string | null {
    if (scope === '' || this.stopped.aborted) return null;
    const now = this.context.clock.monotonic();
    let sweep = this.#sweeps.get(scope);
    if (!sweep || (!sweep.running && (sweep.incomplete || now - sweep.startedAt >= this.restMs))) {
      sweep = {
        startedAt: now,
        running: true,
        incomplete: false,
        found: sweep?.incomplete ? sweep.found : new Map<string, string>(),
      };
      this.#sweeps.set(scope, sweep);
      void this.#run(scope, sweep);
    }
    return sweep.found.get(mac) ?? null;
  }

  async #run(scope: string, sweep: Sweep): Promise<void> {
    this.context.log.info('looking for moved phones', { scope });
    try {
      await this.#sweep(scope, sweep);
      if (sweep.incomplete) this.context.log.warn('not every address could be searched for moved phones', { scope });
    } catch (error) {
      this.context.log.error('looking for moved phones failed', { scope, error: stackOf(error) });
    } finally {
      sweep.running = false;
    }
  }

  async #sweep(scope: string, sweep: Sweep): Promise<void> {
    for (const address of addressesInScope(scope)) {
      if (this.stopped.aborted || sweep.incomplete) break;
      if (this.isTaken(address) || this.context.targets.isExcluded(address)) continue;
      await this.#queue.onSizeLessThan(64);
      void this.#queue.add(async () => {
        if (this.stopped.aborted || sweep.incomplete) return;
        const mac = await this.#macAt(address, sweep);
        if (mac !== null) sweep.found.set(mac, address);
      });
    }
    await this.#queue.onIdle();
  }

  async #macAt(address: string, sweep: Sweep): Promise<Mac | null> {
    try {
      const answer = await this.context.phones.probe(address);
      const look = await this.context.phones.visit(address, (visit) => visit.look('identity'), undefined, answer);
      return look.kind === 'phone' ? look.facts.mac : null;
    } catch (error) {
      // `local-refused` may be a firewall rule for that address alone; without sockets no address can be tried.
      if (isTransportError(error) && error.code === 'local-resources') sweep.incomplete = true;
      // A dark address, or something unreadable: not the missing phone.
      return null;
    }
  }
}
