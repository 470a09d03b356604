import { describe, expect, it } from '@jest/globals';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import { pack, unpack, catchUp, restoreRecord, sinceIntents, snapshotOf } from '../../../src/fleet/record/snapshot.js';
import type { RecordSnapshot } from '../../../src/fleet/record/phone-record.js';
import { FakeClock } from '../support/fake-clock.js';
import type { WrittenStep } from '../../../src/fleet/record/written-step.js';

const at = (second: number): string => `2026-01-15T01:00:${String(second).padStart(2, '0')}.000Z`;
const mac = '00CCFC000001';
const baseline: PhoneFacts = {
  ...{ family: 'multiplatform', mac, model: '8841', productId: 'CP-8841-3PCC', vid: 'V05', serial: 'FCH1' },
  ...{ softwareVersion: 'sip88xx.12-0-3MPP0001-87', hardwareVersion: 'V01', transitionAuthorizationType: '' },
  ...{ upgradeStatus: null, firmwareUpgradeRows: [], authorizationRows: [], busy: false },
  ...{ settings: null, settingsProblem: null, readFrom: '/admin/advanced' },
};
const step = { step: 'convert', load: 'sip88xx.14-2-1-0101-26', set: { upgradeRule: 'http://10.0.0.5/x' } } as const;
const change = { field: 'upgradeRule', from: '', to: 'http://10.0.0.5/x' } as const;

function snapshot(more: Partial<RecordSnapshot> = {}): RecordSnapshot {
  return {
    target: { address: '10.0.0.5', hint: {}, scope: '10.0.0.0/24', named: false, source: '--subnet' },
    ...{ address: '10.0.0.5', state: 'submitted', facts: baseline, eligibility: null, plan: [step] },
    ...{ changes: [change], failure: null, evidence: [{ at: at(1), kind: 'written', text: 'read back as sent' }] },
    ...{ stepIndex: 0, startedAt: 0, wave: 1 },
    underWay: {
      ...{ step, baseline, authorizationUrl: null, changes: [change], unread: false, writtenAt: 1, seenOnLoad: false },
      ...{ tried: [], more: false, seenUpgrading: false },
    },
    ...more,
  };
}

const stored = (value: RecordSnapshot): RecordSnapshot => unpack(JSON.parse(JSON.stringify(pack(value))) as never);

describe('a snapshot that is packed', () => {
  it.each([
    ['as its baseline', snapshot()],
    ['seen otherwise since', snapshot({ facts: { ...baseline, upgradeStatus: 'Upgrading', vid: null } })],
    ['before its post', snapshot({ state: 'waiting', underWay: null })],
    ['never read', snapshot({ state: 'waiting', underWay: null, facts: null })],
    ['in its second step', snapshot({ plan: [{ ...step, step: 'upgrade' }, step], stepIndex: 1 })],
    ['with a step that is not the plan’s', snapshot({ plan: [{ ...step, step: 'upgrade' }] })],
  ])('of a phone %s comes back as it was', (_, value) => {
    expect(stored(value)).toEqual(value);
  });

  it('goes on counting what the phone was asked', () => {
    const record = restoreRecord(snapshot({ traffic: { requests: 7, bytes: 900 } }), new FakeClock(), {
      notify: () => {},
    });
    expect(record.traffic).toEqual({ requests: 7, bytes: 900 });
    record.traffic.requests += 1;
    expect(snapshotOf(record).traffic).toEqual({ requests: 8, bytes: 900 });
  });

  it('comes back from a store in which nothing was packed yet', () => {
    const value = snapshot({ facts: { ...baseline, busy: true } });
    expect(unpack(JSON.parse(JSON.stringify(value)) as never)).toEqual(value);
  });

  it.each([
    ['--subnet 10.0.0.0/24', false],
    ['--target 10.0.0.5-9', true],
    ['phones.csv:7', true],
  ])('of a version that did not keep who was named is told by where it came from: %s', (source, named) => {
    for (const underWay of [snapshot().underWay, null]) {
      const value = snapshot({ underWay });
      const { named: _, ...target } = { ...value.target, source };
      expect(unpack({ ...pack(value), target }).target).toEqual({ ...target, named });
    }
  });

  it('says nothing twice', () => {
    expect(JSON.stringify(pack(snapshot())).match(/CP-8841-3PCC/g)).toHaveLength(1);
  });
});

describe('what events tell since the last intent', () => {
  async function* events(...all: (readonly [string, Record<string, unknown>])[]) {
    let second = 0;
    for (const [event, detail] of all) yield { event, at: at((second += 1)), address: '10.0.0.5', mac, ...detail };
  }
  const evidence = (text: string, second: number) => ['evidence', { kind: 'seen', text, at: at(second) }] as const;
  const state = (name: string) => ['state', { state: name }] as const;

  it('is added to the snapshot: evidence that it lacks, the last state, and whether the phone was on its load', async () => {
    const since = await sinceIntents(
      events(
        ...[evidence('before', 1), ['intent', {}] as const, ['evidence', { ...snapshot().evidence[0] }] as const],
        ...[state('submitted'), evidence('upgrading', 5), state('upgrading'), state('verifying'), state('restarting')],
      ),
    );
    const caughtUp = catchUp(snapshot(), since.get(mac));
    expect(caughtUp.state).toBe('restarting');
    expect(caughtUp.evidence.map(({ text }) => text)).toEqual(['read back as sent', 'upgrading']);
    expect(caughtUp.underWay?.seenOnLoad).toBe(true);
  });

  it('is its last word on whether it is upgrading', async () => {
    type Told = Parameters<typeof events>[number];
    const idle: Told = ['evidence', { at: at(7), kind: 'idle-again', text: 'runs its old firmware' }];
    const upgrading: Told = ['evidence', { at: at(6), kind: 'upgrade-status', text: 'Upgrading' }];
    const saw = async (...told: Told[]): Promise<boolean | undefined> => {
      const since = await sinceIntents(events(['intent', {}], ...told));
      const underWay = { ...(snapshot().underWay as WrittenStep), seenUpgrading: true };
      return catchUp(snapshot({ underWay }), since.get(mac)).underWay?.seenUpgrading;
    };
    expect([await saw(), await saw(upgrading), await saw(upgrading, idle)]).toEqual([true, true, false]);
    expect(await saw(upgrading, idle, upgrading)).toBe(true);
  });

  it('is nothing for a phone that was only intended to be written to, or is between two steps', async () => {
    const since = await sinceIntents(events(['intent', {}], state('submitted'), evidence('x', 9)));
    for (const where of ['writing', 'waiting', 'continuing'] as const)
      expect(catchUp(snapshot({ state: where }), since.get(mac))).toEqual(snapshot({ state: where }));
  });

  it('of an earlier step is forgotten', async () => {
    const since = await sinceIntents(events(['intent', {}], state('verifying'), ['intent', {}], evidence('new', 4)));
    expect(since.get(mac)).toMatchObject({ state: null, seenOnLoad: false, evidence: [{ text: 'new' }] });
  });
});
