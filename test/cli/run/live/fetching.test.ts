import { describe, expect, it } from '@jest/globals';
import { fetchingOf } from '../../../../src/cli/run/live/fetching.js';
import type { PhoneFacts } from '../../../../src/domain/phone/facts.js';
import type { StateEvent } from '../../../../src/domain/progress/state.js';
import { PhoneRecord, targetKey } from '../../../../src/fleet/record/phone-record.js';
import type { FetchedBytes } from '../../../../src/store/store-rows.js';
import { FakeClock } from '../../../fleet/support/fake-clock.js';
import { mac, mpp } from '../../../fleet/support/fleet.js';

const clock = new FakeClock();
const waiting: StateEvent[] = ['phone-there', 'judged', 'plan-accepted'];
const underWay: StateEvent[] = [...waiting, 'intent-recorded', 'request-left'];
const size = 60_000_000;

/** The phone 10.0.0.n on its way. */
function phone(n: number, way: StateEvent[]): PhoneRecord {
  const target = { address: `10.0.0.${n}`, hint: {}, scope: '', named: false, source: '' };
  const record = new PhoneRecord(target, clock, { notify: () => {} });
  record.facts = mpp({ mac: mac(n) }) as PhoneFacts;
  for (const event of way) record.advance(event);
  return record;
}

const fetched = (n: number, bytes: number, more: Partial<FetchedBytes> = {}): FetchedBytes => ({
  ...{ client: `10.0.0.${n}`, mac: null, bytes },
  ...more,
});

function fetching(
  started: readonly PhoneRecord[],
  by: readonly FetchedBytes[],
  toFetch = new Map(started.map(({ target }) => [targetKey(target), size])),
) {
  return fetchingOf({ started, toFetch }, by);
}

describe('how far phones are with their firmware', () => {
  it('counts what is left of phones under way and of those waiting', () => {
    expect(fetching([phone(1, underWay), phone(2, waiting)], [fetched(1, 20_000_000)])).toEqual({
      ...{ bytes: 20_000_000, left: 100_000_000 },
    });
  });

  it('knows a phone by its MAC wherever it asks from, and by its address where it shows none', () => {
    const moved = phone(1, underWay);
    const by = [
      fetched(99, 10_000_000, { mac: mac(1) as never }),
      fetched(1, 5_000_000),
      fetched(1, 7_000_000, { mac: mac(7) as never }),
    ];
    expect(fetching([moved], by)).toMatchObject({ bytes: 15_000_000 });
  });

  it('takes what a load is for the phones themselves from the first that are done', () => {
    const done = phone(1, [...underWay, 'all-proven']);
    const by = [fetched(1, 30_000_000), fetched(2, 20_000_000)];
    expect(fetching([done, phone(2, underWay), phone(3, waiting)], by)).toEqual({
      ...{ bytes: 50_000_000, left: 40_000_000 },
    });
  });

  it('says nothing where phones fetch elsewhere, or it is not known what they fetch', () => {
    const done = phone(1, [...underWay, 'all-proven']);
    expect(fetching([done, phone(2, underWay)], [fetched(2, 20_000_000)])).toBeNull();
    expect(fetching([phone(1, waiting)], [], new Map())).toBeNull();
  });

  it('says nothing before the first byte: phones may not have begun, or fetch elsewhere', () => {
    expect(fetching([phone(1, underWay)], [])).toBeNull();
    expect(fetching([phone(1, underWay)], [fetched(9, 5_000)])).toBeNull();
  });

  it('says nothing of phones that an interrupted run had sent on their way: what they have left is not known', () => {
    expect(fetching([phone(1, underWay)], [fetched(1, 20_000_000)], new Map())).toBeNull();
  });
});
