import { describe, expect, it } from '@jest/globals';
import { silentLog } from '../../../src/domain/ports/log.js';
import { PhoneRecord } from '../../../src/fleet/record/phone-record.js';
import { Planner } from '../../../src/fleet/shared/planner.js';
import type { TargetRow } from '../../../src/store/store-rows.js';
import type { SharedWork } from '../../../src/store/work.js';
import { FakeClock } from '../support/fake-clock.js';

describe('a planner', () => {
  it('takes over what workers have stored of phones that were written to, since it has read the run', async () => {
    const clock = new FakeClock();
    const asked: string[][] = [];
    const rows = [
      {
        ...{ key: '10.0.0.5', address: '10.0.0.5', state: 'done', snapshot: null },
        report: {
          outcome: 'done',
          plan: [],
          changes: [],
          failure: null,
          evidence: [],
          address: '10.0.0.5',
          durationMs: 9,
        },
      },
    ] as unknown as TargetRow[];
    const store = {
      targetsAt: (_: string, keys: readonly string[]) => {
        asked.push([...keys]);
        return Promise.resolve(rows);
      },
    };
    const planner = new Planner({ store, clock, log: silentLog, work: {} as SharedWork });
    const recordOf = (address: string): PhoneRecord =>
      new PhoneRecord({ address, hint: {}, scope: '10.0.0.0/24', source: '--subnet' } as never, clock, {
        notify: () => {},
        recordChanged: () => {},
      } as never);
    const [ended, open] = [recordOf('10.0.0.5'), recordOf('10.0.0.6')];
    await clock.run(planner.catchUp([ended, open]));
    expect([ended.state, ended.durationMs, open.ended]).toEqual(['done', 9, false]);
    // In one question.
    expect(asked).toEqual([['10.0.0.5', '10.0.0.6']]);
  });
});
