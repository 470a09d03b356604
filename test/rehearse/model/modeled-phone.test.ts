import { describe, expect, it } from '@jest/globals';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import type { Fate } from '../../../src/domain/rehearsal/fate.js';
import { BusyShares } from '../../../src/rehearse/model/busy-shares.js';
import { Calls } from '../../../src/rehearse/model/calls.js';
import { ModeledPhone, type Nature, type ToldStep } from '../../../src/rehearse/model/modeled-phone.js';
import { said } from '../../../src/rehearse/model/words.js';
import { emptySettings, enterprise, m2eLoad, mpp, stepUpLoad } from '../../fleet/support/fleet.js';

const start = Date.parse('2026-12-01T22:00Z');
const calm = new Calls(1, 'a phone', new BusyShares([], 'UTC'), 60_000, start);
const toEnterprise: ToldStep = {
  becomes: { family: 'enterprise', load: m2eLoad },
  license: { url: 'http://10.9.9.9/a.lic', type: 'Classic' },
  takesMs: 100_000,
};

/** A phone, and a clock that a test sets in seconds after the beginning of the night. */
function scene(
  fate: Fate,
  { nature, isPageOff = false }: { nature?: Nature; isPageOff?: boolean } = {},
): { phone: ModeledPhone; at: (second: number) => ReturnType<ModeledPhone['shown']>; clock: { second: number } } {
  const clock = { second: 0 };
  const now = (): number => start + clock.second * 1_000;
  const phone = new ModeledPhone(
    ...(['a phone', '10.0.0.1', nature ?? { kind: 'phone', facts: mpp() }] as const),
    { form: emptySettings, isPageOff },
    { now, monotonic: now },
    ...([fate, calm] as const),
  );
  const at = (second: number): ReturnType<ModeledPhone['shown']> => {
    clock.second = second;
    return phone.shown();
  };
  return { phone, at, clock };
}

/** What it shows, in a word. */
function word(shown: ReturnType<ModeledPhone['shown']>): string {
  if (shown.kind !== 'phone') return shown.kind;
  const { family, softwareVersion, upgradeStatus, busy } = shown.facts;
  return busy ? 'busy' : upgradeStatus || `${family} ${softwareVersion}`;
}

const factsAt = (shown: ReturnType<ModeledPhone['shown']>): PhoneFacts => {
  if (shown.kind !== 'phone') throw new Error(shown.kind);
  return shown.facts;
};

const before = `multiplatform ${stepUpLoad}`;
const after = `enterprise ${m2eLoad}`;

