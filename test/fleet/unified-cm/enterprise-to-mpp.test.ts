import { nothingCounted } from '../../../src/fleet/memory/resume.js';
import { describe, expect, it } from '@jest/globals';
import { mayBeResumed } from '../../../src/domain/failures/failure-codes.js';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import { noopMemory } from '../../../src/fleet/memory/memory.js';
import type { PhoneRecord } from '../../../src/fleet/record/phone-record.js';
import { restoreRecord, snapshotToKeep } from '../../../src/fleet/record/snapshot.js';
import { bench, targets } from '../support/fleet.js';
import { only, toMpp, ucmScene as scene } from '../support/ucm-scene.js';

const load = 'sip88xx.12-0-3MPP0001-87';
const stepUp = 'sip88xx.14-2-1-0101-26';

const kinds = (report: PhoneReport): string[] => [...new Set(report.evidence.map(({ kind }) => kind))];

describe('a phone of Unified CM becomes Multiplatform', () => {
  it('by a load that is named and applied once, and gets its license on its new page, its web server being off before', async () => {
    const { b, phones } = scene([{}]);
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'done', failure: null, family: 'multiplatform', softwareVersion: load });
    expect(report.plan.map(({ step, load: to }) => [step, to])).toEqual([
      ['load', load],
      ['authorize', null],
    ]);
    expect(phones[0]?.asked).toEqual([`change {"ownLoad":"${load}"}`, 'apply']);
    expect(report.changes).toEqual([
      { field: 'phoneLoad', from: '', to: load },
      { field: 'authorizationRule', from: '', to: 'http://10.9.9.9:6970/$MAU.lic' },
    ]);
    expect(kinds(report)).toEqual(['written', 'upgrade-status', 'phone-on-load', 'authorization-row']);
    expect(report.evidence.find(({ kind }) => kind === 'upgrade-status')?.text).toBe('Upgrading');
  });

  it('says what Unified CM has of it, as it was seen last', async () => {
    const { b } = scene([{}]);
    const report = await b.go();
    expect(only(report).ucm).toEqual({
      name: 'SEP00CCFC000001',
      devicePool: 'Lobby',
      description: 'Phone 1',
      registered: 'no',
      load,
      statusReason: null,
    });
    expect(report.totals.byDirection).toEqual({ e2m: { eligible: 1 } });
  });

  it('over 14.2(1)SR1 where its firmware is older, each load named when the one before is proven', async () => {
    const { b, phones } = scene([{ load: 'sip88xx.12-8-1-0101-482' }]);
    const report = only(await b.go());
    expect(report.outcome).toBe('done');
    expect(report.plan.map(({ step, load: to }) => [step, to])).toEqual([
      ['load', stepUp],
      ['load', load],
      ['authorize', null],
    ]);
    expect(phones[0]?.asked).toEqual([
      `change {"ownLoad":"${stepUp}"}`,
      'apply',
      `change {"ownLoad":"${load}"}`,
      'apply',
    ]);
    expect(report.evidence.map(({ text }) => text)).toContain(`is registered with Unified CM cucm1, on ${stepUp}`);
  });

  it('with its Load Server, every other byte of its settings kept', async () => {
    const { b, phones } = scene([{}], {}, '10.0.0.5');
    expect(only(await b.go()).outcome).toBe('done');
    expect(phones[0]?.settings.vendorConfig).toBe('<webAccess>1</webAccess><loadServer>10.0.0.5</loadServer>');
  });

  it('is found again at another address of its subnet', async () => {
    const { b } = scene([{ after: 'moves' }]);
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'done', address: '10.0.0.200' });
    expect(kinds(report)).toContain('moved');
  });

  it('is told so where its license is refused', async () => {
    const { b } = scene([{ licensed: false }]);
    expect(only(await b.go())).toMatchObject({ outcome: 'failed', failure: { code: 'authorization-failed' } });
  });

  it('with its web server on, too', async () => {
    const { b } = scene([{ web: true }]);
    expect(only(await b.go())).toMatchObject({ outcome: 'done', vid: 'V05', family: 'multiplatform' });
  });

  it('with one that is off and takes connections only to break them', async () => {
    const { b } = scene([{ web: 'resets' }]);
    expect(only(await b.go())).toMatchObject({ outcome: 'done', family: 'multiplatform' });
  });

  it('and a dry run makes the same plan and asks nothing of Unified CM but what it has', async () => {
    const { b, phones } = scene([{}], { options: { dryRun: true } });
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'planned', touched: false });
    expect(report.plan.map(({ step }) => step)).toEqual(['load', 'authorize']);
    expect(phones[0]?.asked).toEqual([]);
  });
});

