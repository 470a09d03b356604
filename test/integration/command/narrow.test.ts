import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../../support/command/command.js';
import { hasTerminals, screenAfter, startOnTerminal } from '../../support/command/terminal.js';

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

// Without script (util-linux; Debian: bsdutils) there is no terminal to test on; .ci/run makes sure that it is there.
(hasTerminals ? describe : describe.skip)('on a narrow terminal (skipped without script of util-linux)', () => {
  it.each([
    ['explain license-missing'],
    ['explain G5 exit-3 silent'],
    ['explain'],
    ['explain exit-6'],
    ['profiles show nothing'],
    ['--concurrency many --subnet 127.0.0.1/32'],
  ])('what is said is the same, and no word is broken: %s', async (line) => {
    const words = line.split(' ');
    const { stdout, stderr, code } = await runCommand(words);
    const command = startOnTerminal(words, { columns: 40 });
    expect(await command.done).toBe(code);
    const screen = screenAfter(command.sent);
    expect(oneLine(screen.join('\n'))).toBe(oneLine(stdout + stderr));
    // A word that is longer than the terminal stands alone.
    expect(screen.filter((text) => text.length > 40 && /\S \S/.test(text.replace(/^ *(?:- )?/, '')))).toEqual([]);
  });

  it.each(['-h', 'audit -h', 'licenses plan -h'])('%s fits', async (line) => {
    const command = startOnTerminal(line.split(' '), { columns: 40 });
    expect(await command.done).toBe(0);
    expect(screenAfter(command.sent).filter((text) => text.length > 40 && !text.includes('://'))).toEqual([]);
  });
});
