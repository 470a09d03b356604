import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { askOnTerminal, confirmationText } from '../../../src/cli/run/confirm.js';
import type { PlanStep } from '../../../src/domain/plan/plan.js';
import type { Proof } from '../../../src/domain/report/report.js';

const convert: PlanStep = { step: 'convert', load: 'sip88xx.14-2-1-0101-26', set: {} };
const upgrade: PlanStep = { step: 'upgrade', load: 'sip88xx.12-0-3MPP0001-87', set: {} };
const authorize: PlanStep = { step: 'authorize', load: null, set: {} };

describe('what people are asked', () => {
  it('counts the phones by what will be done to them, the most first, and says what is lost', () => {
    expect(confirmationText([[upgrade, convert], [convert], [convert]])).toBe(
      [
        'About to write to 3 phones:',
        '      2  convert to sip88xx.14-2-1-0101-26',
        '      1  upgrade to sip88xx.12-0-3MPP0001-87, then convert to sip88xx.14-2-1-0101-26',
        'A conversion resets the phone: its contacts and call history are lost.',
        '',
      ].join('\n'),
    );
  });

  it('says what can prove a move, what happens where nothing does, and how to say otherwise', () => {
    const proof: Proof = { sources: ['phone-web-page'], accept: [], waves: '1,100%', abortAfter: ['5%'] };
    const text = (more: Partial<Proof> = {}, plan = convert): string =>
      confirmationText([[plan], [plan]], { ...proof, ...more }).replace(/\s+/g, ' ');
    expect(text()).toContain("Proof of a move to Enterprise can only come from the phone's own web page");
    expect(text()).toContain('the run stops after the first wave');
    expect(text()).toContain('--accept silent-after-upgrading');
    expect(text({ waves: null })).toContain('they count as bad, and the run stops itself');
    expect(text({ waves: null, abortAfter: [] })).toContain(
      'all 2 are written to, whether or not any of them is proven',
    );
    expect(text({ accept: ['silent-after-upgrading'] })).toContain(
      'count as good for the waves 1,100% and --abort-after 5%',
    );
    expect(text({}, authorize)).not.toContain('Proof');
    const byUcm = text({ sources: ['phone-web-page', 'unified-cm'] });
    expect(byUcm).toContain('Unified CM proves a move to Enterprise');
    expect(byUcm).toContain('not-registered. It needs DHCP option 150');
    expect(byUcm).not.toContain('can only come');
  });

  it('warns that phones are reset where Unified CM moves them', () => {
    const load = { step: 'load' as const, load: 'sip88xx.12-0-3MPP0001-87', set: {} };
    expect(confirmationText([[load, authorize]])).toContain('A conversion resets the phone');
  });

  it('warns of no reset where there is none', () => {
    expect(confirmationText([[authorize]])).toBe('About to write to 1 phone:\n      1  authorize\n');
  });
});

/** A terminal with somebody at it who types this. */
async function asked(
  typed: string | null,
  stopped: AbortSignal = new AbortController().signal,
): Promise<{ yes: boolean; shown: string; interrupts: number }> {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  let interrupts = 0;
  const control = new AbortController();
  stopped.addEventListener('abort', () => control.abort());
  const answer = askOnTerminal('Really?\n', input, output, control.signal, () => {
    interrupts += 1;
    control.abort();
  });
  if (typed === null) input.end();
  else input.write(typed);
  const yes = await answer;
  return { yes, shown: String(output.read()), interrupts };
}

describe('asking on a terminal', () => {
  it('shows the text and how to answer', async () => {
    const { shown } = await asked('yes\r');
    expect(shown).toContain('Really?');
    expect(shown).toContain('Type yes to continue: ');
  });

  it.each([
    ['yes\r', true],
    ['  YES \r', true],
    ['y\r', false],
    ['no\r', false],
    ['yes please\r', false],
    ['\r', false],
    [null, false],
  ])('%j is %s', async (typed, yes) => {
    expect((await asked(typed)).yes).toBe(yes);
  });

  it('a ctrl-C is a no, and told as what it is', async () => {
    expect(await asked('ye\x03')).toMatchObject({ yes: false, interrupts: 1 });
  });

  it('a stop from elsewhere is a no', async () => {
    const control = new AbortController();
    const answer = asked('ye', control.signal);
    control.abort();
    expect(await answer).toMatchObject({ yes: false, interrupts: 0 });
  });
});
