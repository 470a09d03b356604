import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import { phonesOfRun, type SelectedPhones } from '../../../src/fleet/memory/phones-of-run.js';
import type { RunRow, TargetRow } from '../../../src/store/store-rows.js';
import { samplePhone } from '../../report/support/sample.js';
import { mac } from '../support/fleet.js';

const at = (address: string, more: Partial<PhoneReport>): PhoneReport =>
  samplePhone({ address, mac: null, named: false, site: null, note: null, ...more });

const reports: PhoneReport[] = [
  at('10.0.0.1', { mac: mac(1), model: '8841', serial: 'S1', site: 'Berlin', outcome: 'done' }),
  at('10.0.0.2', { mac: mac(2), outcome: 'blocked', failure: failure('license-missing') }),
  at('10.0.0.3', { mac: mac(3), outcome: 'failed', failure: failure('wrong-load') }),
  at('10.0.0.4', { outcome: 'not-a-phone', failure: failure('not-a-phone') }),
  at('10.0.0.5', { outcome: 'not-a-phone', failure: failure('not-a-phone'), named: true }),
  at('10.0.0.6', { outcome: 'blocked', failure: failure('auth-required') }),
  at(mac(7), { outcome: 'no-answer', failure: failure('not-found-by-mac'), named: true }),
];

function select(only: string[], run: Partial<RunRow> = {}, listed = reports): Promise<SelectedPhones> {
  const store = {
    path: '/var/fleet.db',
    async *targetsOf() {
      for (const report of listed)
        yield {
          ...{ key: report.address, address: report.address, mac: report.mac, state: report.outcome, wave: null },
          ...{ report, snapshot: null, outcome: report.outcome, touched: false, updatedAt: '' },
        } satisfies TargetRow;
    },
  };
  return phonesOfRun(store, { id: 'earlier', state: 'finished', totals: null, ...run }, only);
}

const addresses = ({ ofRun }: SelectedPhones): (string | null)[] => ofRun.phones.map(({ address }) => address);

describe('the phones of an earlier run', () => {
  it('are all that it read, those that may be phones, and what was named; not the printers of a subnet', async () => {
    expect(addresses(await select([]))).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.5', '10.0.0.6', null]);
  });

  it.each([
    [['failed'], ['10.0.0.3']],
    [
      ['failed', 'license-missing'],
      ['10.0.0.2', '10.0.0.3'],
    ],
    [['not-a-phone'], ['10.0.0.4', '10.0.0.5']],
  ])('of these only %j', async (only, wanted) => {
    expect(addresses(await select(only))).toEqual(wanted);
  });

  it('come in the order of their addresses, as a subnet does', async () => {
    const listed = ['10.0.0.10', '10.0.0.9', '10.0.1.1'].map((address, index) =>
      at(address, { mac: mac(index), outcome: 'audited' }),
    );
    expect(addresses(await select([], {}, listed))).toEqual(['10.0.0.9', '10.0.0.10', '10.0.1.1']);
  });

  it('come with what the run knew of them; one that was not found, with its MAC', async () => {
    const { ofRun } = await select([]);
    expect(ofRun.phones[0]?.hint).toMatchObject({ mac: mac(1), model: '8841', serial: 'S1', site: 'Berlin' });
    expect(ofRun.phones.at(-1)?.hint.mac).toBe(mac(7));
  });

  it('have a hardware version only from the UDI: a Multiplatform page may show another', async () => {
    const listed = [
      at('10.0.0.1', { mac: mac(1), family: 'multiplatform', vid: 'V31', hardwareVersion: 'V31', outcome: 'audited' }),
      at('10.0.0.2', { mac: mac(2), family: 'enterprise', vid: 'V09', outcome: 'audited' }),
      at('10.0.0.3', {
        mac: mac(3),
        vid: 'V31',
        hardwareVersion: 'V31',
        vidSource: 'hardware-version',
        outcome: 'audited',
      }),
      at('10.0.0.4', { mac: mac(4), vid: 'V31', hardwareVersion: 'V31', vidSource: 'inventory', outcome: 'audited' }),
    ];
    const { ofRun } = await select([], {}, listed);
    expect(ofRun.phones.map(({ hint }) => hint.vid)).toEqual([undefined, 'V09', undefined, undefined]);
  });

  it('that Unified CM knew by their MACs alone are looked for under them', async () => {
    const codes = ['ucm-unregistered', 'ucm-not-here'] as const;
    const listed = [
      at(mac(8), { mac: null, outcome: 'no-answer', failure: failure(codes[0]), named: true }),
      at('100.100.100.100', { mac: null, outcome: 'blocked', failure: failure(codes[1]), named: true }),
    ];
    const { ofRun } = await select([...codes], {}, listed);
    expect(ofRun.phones.map(({ address, hint }) => [address, hint.mac])).toEqual([
      ['100.100.100.100', undefined],
      [null, mac(8)],
    ]);
  });

  it('of a run that has not ended are refused: how its phones end is not known', async () => {
    await expect(select([], { state: 'running' })).rejects.toThrow(
      /^The run earlier has not ended, .* resume earlier --db \S+$/,
    );
  });

  it('that do not exist are refused, with what the run had', async () => {
    await expect(select(['unverified'])).rejects.toThrow(
      'The run earlier has no phone that ended with unverified; it had 1 done, 2 blocked, 1 failed, 1 no-answer, 2 not-a-phone (with 1 auth-required, 1 license-missing, 1 not-found-by-mac, 1 wrong-load).',
    );
    await expect(select([], {}, [])).rejects.toThrow(/^The run earlier found no phone; /);
  });

  it('are told to be fewer than its targets where it was stopped before it had looked at all', async () => {
    const totals = { targets: 20, byOutcome: { 'no-answer': 11 }, noAnswerByCode: { 'connect-timeout': 11 } };
    const { remarks } = await select([], { state: 'interrupted', totals });
    expect(remarks).toEqual([
      'The run earlier ended before 3 targets were looked at: what is there is not known, and is no target of this run.',
    ]);
  });
});
