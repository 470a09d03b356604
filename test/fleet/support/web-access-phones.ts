import { loadUnifiedCm } from '../../../src/config/profiles/unified-cm.js';
import { silentLog } from '../../../src/domain/ports/log.js';
import { StopControl } from '../../../src/fleet/stop-control.js';
import type { KnownInUcm } from '../../../src/fleet/unified-cm/ucm-at-work.js';
import type { WebAccess, WebAccessTools } from '../../../src/fleet/unified-cm/web-access.js';
import type { BorrowedSetting } from '../../../src/store/store-rows.js';
import type { UcmRegistration } from '../../../src/ucm/ucm.js';
import { FakeClock } from './fake-clock.js';
import { models } from './fleet.js';

/** How *Web Access* is called, and its values. */
export const setting = loadUnifiedCm(models).webAccess;

/** A Unified CM with phones by name, each with its vendor configuration; they take what is applied after a minute. */
export class WebAccessPhones {
  readonly clock = new FakeClock();
  readonly log: string[] = [];
  readonly on = new Map<string, boolean>();
  readonly rows: BorrowedSetting[] = [];
  readonly stop = new StopControl();
  /** Outside the window of their site. */
  readonly outside = new Set<string>();
  /** Called before each request of a kind. */
  fail: (request: string) => void = () => {};

  constructor(readonly xml: Map<string, string | null>) {}

  tools(): WebAccessTools {
    const does = <T>(request: string, work: () => T): Promise<T> =>
      Promise.resolve().then(() => {
        this.log.push(request);
        this.fail(request);
        return work();
      });
    return {
      ucm: {
        host: 'Cucm1',
        webAccess: { setting, isAllowed: true },
        registration: async (name) => {
          await this.clock.wait(1_000);
          return { name, registered: 'yes', httpd: this.on.get(name) ?? false } as UcmRegistration;
        },
        client: {
          settings: async (name) => {
            const vendorConfig = this.xml.get(name);
            return vendorConfig === undefined ? null : { ownLoad: null, vendorConfig };
          },
          change: (name, change) =>
            does(`change ${name}`, () => void this.xml.set(name, change.vendorConfig ?? this.xml.get(name) ?? null)),
          apply: (name) =>
            does(`apply ${name}`, () => {
              const isOn = (this.xml.get(name) ?? '').includes('<webAccess>0</webAccess>');
              this.clock.after(60_000, () => this.on.set(name, isOn));
            }),
        },
      },
      store: {
        borrowed: async () => [...this.rows],
        borrow: (row) =>
          does(`borrow ${row.name}`, () => {
            if (!this.rows.some(({ name }) => name === row.name)) this.rows.push(row);
          }),
        isBack: async ({ name }) => {
          const at = this.rows.findIndex((row) => row.name === name);
          if (at >= 0) this.rows.splice(at, 1);
        },
      },
      ...{ runId: 'r1', clock: this.clock, log: silentLog, deadlineMs: 300_000, pollMs: 10_000 },
      mayRestart: (name) => !this.outside.has(name),
    };
  }

  run<T>(work: Promise<T>): Promise<T> {
    return this.clock.run(work);
  }

  /** Opens all of them at once, as Unified CM sees them. Returns those that were seen on. */
  async open(web: WebAccess, seen: Partial<UcmRegistration> = {}): Promise<string[]> {
    const registration = { registered: 'yes', httpd: false, ...seen };
    const names = [...this.xml.keys()];
    const opened = names.map((name) => web.open({ phone: { name }, registration } as KnownInUcm, this.stop));
    const isOn = await this.run(Promise.all(opened));
    return names.filter((_, at) => isOn[at]);
  }
}