describe('a phone that cannot be moved through Unified CM', () => {
  it('is left alone where it is not registered, or where that is not known', async () => {
    const { b, phones } = scene([
      { registered: 'no', web: true },
      { registered: 'unknown', web: true },
    ]);
    const report = await b.go();
    expect(report.phones.map(({ outcome, failure }) => [outcome, failure?.code])).toEqual([
      ['blocked', 'ucm-unregistered'],
      ['blocked', 'ucm-registration-unknown'],
    ]);
    expect(phones.flatMap(({ asked }) => asked)).toEqual([]);
  });

  it('is left alone where others may be at its address, unless its own page was read there', async () => {
    const { b, phones } = scene([{}, { web: true }]);
    const { phones: known } = b.context.ucm!;
    for (const one of known.values()) one.mayBeBehindProxy = true;
    const report = await b.go();
    expect(report.phones.map(({ outcome, failure }) => [outcome, failure?.code ?? null])).toEqual([
      ['blocked', 'ucm-registration-unknown'],
      ['done', null],
    ]);
    expect(phones[0]?.asked).toEqual([]);
  });

  it('is left alone where Unified CM does not have it', async () => {
    const { b } = scene([{ web: true }]);
    b.context.ucm = { ...(b.context.ucm as NonNullable<typeof b.context.ucm>), phones: new Map() };
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'blocked', failure: { code: 'ucm-not-found' }, ucm: null });
  });

  it('is not taken for one of unknown hardware where its label is not known', async () => {
    const { b, phones } = scene([{}]);
    const { address, mac } = phones[0]!;
    b.context.targets = targets([address], { hints: { [address]: { mac } }, named: [address] });
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'blocked', failure: { code: 'eligibility-unknown' } });
    expect(report.eligibility?.reasons[0]?.text).toContain('VID');
  });
});

describe('a phone that takes its loads from elsewhere', () => {
  it('is not given one that nobody has looked for there, unless the run names its server', async () => {
    const { b, phones } = scene([{}]);
    phones[0]!.settings = { ownLoad: null, vendorConfig: '<loadServer>10.9.9.8</loadServer>' };
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'blocked', touched: false, failure: { code: 'ucm-other-load-server' } });
    expect(phones[0]?.asked).toEqual([]);
    const named = scene([{}], {}, '10.0.0.5');
    named.phones[0]!.settings = { ownLoad: null, vendorConfig: '<loadServer>10.9.9.8</loadServer>' };
    expect(only(await named.b.go()).outcome).toBe('done');
  });
});

