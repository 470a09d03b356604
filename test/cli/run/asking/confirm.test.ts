import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { askOnTerminal } from '../../../../src/cli/run/asking/confirm.js';

/** A terminal with somebody at it who types this. */
async function asked(
  typed: string | null,
  stopped: AbortSignal = new AbortController().signal,
  /** Typed once it was asked again. */
  next: string | null = null,
): Promise<{ yes: boolean; shown: string; interrupts: number }> {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  let interrupts = 0;
  const control = new AbortController();
  stopped.addEventListener('abort', () => control.abort());
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    if (next === null || !shown.includes('Please answer')) return;
    input.write(next);
    next = null;
  });
  const answer = askOnTerminal('About to.\n', 'Really? (y/n) ', { input, output }, control.signal, () => {
    interrupts += 1;
    control.abort();
  });
  if (typed === null) input.end();
  else input.write(typed);
  const yes = await answer;
  return { yes, shown, interrupts };
}

describe('asking on a terminal', () => {
  it('shows the text and how to answer', async () => {
    const { shown } = await asked('yes\r');
    expect(shown).toContain('About to.');
    expect(shown).toContain('Really? (y/n) ');
  });

  it.each([
    ['yes\r', true],
    ['  YES \r', true],
    ['y\r', true],
    ['n\r', false],
    ['No\r', false],
    [null, false],
  ])('%j is %s', async (typed, yes) => {
    expect((await asked(typed)).yes).toBe(yes);
  });

  it.each(['\r', 'yes please\r', 'j\r'])('%j is no answer: it is asked again', async (typed) => {
    const never = new AbortController().signal;
    const again = await asked(typed, never, 'n\r');
    expect(again.yes).toBe(false);
    expect(again.shown).toContain('Please answer y or n. Really? (y/n) ');
    expect((await asked(typed, never, 'y\r')).yes).toBe(true);
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
