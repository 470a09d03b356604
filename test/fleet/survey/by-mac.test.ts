import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { previousRun } from '../../../src/fleet/memory/resume.js';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import type { PhoneByMac, TargetHint } from '../../../src/inventory/target.js';
import type { Store } from '../../../src/store/store.js';
import type { RunRow, TargetRow } from '../../../src/store/store-rows.js';
import { samplePhone } from '../../report/support/sample.js';
import { FakeClock } from '../support/fake-clock.js';
import { addresses, type Bench, bench, mac, mpp, phone, sumOf, targets } from '../support/fleet.js';
import { Network } from '../support/network.js';

const row = (n: number, hint: TargetHint = {}): PhoneByMac => ({
  hint: { ...hint, mac: mac(n) },
  ...{ inventory: 'phones.csv', source: `phones.csv:${n}`, isOwed: true },
});

interface Setup {
  rows: PhoneByMac[];
  /** The MAC at each address from 10.0.0.1; `null`: dark; a text: why it cannot be read. */
  network: readonly (number | null | 'auth-required')[];
  hints?: Record<string, TargetHint>;
  scanned?: readonly string[];
  dryRun?: boolean;
}

function sought({ rows, network: places, hints = {}, scanned, dryRun = false }: Setup): Bench {
  const clock = new FakeClock();
  const network = new Network(clock);
  for (const [index, what] of places.entries()) {
    if (what === null) continue;
    network.places.set(addresses(1, index + 1)[0] ?? '', {
      look: () =>
        what === 'auth-required'
          ? { kind: 'unreadable', failure: failure(what) }
          : phone(mpp({ mac: mac(what), serial: `S${what}` })),
    });
  }
  const source = targets(addresses(places.length), { byMac: rows, hints, ...(scanned ? { scanned } : {}) });
  return bench({ clock, network, targets: source, ...(dryRun ? { options: { dryRun } } : { profile: null }) });
}

describe('a phone that a list gives by its MAC alone', () => {
  it('is found by scanning, gets what its row says, and counts as named', async () => {
    const run = sought({ rows: [row(2, { site: 'Berlin', note: 'Reception' })], network: [1, 2, null] });
    const report = await run.go();
    expect(report.phones.map(({ address, named, site, note }) => [address, named, site, note])).toEqual([
      ['10.0.0.1', false, null, null],
      ['10.0.0.2', true, 'Berlin', 'Reception'],
    ]);
    expect(report.phones[1]?.evidence).toContainEqual(
      expect.objectContaining({ kind: 'found-by-mac', text: 'phones.csv:2 names its MAC.' }),
    );
    expect(report.totals.targets).toBe(3);
  });

  it('is planned with its row: a model that is another one blocks it', async () => {
    const report = await sought({ rows: [row(1, { model: '8861' })], network: [1], dryRun: true }).go();
    expect(report.phones[0]).toMatchObject({
      outcome: 'blocked',
      failure: { code: 'inventory-mismatch', message: 'phones.csv:1 names model 8861 here, the phone shows 8841.' },
    });
  });

  it('is blocked where the row of its address says otherwise: which of them is right cannot be known', async () => {
    const setup = { network: [1], hints: { '10.0.0.1': { vid: 'V04' } } };
    const report = await sought({ ...setup, rows: [row(1, { vid: 'V16' })], dryRun: true }).go();
    expect(report.phones[0]).toMatchObject({
      outcome: 'blocked',
      failure: {
        code: 'lists-disagree',
        message: expect.stringMatching(/^phones\.csv:1: 00CCFC000001 has the VID V16 here, but V04 in .+\.$/),
      },
    });
    const audit = await sought({ ...setup, rows: [row(1, { vid: 'V16' })] }).go();
    expect(audit.phones[0]).toMatchObject({ outcome: 'audited', failure: { code: 'lists-disagree' } });
    const agreeing = await sought({ ...setup, rows: [row(1, { vid: '4' })], dryRun: true }).go();
    expect(agreeing.phones[0]?.outcome).toBe('planned');
  });

  it('is listed as not read where no phone shows the MAC, with where it was looked for', async () => {
    const report = await sought({ rows: [row(7), row(1)], network: [1, null, 'auth-required'] }).go();
    expect(report.phones.find(({ address }) => address === mac(7))).toMatchObject({
      ...{ outcome: 'no-answer', named: true, mac: null, touched: false },
      failure: {
        code: 'not-found-by-mac',
        message: `phones.csv:7 gives the MAC ${mac(7)} without an address, and no phone that was read in --subnet 10.0.0.0/24 has it (1 answered without showing a MAC).`,
      },
    });
    expect(report.totals.targets).toBe(4);
    expect(sumOf(report)).toBe(4);
  });

  it('is listed as not read where nothing is scanned', async () => {
    const report = await sought({ rows: [row(7)], network: [1], scanned: [] }).go();
    expect(report.phones.find(({ address }) => address === mac(7))?.failure?.message).toBe(
      `phones.csv:7 gives the MAC ${mac(7)} without an address, and no subnet or range was given to look for it in.`,
    );
  });

  it('is written to at one address only when it answers at two', async () => {
    const report = await sought({ rows: [row(1)], network: [1, 1], dryRun: true }).go();
    expect(report.phones.map(({ outcome, failure: why, named }) => [outcome, why?.code, named]).sort()).toEqual([
      ['blocked', 'duplicate-mac', true],
      ['planned', undefined, true],
    ]);
  });

  it('leaves an address alone where an inventory expects another phone', async () => {
    const hints = { '10.0.0.1': { mac: mac(9) } };
    const report = await sought({ rows: [row(1, { note: 'elsewhere' })], network: [1], hints, dryRun: true }).go();
    expect(report.phones).toHaveLength(1);
    expect(report.phones[0]).toMatchObject({ note: null, failure: { code: 'inventory-mismatch' } });
  });

  it('is not said to be missing by a run that was stopped', async () => {
    const run = sought({ rows: [row(7)], network: [1, 2] });
    run.stop.request('SIGINT');
    const report = await run.go();
    expect(report.phones.map(({ outcome }) => outcome)).not.toContain('no-answer');
    expect(report.totals).toMatchObject({ targets: 3, byOutcome: { aborted: 3 } });
  });

  it('is looked for again in a resume, unless the run had found it', async () => {
    const run = sought({ rows: [row(1), row(7), row(8)], network: [1, 8] });
    const ended = (address: string, more: Partial<PhoneReport>): TargetRow => {
      const report = samplePhone({ address, mac: null, named: true, ...more });
      const state = report.outcome;
      const row = { key: address, address, mac: report.mac, state, outcome: state, touched: false, wave: null };
      return { ...row, report, updatedAt: '', snapshot: null };
    };
    const why = failure('not-found-by-mac');
    const store = {
      async *targetsOf() {
        yield ended('10.0.0.1', { mac: mac(1), outcome: 'audited' });
        yield* [7, 8].map((n) => ended(mac(n), { outcome: 'no-answer', failure: why }));
      },
      async *eventsOf() {},
    } as unknown as Store;
    const previous = await previousRun(store, { id: 'stopped', waves: {} } as RunRow, run.context, false);
    const report = await run.go({}, previous);
    expect(previous.anew).toEqual([mac(7), mac(8)]);
    expect(report.phones.map(({ address, outcome }) => [address, outcome])).toEqual([
      ['10.0.0.1', 'audited'],
      ['10.0.0.2', 'audited'],
      [mac(7), 'no-answer'],
    ]);
    expect(run.network.asked('look', '10.0.0.1')).toEqual([]);
  });
});