describe('a modeled phone that is told to take a load', () => {
  it.each<[Fate, string[]]>([
    // Just told; it says so; it restarts; just before it is through; through; much later.
    ['well', [before, said.upgrading, 'silent', 'silent', after, after]],
    ['failed', [before, said.upgrading, 'silent', 'silent', said.failed, said.failed]],
    ['silent', [before, said.upgrading, 'silent', 'silent', 'silent', 'silent']],
  ])('and it goes %s', (fate, words) => {
    const { phone, at } = scene(fate);
    at(0);
    phone.begins(toEnterprise, false);
    expect([1, 3, 76, 99, 100, 9_999].map((second) => word(at(second)))).toEqual(words);
  });

  it('is Enterprise then, without a form, and tells of no type any more', () => {
    const { phone, at } = scene('well');
    phone.begins(toEnterprise, false);
    const facts = factsAt(at(100));
    expect(facts).toMatchObject({ family: 'enterprise', settings: null, transitionAuthorizationType: null });
    expect(facts.mac).toBe(mpp().mac);
    expect(facts.authorizationRows[0]?.message).toBe(said.authorized);
  });

  it('is not seen any more where its page is off, until which it is', () => {
    const { phone, at } = scene('well', { isPageOff: true });
    expect(word(at(0))).toBe(before);
    phone.begins(toEnterprise, false);
    expect(word(at(3))).toBe(said.upgrading);
    expect(word(at(100))).toBe('off');
    // It is there, and has moved.
    expect(word(phone.registers())).toBe(after);
    expect(phone.facts?.family).toBe('enterprise');
  });

  it('keeps its page, however that is with Enterprise phones, on newer firmware of its own family', () => {
    const { phone, at } = scene('well', { isPageOff: true });
    const load = 'sip88xx.12-0-4MPP0001-1';
    phone.begins({ becomes: { family: 'multiplatform', load }, license: null, takesMs: 10_000 }, false);
    expect(word(at(10))).toBe(`multiplatform ${load}`);
    expect(factsAt(at(10)).settings).not.toBeNull();
  });

  it('waits for its firmware where that comes over a link, and takes its usual time at least', () => {
    const slow = scene('well');
    slow.phone.begins(toEnterprise, true);
    expect(word(slow.at(500))).toBe(said.upgrading);
    slow.phone.fetched(50_000);
    expect([word(slow.at(549)), word(slow.at(550))]).toEqual(['silent', after]);

    const quick = scene('well');
    quick.phone.begins(toEnterprise, true);
    expect(word(quick.at(10))).toBe(said.upgrading);
    quick.phone.fetched(50_000);
    expect([word(quick.at(99)), word(quick.at(100))]).toEqual(['silent', after]);
  });

  it('gets a form, and has no license yet, where it comes from Enterprise', () => {
    const { phone, at } = scene('well', { nature: { kind: 'phone', facts: enterprise() } });
    phone.begins({ becomes: { family: 'multiplatform', load: stepUpLoad }, license: null, takesMs: 10_000 }, false);
    expect(factsAt(at(10))).toMatchObject({ settings: emptySettings, transitionAuthorizationType: '' });
  });
});

describe('a modeled phone that is told to fetch a license', () => {
  const license: ToldStep = {
    becomes: null,
    license: { url: 'http://10.9.9.9/a.lic', type: 'Classic' },
    takesMs: 20_000,
  };

  it.each<[Fate, string]>([
    ['well', said.authorized],
    ['failed', said.refused],
  ])('answers all the while; and it goes %s', (fate, message) => {
    const { phone, at } = scene(fate);
    phone.begins(license, false);
    expect(word(at(19))).toBe(before);
    expect(factsAt(at(19)).authorizationRows).toEqual([]);
    expect(factsAt(at(20)).authorizationRows[0]?.message).toBe(message);
    expect(word(at(20))).toBe(before);
  });
});

describe('a night of a modeled phone', () => {
  it('may be one in which it does not answer, or is in a call throughout', () => {
    expect(word(scene('no-answer').at(0))).toBe('silent');
    expect(word(scene('deferred').at(0))).toBe('busy');
    expect(word(scene('deferred').at(40_000))).toBe('busy');
  });

  it('ends what the last one began, and leaves behind what it said of a failure', () => {
    const { phone, at, clock } = scene('failed');
    phone.begins(toEnterprise, false);
    expect(word(at(200))).toBe(said.failed);
    clock.second = 86_400;
    phone.begin('well', calm);
    expect(word(at(86_400))).toBe(before);

    const late = scene('well');
    late.phone.begins(toEnterprise, false);
    late.clock.second = 86_400;
    late.phone.begin('no-answer', calm);
    expect(late.phone.facts?.family).toBe('enterprise');
    expect(word(late.at(86_401))).toBe('silent');
  });

  it('brings back no phone that fell silent', () => {
    const { phone, at, clock } = scene('silent');
    phone.begins(toEnterprise, false);
    at(200);
    clock.second = 86_400;
    phone.begin('well', calm);
    expect(word(at(86_400))).toBe('silent');
  });

  it('is that of a printer, too', () => {
    const { phone, at } = scene('well', { nature: { kind: 'not-a-phone', detail: 'a printer' } });
    expect(at(0)).toEqual({ kind: 'not-a-phone', detail: 'a printer' });
    expect(phone.facts).toBeNull();
  });
});
