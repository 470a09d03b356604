import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AnyEvent } from '../../../src/domain/report/events.js';
import { outcomes } from '../../../src/domain/progress/outcome.js';
import { states } from '../../../src/domain/progress/state.js';
import { openStore } from '../../../src/store/open-store.js';
import type { Recorder } from '../../../src/store/write/recorder.js';
import type { Store } from '../../../src/store/store.js';
import type { TargetState } from '../../../src/store/store-rows.js';
import { samplePhone } from '../../report/support/sample.js';
import { describeStores } from '../support/open-test-store.js';
import { allOf, asRow, newRun } from '../support/samples.js';
import { StandingClock } from '../support/standing-clock.js';
import { type FieldChange, storedHistory, storedPhone, storedPhones } from '../support/stored-phones.js';
import { runs } from '../../support/depth.js';

/** What JSON can hold: it has no negative zero. */
const jsonValue = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as typeof value);

/** What the store is held against: plain values in memory. */
class Model {
  readonly targets = new Map<string, unknown>();
  readonly events: AnyEvent[] = [];
  readonly phones = new Map<string, Record<string, string | null>>();
  readonly history: Omit<FieldChange, 'runId'>[] = [];

  save(target: TargetState, at: string): void {
    this.targets.set(target.key, asRow(target, at));
    if (target.report === null || target.mac === null) return;
    const { address, family, model, productId, vid, serial, softwareVersion, hardwareVersion } = target.report;
    const { transitionAuthorizationType, returnWithoutLicense, eligibility } = target.report;
    const now: Record<string, string | null> = {
      ...{ address, family, model, productId, vid, serial, softwareVersion, hardwareVersion },
      ...{ transitionAuthorizationType, returnWithoutLicense, verdict: eligibility?.verdict ?? null },
    };
    const before = this.phones.get(target.mac);
    this.phones.set(target.mac, now);
    for (const field of before ? Object.keys(now) : []) {
      const [from, to] = [before?.[field] ?? null, now[field] ?? null];
      if (from !== to) this.history.push({ mac: target.mac, at, field, before: from, after: to });
    }
  }
}

type Step =
  | { do: 'save' | 'intent'; target: TargetState }
  | { do: 'event'; detail: Record<string, unknown> }
  | { do: 'pass'; ms: number }
  | { do: 'flush' | 'reopen' };

describeStores('whatever is recorded, in whatever order it is committed', (_, newPlace) => {
  const shown = fc.constantFrom('V03', 'V04', null);
  const read = fc.option(fc.record({ vid: shown, serial: shown }));
  const unread = fc.record({
    key: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.10', 'phone.example'),
    address: fc.constantFrom('10.0.0.1', '10.0.0.77'),
    mac: fc.constantFrom('00CCFC000001', '00CCFC000002', null),
    state: fc.constantFrom(...states, ...outcomes),
    wave: fc.option(fc.nat(5)),
    snapshot: fc.option(jsonValue),
  });
  const target: fc.Arbitrary<TargetState> = fc.tuple(unread, read).map(([state, texts]) => ({
    ...state,
    report: texts && samplePhone({ address: state.address, mac: state.mac, ...texts }),
  }));
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('save' as const, 'intent' as const), target }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('event' as const),
        detail: fc.dictionary(fc.constantFrom('text', 'from'), jsonValue),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(150) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('flush' as const, 'reopen' as const) }) },
  );

  it('reads back as a plain model of it, in this process or the next', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const place = await newPlace();
        const clock = new StandingClock();
        const model = new Model();
        const open = (): Promise<Store> => openStore({ path: place.path, clock });
        const record = (from: Store): Recorder =>
          from.recorder('run-1', {
            onError: (error) => {
              throw error;
            },
          });
        let store = await open();
        try {
          await store.beginRun(newRun('run-1'));
          let recorder = record(store);
          for (const each of steps) {
            const at = clock.iso();
            if (each.do === 'save' || each.do === 'intent') {
              model.save(each.target, at);
              if (each.do === 'save') recorder.saveTarget(each.target);
              else {
                const { address, mac } = each.target;
                model.events.push({ event: 'intent', at, address, mac, step: 'convert' });
                await recorder.intent(each.target, { step: 'convert' });
              }
            } else if (each.do === 'event') {
              const event = { event: 'state', at, address: null, mac: null, ...each.detail };
              model.events.push(event);
              recorder.event(event);
            } else if (each.do === 'pass') await clock.pass(each.ms);
            else if (each.do === 'flush') await recorder.flush();
            else {
              await recorder.close();
              await store.close();
              store = await open();
              recorder = record(store);
            }
            // Changes are told apart by their time.
            await clock.pass(1);
          }
          await recorder.close();
          await compare(store, model);
        } finally {
          await store.close();
          await place.remove();
        }
      }),
      { numRuns: runs(15, 60) },
    );
  });

  async function compare(store: Store, model: Model): Promise<void> {
    const rows = await allOf(store.targetsOf('run-1'));
    expect(new Map(rows.map((row) => [row.key, row]))).toEqual(model.targets);
    expect(await allOf(store.eventsOf('run-1'))).toEqual(JSON.parse(JSON.stringify(model.events)));
    for (const [mac, fields] of model.phones) {
      expect(await storedPhone(store.path, mac)).toMatchObject(fields);
      const expected = model.history
        .filter((change) => change.mac === mac)
        .map((change) => ({ ...change, runId: 'run-1' }));
      expect(byTime(await storedHistory(store.path, mac))).toEqual(byTime(expected));
    }
    expect(await storedPhones(store.path)).toHaveLength(model.phones.size);
  }

  function byTime(changes: readonly FieldChange[]): FieldChange[] {
    return changes.toSorted((a, b) => (`${a.at} ${a.field}` < `${b.at} ${b.field}` ? -1 : 1));
  }
});
