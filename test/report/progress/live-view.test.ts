import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createLiveView, type LiveStream } from '../../../src/report/progress/live-view.js';
import type { ToldRun } from '../../../src/report/progress/told-run.js';
import { HandClock } from '../../transport/support/hand-clock.js';
import { phonesNow, runNow, told } from './support/told.js';

/** What a terminal shows after what was written to it, with the few controls that are used. It wraps lines anew when its width changes. */
class Screen {
  lines = [''];
  row = 0;
  column = 0;
  rows = 24;
  /** The first line in sight. */
  top = 0;

  write(text: string): void {
    for (const [piece, count, control] of text.matchAll(/\u001b\[\??(\d*)([A-Za-z])|\r|\n|[^\u001b\r\n]+/g)) {
      const n = count ? Number(count) : 1;
      if (piece === '\n') this.#down(1, true);
      else if (piece === '\r' || control === 'G') this.column = 0;
      // The cursor goes to the first line in sight; what is above it has gone out of sight.
      else if (control === 'H') this.row = this.top;
      else if (control === 'J')
        this.lines = this.lines.map((line, at) =>
          at < this.row ? line : at > this.row ? '' : line.slice(0, this.column),
        );
      else if (control === 'A') this.row = Math.max(this.top, this.row - n);
      else if (control === 'B') this.#down(n, false);
      else if (control === 'K')
        this.lines[this.row] = n === 2 && count ? '' : (this.lines[this.row] ?? '').slice(0, this.column);
      else if (control === undefined) {
        const line = (this.lines[this.row] ?? '').padEnd(this.column);
        this.lines[this.row] = line.slice(0, this.column) + piece + line.slice(this.column + piece.length);
        this.column += piece.length;
      }
    }
  }

  /** A terminal that becomes lower keeps its cursor in sight; one that becomes higher brings back lines that have gone out of sight. */
  resizeTo(rows: number): void {
    this.top = rows > this.rows ? Math.max(0, this.top - rows + this.rows) : Math.max(this.top, this.row - rows + 1);
    this.rows = rows;
  }

  /** A terminal that becomes narrower breaks its lines anew. */
  wrapTo(columns: number): void {
    const before = this.row;
    const broken = this.lines.map((line) =>
      line === '' ? [''] : (line.match(new RegExp(`.{1,${columns}}`, 'g')) ?? ['']),
    );
    this.row = broken.slice(0, before).reduce((sum, { length }) => sum + length, 0);
    this.lines = broken.flat();
  }

  /** Without what is empty at the end. */
  get shown(): string[] {
    const lines = [...this.lines];
    while (lines.at(-1) === '') lines.pop();
    return lines;
  }

  #down(count: number, starts: boolean): void {
    this.row += count;
    while (this.lines.length <= this.row) this.lines.push('');
    this.top = Math.max(this.top, this.row - this.rows + 1);
    if (starts) this.column = 0;
  }
}

function setUp({ columns = 80, rows = 24 } = {}) {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns, rows });
  const screen = new Screen();
  let written = '';
  let writes = 0;
  stream.on('data', (chunk: Buffer) => {
    screen.write(chunk.toString());
    written += chunk.toString();
    writes += 1;
  });
  const clock = new HandClock();
  const live = createLiveView({ stream: stream as LiveStream, clock, color: false });
  const run = (done: number): ToldRun =>
    told(runNow(1, { phones: [...phonesNow(done, 'done'), ...phonesNow(10 - done, 'waiting')] }));
  return { stream, clock, live, run, screen, text: () => written, writes: () => writes };
}

const counts = (done: number): string => `done ${done} · upgrading 0 · waiting ${10 - done} · failed 0`;

