import { describe, expect, it } from '@jest/globals';
import { failure, type FailureCodeName } from '../../../src/domain/failures/failure-codes.js';
import type { FileCheck } from '../../../src/files/file-check.js';
import { FakeClock } from '../support/fake-clock.js';
import { addresses, bench, mac, mpp, phone, sumOf, targets } from '../support/fleet.js';
import { fails, Network } from '../support/network.js';

const audit = { profile: null } as const;

describe('what a target that cannot be read becomes', () => {
  const rows: [FailureCodeName, string, 'listed' | 'counted', number][] = [
    ['connect-refused', 'no-answer', 'counted', 1],
    ['connect-timeout', 'no-answer', 'counted', 1],
    ['host-unreachable', 'no-answer', 'counted', 1],
    ['connect-reset', 'no-answer', 'counted', 2],
    ['response-timeout', 'no-answer', 'listed', 2],
    ['malformed-response', 'not-a-phone', 'listed', 1],
    ['response-too-large', 'not-a-phone', 'listed', 1],
    ['headers-too-large', 'not-a-phone', 'listed', 1],
    ['redirect-loop', 'not-a-phone', 'listed', 1],
    ['redirect-elsewhere', 'not-a-phone', 'listed', 1],
    ['wrong-protocol', 'blocked', 'listed', 1],
    ['body-timeout', 'blocked', 'listed', 2],
    ['session-timeout', 'blocked', 'listed', 2],
    ['connection-lost', 'blocked', 'listed', 4],
    ['tls-failed', 'blocked', 'listed', 1],
    ['certificate-untrusted', 'blocked', 'listed', 1],
    ['local-refused', 'blocked', 'listed', 1],
    ['local-resources', 'aborted', 'listed', 1],
  ];

  it.each(rows)('%s: %s, %s, after %i look(s)', async (code, outcome, how, looks) => {
    const run = bench(audit);
    run.network.places.set('10.0.0.1', { look: () => fails(code) });
    const report = await run.go();
    expect(report.totals.byOutcome).toEqual({ [outcome]: 1 });
    expect(report.phones.map((each) => each.failure?.code)).toEqual(how === 'listed' ? [code] : []);
    expect(run.network.asked('look')).toHaveLength(looks);
  });

  const unreadable: [FailureCodeName, number][] = [
    ['auth-required', 1],
    ['web-admin-off', 1],
    ['set-password-page', 1],
    ['page-unreadable', 1],
    ['http-error', 4],
    ['empty-page', 4],
  ];

  it.each(unreadable)('a page that shows nothing (%s): blocked, after %i look(s)', async (code, looks) => {
    const run = bench(audit);
    run.network.places.set('10.0.0.1', { look: () => ({ kind: 'unreadable', failure: failure(code, 'As it said.') }) });
    const report = await run.go();
    expect(report.phones[0]).toMatchObject({
      outcome: 'blocked',
      touched: false,
      failure: { code, message: 'As it said.' },
    });
    expect(run.network.asked('look')).toHaveLength(looks);
  });

  it('a phone that is only known from another page is audited, and its evidence says why', async () => {
    const run = bench(audit);
    const settingsProblem = failure('auth-required', '/admin/advanced asks for a password (401).');
    const facts = mpp({ settings: null, settingsProblem, readFrom: '/admin/status.xml' });
    run.network.places.set('10.0.0.1', { look: () => phone(facts) });
    const [entry] = (await run.go()).phones;
    expect(entry).toMatchObject({ outcome: 'audited', failure: null });
    expect(entry?.evidence).toMatchObject([
      {
        kind: 'access',
        text: 'auth-required: /admin/advanced asks for a password (401); read from /admin/status.xml.',
      },
    ]);
  });

  it('something else: not-a-phone, with what it seems to be', async () => {
    const run = bench(audit);
    run.network.places.set('10.0.0.1', { look: () => ({ kind: 'not-a-phone', detail: 'A printer.' }) });
    expect((await run.go()).phones[0]).toMatchObject({
      outcome: 'not-a-phone',
      failure: { code: 'not-a-phone', message: 'A printer.' },
    });
  });
});

