import type { SimulatedTime } from '../../clock.js';
import { fileNamed } from '../../files/file-server.js';
import type { UcmDatabase } from '../database.js';
import type { UcmSpec } from '../spec.js';
import { settingsFile } from './settings-file.js';

/** Simulated seconds that a restart of the TFTP service takes. */
const RESTARTS_FOR = 20;

/** The TFTP service of one node. */
interface NodeState {
  /** Simulated milliseconds since 1970; `null`: long before the simulation. */
  startedAt: number | null;
  isRestarting: boolean;
  restarts: number;
}

/** What the TFTP service of the cluster's nodes serves: files that were put there, and settings made from the database. */
export class UcmFiles {
  readonly #stored = new Map<string, { body: Buffer | null; order: number }>();
  readonly #nodes: readonly NodeState[];
  /** Counts what was put, so that a restart is before or behind it whatever the clock says. */
  #order = 0;
  readonly #startedAtOrder: number[];

  constructor(
    private readonly spec: UcmSpec,
    private readonly database: UcmDatabase,
    private readonly licensedMacs: ReadonlySet<string>,
    private readonly time: SimulatedTime,
  ) {
    this.#nodes = spec.nodes.map(() => ({ startedAt: null, isRestarting: false, restarts: 0 }));
    this.#startedAtOrder = spec.nodes.map(() => 0);
    for (const name of spec.notYetServed) this.put(name, fileNamed(name, spec.files, licensedMacs) ?? name);
  }

  /** Restarts of all nodes so far. */
  get restarts(): number {
    return this.#nodes.reduce((sum, { restarts }) => sum + restarts, 0);
  }

  /** Puts a file there, as a person does with a form: on every node. */
  put(name: string, body: Buffer | string): void {
    this.#order += 1;
    this.#stored.set(name, { body: Buffer.from(body), order: this.#order });
  }

  /** Deletes a file; it is gone at once. */
  remove(name: string): void {
    this.#stored.set(name, { body: null, order: 0 });
  }

  stateOf(node: number): Readonly<NodeState> {
    return this.#nodes[node] ?? { startedAt: null, isRestarting: false, restarts: 0 };
  }

  /** Restarts the TFTP service of a node. Resolves when it serves again. */
  async restart(node: number): Promise<void> {
    const state = this.#nodes[node];
    if (state === undefined || state.isRestarting) return;
    state.isRestarting = true;
    await this.time.sleep(RESTARTS_FOR);
    state.isRestarting = false;
    state.restarts += 1;
    state.startedAt = this.time.now();
    this.#startedAtOrder[node] = this.#order;
  }

  /** A file as a node serves it; `null`: not found, also where the service has not read it yet. Names are told apart by case. */
  read(name: string, node: number): Buffer | null {
    const stored = this.#stored.get(name);
    if (stored !== undefined) {
      const isRead = !this.spec.flags.filesNeedRestart || stored.order <= (this.#startedAtOrder[node] ?? 0);
      return isRead ? stored.body : null;
    }
    return settingsFile(name, this.database) ?? fileNamed(name, this.spec.files, this.licensedMacs) ?? null;
  }
}