describe('the live view', () => {
  it('shows the latest state in its few lines', () => {
    const { live, clock, run, screen } = setUp();
    live.update(run(1));
    expect(screen.shown[0]).toBe('Run 20261130020000-abcdef · mpp-to-enterprise · 1s');
    expect(screen.shown[2]).toBe(counts(1));
    clock.pass(5_000);
    live.update(run(2));
    clock.pass(250);
    expect(screen.shown).toHaveLength(3);
    expect(screen.shown[2]).toBe(counts(2));
  });

  it('is drawn four times a second at most, the last state is not lost, and what has not changed is not drawn again', () => {
    const { live, clock, run, screen, writes, text } = setUp();
    live.update(run(0));
    const before = writes();
    for (let done = 1; done <= 9; done += 1) {
      clock.pass(25);
      live.update(run(done));
    }
    expect(writes()).toBe(before);
    const sofar = text().length;
    clock.pass(25);
    expect(writes()).toBe(before + 1);
    expect(screen.shown[2]).toBe(counts(9));
    expect(text().slice(sofar)).not.toContain('Run 2026');
  });

  it('shows all lines when one has come among lines that stay, within the same second', () => {
    const { live, clock, run, screen, stream } = setUp();
    stream.write('what was there before\n');
    const problem = (nth: number) => ({
      ...{ address: `10.0.1.${nth}`, mac: null, at: Date.parse('2026-11-30T02:00:00Z') },
      ...({ code: 'busy', message: 'In a call.' } as const),
    });
    const line = (nth: number): string => `  02:00  10.0.1.${nth}  busy: In a call.`;
    live.update({ ...run(1), problems: [problem(1)] });
    clock.pass(300);
    live.update({ ...run(1), problems: [problem(2), problem(1)] });
    clock.pass(300);
    expect(screen.shown.slice(-3)).toEqual(['Last problems (UTC)', line(2), line(1)]);
    live.update({ ...run(1), problems: [problem(1)] });
    clock.pass(250);
    expect(screen.shown.slice(-2)).toEqual(['Last problems (UTC)', line(1)]);
    expect(screen.shown[0]).toBe('what was there before');
  });

  it('moves its time on when nothing happens', () => {
    const { live, clock, run, screen } = setUp();
    live.update(run(1));
    clock.pass(65_000);
    expect(screen.shown[0]).toMatch(/ 1m 06s$/);
  });

  it.each([
    [80, 50],
    [200, 41],
    [50, 200],
    [80, 20],
  ])('is right after a terminal of %d columns becomes one of %d, and what was above is not lost', (before, after) => {
    const { live, run, screen, stream, clock } = setUp({ columns: before });
    stream.write('what was there before\n');
    live.update(run(1));
    stream.columns = after;
    if (after < before) screen.wrapTo(after);
    for (let pulls = 1; pulls <= 5; pulls += 1) {
      stream.emit('resize');
      clock.pass(100);
    }
    clock.pass(100);
    expect(screen.shown.join('').startsWith('what was there before')).toBe(true);
    // What is in sight: the last lines, as many as the terminal has.
    const inSight = screen.lines.slice(-24);
    expect(inSight.join('\n').match(/done 1/g)).toHaveLength(1);
    for (const line of inSight) expect(line.length).toBeLessThan(after);
  });

  it('holds exactly one frame after a terminal became lower than what was drawn, and higher again', () => {
    const { live, screen, stream, clock } = setUp({ rows: 30 });
    stream.write('what was there before\n');
    const phones = Array.from({ length: 6 }, (_, wave) => phonesNow(2, 'waiting', { wave })).flat();
    const resizeTo = (rows: number): void => {
      screen.resizeTo(rows);
      stream.rows = rows;
      stream.emit('resize');
      clock.pass(250);
    };
    screen.rows = 30;
    live.update(told(runNow(1, { phones })));
    for (const rows of [6, 30, 8, 12, 30]) resizeTo(rows);
    const inSight = screen.lines.slice(screen.top).filter((line) => line !== '');
    expect(inSight.map((line) => line.slice(0, 7))).toEqual([
      ...['Run 202', '░░░░░░░', 'done 0 '],
      ...Array.from({ length: 6 }, (_, at) => `wave ${at + 1} `),
    ]);
    expect(screen.lines[0]).toBe('what was there before');
  });

  it('draws nothing while somebody pulls at its edge, and ends cleanly then', () => {
    const { live, run, screen, stream, clock, text } = setUp();
    live.update(run(1));
    clock.pass(1_000);
    const before = text();
    for (let pulls = 1; pulls <= 5; pulls += 1) {
      stream.emit('resize');
      clock.pass(100);
      live.update(run(pulls));
    }
    expect(text()).toBe(before);
    live.above.write('a log line\n');
    live.stop();
    expect(screen.lines.slice(-24).filter((line) => line !== '')).toEqual([]);
    expect(screen.shown).toContain('a log line');
    expect(clock.waiting()).toBe(0);
  });

  it('never takes more lines than the terminal has', () => {
    const { live, screen, stream, clock } = setUp({ rows: 9 });
    const phones = Array.from({ length: 6 }, (_, wave) => phonesNow(2, 'waiting', { wave })).flat();
    live.update(told(runNow(1, { phones })));
    expect(screen.shown).toHaveLength(3);
    stream.rows = 24;
    stream.emit('resize');
    clock.pass(250);
    expect(screen.lines.slice(-24).filter((line) => line !== '')).toHaveLength(9);
  });

  it('lets other lines appear above it', () => {
    const { live, clock, run, screen, stream } = setUp();
    live.update(run(1));
    live.above.write('a log line\n');
    expect(live.withHidden(() => stream.write('another\n') && 'answer')).toBe('answer');
    expect(screen.shown).toEqual(['a log line', 'another']);
    clock.pass(250);
    expect(screen.shown.slice(0, 2)).toEqual(['a log line', 'another']);
    expect(screen.shown[4]).toBe(counts(1));
  });

  it('comes back also when the writing throws', () => {
    const { live, clock, run, screen } = setUp();
    live.update(run(1));
    const broken = (): never => {
      throw new Error('no');
    };
    expect(() => live.withHidden(broken)).toThrow('no');
    clock.pass(250);
    expect(screen.shown[2]).toBe(counts(1));
  });

  it('leaves nothing behind when stopped: no text, no timer, no listener', () => {
    const { live, clock, run, screen, stream } = setUp();
    live.update(run(1));
    live.stop();
    expect(screen.shown).toEqual([]);
    expect(clock.waiting()).toBe(0);
    expect(stream.listenerCount('resize')).toBe(0);
    live.above.write('later\n');
    expect(clock.waiting()).toBe(0);
    expect(screen.shown).toEqual(['later']);
    live.stop();
  });

  it('never hides the cursor', () => {
    const { live, run, text } = setUp();
    live.update(run(1));
    live.stop();
    expect(text()).not.toContain('\u001b[?25');
  });

  it('does not end the run when the terminal goes away', async () => {
    const { live, clock, run, stream } = setUp();
    live.update(run(1));
    stream.destroy(Object.assign(new Error('gone'), { code: 'EIO' }));
    await new Promise((resolve) => setImmediate(resolve));
    live.update(run(2));
    clock.pass(1_000);
    live.stop();
    expect(stream.destroyed).toBe(true);
  });
});
