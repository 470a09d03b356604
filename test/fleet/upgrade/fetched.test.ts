import { describe, expect, it } from '@jest/globals';
import type { RunReport } from '../../../src/domain/report/report.js';
import type { RunContext } from '../../../src/fleet/context.js';
import { fetchedText, withFetched } from '../../../src/fleet/upgrade/fetched.js';
import type { Transfer } from '../../../src/store/store-rows.js';
import { Actor, type Manner } from '../support/actor.js';
import { bench, files, m2eLoad } from '../support/fleet.js';

const mac = '00CCFC000001';
const whole: Transfer = {
  ...{ id: '1', startedAt: '2026-01-15T01:00:00.000Z', endedAt: null, client: '10.0.0.1', protocol: 'http', mac },
  ...{ kind: 'image', file: 'rootfs88xx.14-2-1-0101-26.sbn', size: 61_000_000, bytes: 61_000_000 },
  ...{ state: 'sent', why: null },
};
const of = (file: string, more: Partial<Transfer> = {}): Transfer => ({ ...whole, file, ...more });
const loads = of(`firmware/${m2eLoad}.loads`, { kind: 'firmware', size: 824, bytes: 824 });
const license = of(`${mac}_M2E.lic`, { kind: 'license', size: 1_100, bytes: 1_100 });
const kern = of('kern88xx.14-2-1-0101-26.sbn', { size: 9_000_000, bytes: 9_000_000 });

describe('what a phone fetched, in words', () => {
  const rows: [string, Transfer[], string | null][] = [
    ['nothing that is known', [], null],
    ['what says nothing about its firmware', [of('8841-3PCC.xml', { kind: 'settings' })], null],
    ['one image and its license', [whole, license], 'image rootfs88xx.14-2-1-0101-26.sbn 61 of 61 MB, license taken'],
    ['all of it', [loads, whole, kern, license], `${m2eLoad}.loads taken, 2 images 70 of 70 MB, license taken`],
    ['a part', [of(whole.file, { state: 'sending', bytes: 12_900_000 })], `${whole.file} 12 of 61 MB`],
    [
      'a part, whose server was killed',
      [of(whole.file, { state: 'broken', bytes: 12_900_000, why: 'cut off: the server ended' })],
      `${whole.file} 12 of 61 MB (cut off: the server ended)`,
    ],
    ['a part that was asked for by itself and sent', [of(whole.file, { bytes: 5 })], `${whole.file} 0 of 61 MB`],
    [
      'a file again, after it broke off',
      [of(whole.file, { state: 'broken', bytes: 9 }), whole, of(whole.file, { state: 'broken', bytes: 8 })],
      'image rootfs88xx.14-2-1-0101-26.sbn 61 of 61 MB',
    ],
    [
      'a license that was refused',
      [
        of(license.file, {
          kind: 'license',
          size: null,
          bytes: 0,
          state: 'refused',
          why: `no license is held for ${mac}`,
        }),
      ],
      `${mac}_M2E.lic refused (no license is held for ${mac})`,
    ],
  ];
  it.each(rows)('%s', (_, transfers, text) => {
    expect(fetchedText(transfers)).toBe(text);
  });

  it('is bounded, and harmless to a terminal', () => {
    const many = Array.from({ length: 50 }, (_, at) =>
      of(`\u001b[31m${at}${'x'.repeat(300)}.sbn`, { state: 'refused', bytes: 0, why: 'y'.repeat(900) }),
    );
    const text = fetchedText(many) ?? '';
    expect(text).toMatch(/, 47 more such$/);
    expect(text.length).toBeLessThan(1_000);
    expect(text).not.toMatch(/[\u0000-\u001f]/);
  });
});

describe('a failure with what the file server saw', () => {
  it('is two sentences, also where it ends in the words of a phone', () => {
    const failed = { code: 'x', message: 'The phone says: failed', hint: '' };
    expect(withFetched(failed, 'It took all.').message).toBe('The phone says: failed. It took all.');
    expect(withFetched({ ...failed, message: 'It failed.' }, 'It took all.').message).toBe('It failed. It took all.');
    expect(withFetched(failed, null)).toBe(failed);
  });
});