describe('what this machine lacks', () => {
  it('ends the run as its own failure, with the reason, and nobody is called silent', async () => {
    const run = bench({ ...audit, options: { probeConcurrency: 1 }, targets: targets(addresses(10)) });
    run.network.places.set('10.0.0.1', { look: () => phone(mpp()) });
    for (const address of addresses(9, 2))
      run.network.places.set(address, {
        probe: () => fails('local-resources', 'this machine has no socket left (EMFILE)'),
        look: () => phone(mpp()),
      });
    const report = await run.go();
    expect(report.run.interrupted).toBe('this machine has no socket left (EMFILE)');
    expect(report.totals.byOutcome).toEqual({ audited: 1, aborted: 9 });
    expect(report.totals.noAnswerByCode).toEqual({});
    expect(run.network.asked('probe').length).toBeLessThan(10);
  });

  it('ends it also where it shows in the files that a plan needs', async () => {
    const lacking = async (url: string): Promise<FileCheck> => ({
      ...{
        ok: false,
        url,
        code: 'local-resources',
        message: 'This machine has no socket left (EMFILE).',
        warnings: [],
      },
    });
    const files = { firmware: lacking, license: lacking, anew: () => {} };
    const run = bench({ options: { dryRun: true }, preflight: files });
    run.network.places.set('10.0.0.1', { look: () => phone(mpp()) });
    const report = await run.go();
    expect(report.run.interrupted).toBe('this machine has no socket left (EMFILE)');
    expect(report.phones[0]).toMatchObject({ touched: false, failure: { code: 'local-resources' } });
  });

  it.each([
    ['a few targets, all of them', 3, 3],
    ['a large subnet, as soon as it is clear', 2_000, 400],
  ])('where it refuses everybody ends the run with that: %s', async (_, count, mostAsked) => {
    const run = bench({ ...audit, options: { probeConcurrency: 64 }, targets: targets(addresses(count)) });
    for (const address of addresses(count))
      run.network.places.set(address, {
        probe: () => fails('local-refused', 'not allowed (EPERM)'),
        look: () => phone(mpp()),
      });
    const report = await run.go();
    expect(report.run.interrupted).toBe('no target could be probed: not allowed (EPERM)');
    expect(run.network.asked('probe').length).toBeLessThanOrEqual(mostAsked);
    expect(sumOf(report)).toBe(count);
  });

  it('where it refuses some is theirs to be looked at, and the run goes on', async () => {
    const run = bench(audit);
    run.network.places.set('10.0.0.1', { probe: () => fails('local-refused'), look: () => phone(mpp()) });
    run.network.places.set('10.0.0.2', { look: () => phone(mpp()) });
    const report = await run.go();
    expect(report.run.interrupted).toBeNull();
    expect(report.totals.byOutcome).toEqual({ audited: 1, blocked: 1 });
    expect(report.phones[0]?.failure?.code).toBe('local-refused');
  });
});

describe('a second look', () => {
  it('finds a phone that stumbled once', async () => {
    const run = bench(audit);
    let looks = 0;
    run.network.places.set('10.0.0.1', { look: () => ((looks += 1) === 1 ? fails('connection-lost') : phone(mpp())) });
    expect((await run.go()).totals.byOutcome).toEqual({ audited: 1 });
  });

  it('waits a moment, and holds up nobody meanwhile', async () => {
    const run = bench({ ...audit, options: { concurrency: 1, probeConcurrency: 1 } });
    run.network.places.set('10.0.0.1', { look: () => fails('connection-lost') });
    run.network.places.set('10.0.0.2', { look: () => phone(mpp()) });
    await run.go();
    expect(run.network.asked('look').map(({ address }) => address)).toEqual([
      ...['10.0.0.1', '10.0.0.2'],
      // Three retries, each after a longer wait.
      ...['10.0.0.1', '10.0.0.1', '10.0.0.1'],
    ]);
    const [first, second] = run.network.asked('look', '10.0.0.1');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
  });
});

describe('a bug of ours', () => {
  it.each([
    [
      'while looking',
      {
        look: (): never => {
          throw new TypeError('boom');
        },
      },
    ],
    [
      'while probing',
      {
        probe: (): never => {
          throw new TypeError('boom');
        },
        look: () => phone(mpp()),
      },
    ],
  ])('%s costs that phone, says so, and stops no other', async (_, place) => {
    const run = bench(audit);
    run.network.places.set('10.0.0.1', place);
    run.network.places.set('10.0.0.2', { look: () => phone(mpp()) });
    const report = await run.go();
    expect(report.totals.byOutcome).toEqual({ audited: 1, blocked: 1 });
    expect(report.phones[0]?.failure?.code).toBe('internal-error');
    expect(report.phones[0]?.failure?.message).toContain('boom');
  });

  it('in the file check costs that phone only', async () => {
    const run = bench({
      options: { dryRun: true },
      preflight: {
        firmware: () => Promise.reject(new TypeError('boom')),
        license: () => Promise.reject(new TypeError('boom')),
        anew: () => {},
      },
    });
    run.network.places.set('10.0.0.1', { look: () => phone(mpp()) });
    expect((await run.go()).phones[0]).toMatchObject({ outcome: 'blocked', failure: { code: 'internal-error' } });
  });

  it('in whoever is told of events costs nobody anything', async () => {
    const run = bench({
      ...audit,
      notify: ({ event }) => {
        if (event === 'outcome') throw new TypeError('boom');
      },
    });
    run.network.places.set('10.0.0.1', { look: () => phone(mpp()) });
    expect((await run.go()).totals.byOutcome).toEqual({ audited: 1 });
  });
});

describe('a run that is stopped', () => {
  it('asks none of the addresses that were waiting until phones could be read', async () => {
    const all = addresses(200);
    const clock = new FakeClock();
    const network = new Network(clock, 5_000);
    for (const [index, address] of all.entries())
      network.places.set(address, { look: () => phone(mpp({ mac: mac(index + 1) })) });
    const options = { probeConcurrency: 100, concurrency: 4 };
    const run = bench({ profile: null, clock, network, targets: targets(all), options });
    const started = clock.now();
    void clock.wait(1_000).then(() => run.stop.request('SIGINT'));
    await run.go();
    expect(network.asked('probe').filter(({ at }) => at - started > 1_000)).toEqual([]);
    expect(network.asked('probe').length).toBeLessThan(200);
  });
});
