import { setTimeout as pause } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { InTmux } from '../../../test/support/command/tmux.js';
import { cut } from './cut.js';
import type { Screen } from './svg.js';
import { openStage } from './stage.js';

/** Lines of the window: the question, and the whole view of a run, fit. */
const rows = 40;

/** What is seen of one run: on a terminal from the question to its end, by name, and its report as a page. */
interface Seen {
  screens: [name: string, screen: Screen][];
  /** HTML. */
  report: string;
}

/** One run for the pictures of docs/images. Needs tmux. */
export async function seenOfRun(): Promise<Seen> {
  const stage = await openStage();
  const window = stage.window([], rows);
  const command = 'fleet-migrate';
  try {
    const question = await still(window, /\(y\/n\)/);
    window.type('y');
    window.type('Enter');
    const live = await still(window, /upgrading 5 .*left alone 1/);
    await window.done;
    const end = window.painted();
    const { stdout } = await stage.start(['report', '--output', 'html']).done;
    const screens: Seen['screens'] = [
      ['question', { title: 'The question before a run', command, painted: stage.told(question) }],
      ['run', { title: 'A run that is going on', command, painted: part(stage.told(live), /^Run /) }],
      ['end', { title: 'The end of a run', command, painted: part(stage.told(end), /^address /, /^What to do/) }],
    ];
    return { screens, report: stage.told(stdout) };
  } finally {
    await window.close();
    await stage.close();
  }
}

/** What a window shows once it shows this and is not being drawn: twice the same. */
async function still(window: InTmux, wanted: RegExp): Promise<string> {
  await window.shows(wanted);
  for (let before = ''; ; await pause(100)) {
    const now = window.painted();
    if (now === before) return now;
    before = now;
  }
}

/** The part of a screen from one line to before another, with its colors. */
function part(painted: string, from: RegExp, before?: RegExp): string {
  const plain = stripVTControlCharacters(painted);
  const wanted = cut(plain, from, before);
  const start = plain.slice(0, plain.indexOf(wanted)).split('\n').length - 1;
  return painted
    .split('\n')
    .slice(start, start + wanted.split('\n').length)
    .join('\n');
}