describe('a phone that is watched, and a file server that saw it', () => {
  async function end(
    manner: Partial<Manner>,
    fetched: RunContext['fetched'],
  ): Promise<{ phone: RunReport['phones'][number] | undefined; asked: number }> {
    let asked = 0;
    const run = bench();
    if (fetched)
      run.context.fetched = (...of) => {
        asked += 1;
        return fetched(...of);
      };
    new Actor(run.clock, run.network, '10.0.0.1', {}, manner);
    const report = await run.go();
    return { phone: report.phones[0], asked };
  }
  const transfers = (evidence: { kind: string; text: string }[] | undefined): string[] =>
    (evidence ?? []).filter(({ kind }) => kind === 'transfer').map(({ text }) => text);
  const all = () => Promise.resolve([loads, whole, license]);
  const allText = `${m2eLoad}.loads taken, image ${whole.file} 61 of 61 MB, license taken`;

  it('has that in its evidence once, whatever became of it; it is asked for once', async () => {
    for (const manner of [{}, { after: 'silent' }, { after: 'stays' }, { after: 'says-failed' }] as const) {
      const { phone, asked } = await end(manner, all);
      expect([transfers(phone?.evidence), asked]).toEqual([[allText], 1]);
    }
  });

  it('is asked for what came since the write, of its MAC', async () => {
    const asked: unknown[] = [];
    const { phone } = await end({}, async (...of) => {
      asked.push(of);
      return [];
    });
    const written = Date.parse(phone?.evidence.find(({ kind }) => kind === 'written')?.at ?? '');
    expect(asked).toEqual([[mac, expect.any(Number)]]);
    const [[, since]] = asked as [[string, number]];
    expect(written - since).toBeGreaterThanOrEqual(0);
    expect(written - since).toBeLessThan(10_000);
    expect(transfers(phone?.evidence)).toEqual([]);
  });

  it('has it in the message of its failure, and the same outcome and code as without', async () => {
    for (const manner of [
      { after: 'silent' },
      { after: 'silent', upgradeMs: 0 },
      { after: 'stays' },
      { after: 'other-load' },
      { took: false },
      { after: 'replaced' },
    ] as const) {
      const { phone: without } = await end(manner, undefined);
      const { phone } = await end(manner, all);
      expect([phone?.outcome, phone?.failure?.code]).toEqual([without?.outcome, without?.failure?.code]);
      expect(phone?.outcome).not.toBe('done');
      expect(phone?.failure?.message).toBe(
        `${without?.failure?.message} The file server has seen of it since the write: ${allText}.`,
      );
    }
  });

  it('that asked a server for nothing which would know is told so in its failure, and nowhere else', async () => {
    const saying = (knows: boolean) => async (manner: Partial<Manner>) => {
      const run = bench();
      const asked: unknown[] = [];
      run.context.fetched = () => Promise.resolve([]);
      run.context.fetchedNothing = (...of) => {
        asked.push(of);
        return knows;
      };
      const actor = new Actor(run.clock, run.network, '10.0.0.1', {}, manner);
      const [phone] = (await run.go()).phones;
      return { phone, asked, posts: actor.posts };
    };
    const { phone: without } = await end({ after: 'stays' }, undefined);
    const { phone, asked } = await saying(true)({ after: 'stays' });
    expect(phone?.failure).toEqual({
      ...without?.failure,
      message: `${without?.failure?.message} No request of it has come to the file server since the write: see whether it can reach that address and port.`,
    });
    expect(transfers(phone?.evidence)).toEqual([]);
    const rules = [expect.stringContaining(`${files}/${m2eLoad}.loads`), expect.stringContaining(`${files}/$MAU`)];
    expect(asked).toEqual([[{ mac, address: '10.0.0.1', rules }, expect.any(Number)]]);
    expect((await saying(false)({ after: 'stays' })).phone?.failure).toEqual(without?.failure);
    expect((await saying(true)({})).phone).toMatchObject({ outcome: 'done', failure: null });
    // With its old rules it has no reason to come.
    expect((await saying(true)({ took: false })).phone?.failure?.message).not.toMatch(/No request of it/);
    // It may have come after the first of two writes.
    const twice = await saying(true)({ ways: 2, heeds: 5 });
    expect([twice.posts, twice.asked, twice.phone?.failure?.message]).toEqual([
      2,
      [],
      expect.not.stringContaining('No request'),
    ]);
  });

  it('ends as it would without where the store cannot be read or has nothing: that is not known, and not said', async () => {
    const { phone: without } = await end({ after: 'stays' }, undefined);
    for (const fetched of [() => Promise.reject(new Error('disk')), () => Promise.resolve([])]) {
      const { phone } = await end({ after: 'stays' }, fetched);
      expect(phone?.failure).toEqual(without?.failure);
      expect(transfers(phone?.evidence)).toEqual([]);
    }
  });
});