describe('a load that a phone does not take', () => {
  it('is taken back from Unified CM, so that no later restart takes it', async () => {
    const { b, phones } = scene([{ after: 'stays' }]);
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'failed', failure: { code: 'still-on-old-firmware' } });
    expect(phones[0]?.asked).toEqual([`change {"ownLoad":"${load}"}`, 'apply', 'change {"ownLoad":null}', 'apply']);
    expect(kinds(report)).toContain('put-back');
    expect(report.ucm?.load).toBe('sip88xx.14-2-1-0101-26');
  });

  it.each([
    ['the phone says that it is taking it', 'upgrading'],
    ['nobody knows what Unified CM shows', 'unknown'],
  ] as const)('is not taken back while %s, however long that takes: a resume watches on', async (_, shows) => {
    const { b, phones } = scene([{ upgradeMs: 4 * 60 * 60_000, shows }]);
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'unverified', failure: { code: 'still-upgrading' } });
    expect(phones[0]?.asked).toEqual([`change {"ownLoad":"${load}"}`, 'apply']);
    expect(mayBeResumed(report)).toBe(true);
  });

  it('is watched on by a resume for as long as it is taken, and then licensed', async () => {
    const records = new Set<PhoneRecord>();
    const memory = { ...noopMemory, recordChanged: (record: PhoneRecord) => void records.add(record) };
    const { b, cluster } = scene([{ upgradeMs: 60 * 60_000, awayMs: 5 * 60_000 }], { memory });
    expect(only(await b.go())).toMatchObject({ outcome: 'unverified', failure: { code: 'still-upgrading' } });

    const { clock, network } = b;
    const again = bench({ clock, network, profile: toMpp });
    Object.assign(again.context, { ucm: cluster.atWork(), options: b.context.options, targets: b.context.targets });
    const began = clock.monotonic();
    const left = [...records].map((record) => restoreRecord(snapshotToKeep(record)!, clock, again.context));
    const previous = {
      records: left,
      waveOf: () => 0,
      isKnown: () => true,
      workedMs: 0,
      stoppedItself: false,
      counted: nothingCounted,
      anew: [],
    };
    expect(only(await again.go({}, previous))).toMatchObject({ outcome: 'done' });
    expect(clock.monotonic() - began).toBeGreaterThan(10 * 60_000);
  });

  it.each([
    ['none', '<webAccess>1</webAccess>\n'],
    ['an empty one', '<loadServer/><webAccess>1</webAccess>'],
    ['an empty one, written at length', "<a/><loadServer  note='x' /><webAccess>1</webAccess>"],
    ['another one', '<loadServer> 10.9.9.8</loadServer ><webAccess>1</webAccess>'],
  ])('is taken back where the download failed, with its Load Server as it was, byte for byte: %s', async (_, xml) => {
    const { b, phones } = scene([{ after: 'download-fails' }], {}, '10.0.0.5');
    phones[0]!.settings = { ownLoad: null, vendorConfig: xml };
    const report = only(await b.go());
    expect(report).toMatchObject({ outcome: 'failed', failure: { code: 'upgrade-failed' } });
    expect(report.failure?.message).toContain('File not found');
    expect(phones[0]?.asked[0]).toContain('10.0.0.5');
    expect(phones[0]?.settings).toEqual({ ownLoad: null, vendorConfig: xml });
  });

  it('stays where the phone has vanished: nobody knows what it does', async () => {
    const { b, phones } = scene([{ after: 'vanishes' }]);
    expect(only(await b.go())).toMatchObject({ outcome: 'unverified', failure: { code: 'silent' } });
    expect(phones[0]?.settings.ownLoad).toBe(load);
  });
});

describe('a change that Unified CM does not take, or does not answer', () => {
  it('ends the phone where it is refused', async () => {
    const { b, phones } = scene([{ change: 'refused' }]);
    expect(only(await b.go())).toMatchObject({ outcome: 'failed', failure: { code: 'ucm-refused' } });
    expect(phones[0]?.asked).toHaveLength(1);
  });

  it.each([
    ['busy-once', [`change {"ownLoad":"${load}"}`, `change {"ownLoad":"${load}"}`, 'apply']],
    ['lost-not-made', [`change {"ownLoad":"${load}"}`, `change {"ownLoad":"${load}"}`, 'apply']],
    ['lost-but-made', [`change {"ownLoad":"${load}"}`, 'apply']],
  ] as const)('is read first and then made, never twice (%s)', async (change, asked) => {
    const { b, phones } = scene([{ change }]);
    const report = only(await b.go());
    expect(report.outcome).toBe('done');
    expect(phones[0]?.asked).toEqual(asked);
    expect(report.changes.filter(({ field }) => field === 'phoneLoad')).toHaveLength(1);
  });

  it.each([
    ['lost', { change: 'lost-not-made' }],
    ['held back', { change: 'busy-once' }],
    ['not applied', { apply: 'lost' }],
  ] as const)('is made also where a phone is given less time than a late answer takes (%s)', async (_, manner) => {
    const { timing } = toMpp;
    const profile = { ...toMpp, timing: { ...timing, upgradeDeadline: timing.patience - 10_000 } };
    const { b, phones } = scene([{ ...manner, upgradeMs: 40_000 }], { profile });
    expect(only(await b.go()).outcome).toBe('done');
    expect(phones[0]?.settings.ownLoad).toBe(load);
  });

  it('is applied once more where only that was lost', async () => {
    const { b, phones } = scene([{ apply: 'lost' }]);
    expect(only(await b.go()).outcome).toBe('done');
    expect(phones[0]?.asked).toEqual([`change {"ownLoad":"${load}"}`, 'apply', 'apply']);
  });
});
