import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../../src/domain/ports/clock.js';
import { createLiveLine, type LiveStream } from '../../../src/report/progress/live-line.js';
import type { Progress } from '../../../src/report/progress/progress-line.js';

/** A clock that a test moves on; what is due runs in order. */
class HandClock implements Clock {
  private time = 1_000_000;
  private timers: { at: number; run: () => void }[] = [];
  now(): number {
    return this.time;
  }
  monotonic(): number {
    return this.time;
  }
  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((other) => other !== due);
      this.time = due.at;
      due.run();
    }
    this.time = end;
  }
  get waiting(): number {
    return this.timers.length;
  }
}

/** What a terminal of one screen shows after what was written to it: log-update erases whole lines. */
function screen(written: string): string[] {
  const lines = [''];
  for (const [piece] of written.matchAll(/\x1b\[2K|\x1b\[1A|\x1b\[G|\n|[^\x1b\n]+/g)) {
    if (piece === '\x1b[2K') lines[lines.length - 1] = '';
    else if (piece === '\x1b[1A') lines.pop();
    else if (piece === '\n') lines.push('');
    else if (piece !== '\x1b[G') lines[lines.length - 1] += piece;
  }
  return lines;
}

function setUp(options: { isTTY?: boolean; columns?: number } = {}) {
  const stream = Object.assign(new PassThrough(), { isTTY: options.isTTY ?? true, columns: options.columns ?? 80 });
  let written = '';
  let writes = 0;
  stream.on('data', (chunk: Buffer) => {
    written += chunk.toString();
    writes += 1;
  });
  const clock = new HandClock();
  const live = createLiveLine({ stream: stream as LiveStream, clock, color: false });
  const progress = (done: number): Progress => ({
    targets: 10,
    probed: 10,
    found: 10,
    done,
    upgrading: 0,
    waiting: 10 - done,
    failed: 0,
    startedAt: 1_000_000,
    writingSince: null,
    total: null,
    fetching: null,
  });
  return { stream, clock, live, progress, text: () => written, shown: () => screen(written), writes: () => writes };
}

describe('the live line', () => {
  it('shows the latest state on one line', () => {
    const { live, clock, progress, shown } = setUp();
    live.update(progress(1));
    expect(shown()).toEqual(['done 1 · upgrading 0 · waiting 9 · failed 0 · 1s', '']);
    clock.pass(5_000);
    live.update(progress(2));
    clock.pass(100);
    expect(shown()).toEqual(['done 2 · upgrading 0 · waiting 8 · failed 0 · 5s', '']);
  });

  it('is drawn every 100 ms at most, and the last state is not lost', () => {
    const { live, clock, progress, writes, shown } = setUp();
    live.update(progress(0));
    const before = writes();
    for (let done = 1; done <= 9; done += 1) {
      clock.pass(10);
      live.update(progress(done));
    }
    expect(writes()).toBe(before);
    clock.pass(10);
    expect(writes()).toBe(before + 1);
    expect(shown()[0]).toMatch(/^done 9 /);
  });

  it('moves its time on when nothing happens', () => {
    const { live, clock, progress, shown } = setUp();
    live.update(progress(1));
    clock.pass(65_000);
    expect(shown()[0]).toMatch(/ 1m 05s$/);
  });

  it('never fills the last column, and follows a resized terminal', () => {
    const { live, clock, progress, shown, stream } = setUp({ columns: 30 });
    live.update(progress(1));
    expect(shown()).toEqual(['done 1 · upgrading 0', '']);
    stream.columns = 20;
    clock.pass(1_000);
    expect(shown()).toEqual(['done 1', '']);
  });

  it('lets other lines appear above it', () => {
    const { live, clock, progress, shown, stream } = setUp();
    live.update(progress(1));
    live.above.write('a log line\n');
    expect(live.withHidden(() => stream.write('another\n') && 'answer')).toBe('answer');
    expect(shown()).toEqual(['a log line', 'another', '']);
    clock.pass(100);
    expect(shown()).toEqual(['a log line', 'another', 'done 1 · upgrading 0 · waiting 9 · failed 0 · 1s', '']);
  });

  it('comes back also when the writing throws', () => {
    const { live, clock, progress, shown } = setUp();
    live.update(progress(1));
    const broken = (): never => {
      throw new Error('no');
    };
    expect(() => live.withHidden(broken)).toThrow('no');
    clock.pass(100);
    expect(shown()[0]).toMatch(/^done 1 /);
  });

  it('leaves nothing behind when stopped: no text, no timer', () => {
    const { live, clock, progress, shown } = setUp();
    live.update(progress(1));
    live.stop();
    expect(shown()).toEqual(['']);
    expect(clock.waiting).toBe(0);
    live.above.write('later\n');
    expect(clock.waiting).toBe(0);
    expect(shown()).toEqual(['later', '']);
    live.stop();
  });

  it('never hides the cursor', () => {
    const { live, progress, text } = setUp();
    live.update(progress(1));
    live.stop();
    expect(text()).not.toContain('\x1b[?25');
  });

  it('does not end the run when the terminal goes away', async () => {
    const { live, clock, progress, stream } = setUp();
    live.update(progress(1));
    stream.destroy(Object.assign(new Error('gone'), { code: 'EIO' }));
    await new Promise((resolve) => setImmediate(resolve));
    live.update(progress(2));
    clock.pass(1_000);
    live.stop();
    expect(stream.destroyed).toBe(true);
  });
});

describe('without a terminal', () => {
  it('nothing is drawn, and what others write passes through', () => {
    const { live, clock, progress, text, stream } = setUp({ isTTY: false });
    live.update(progress(1));
    clock.pass(10_000);
    live.above.write('a log line\n');
    live.withHidden(() => stream.write('another\n'));
    live.stop();
    expect(text()).toBe('a log line\nanother\n');
    expect(clock.waiting).toBe(0);
  });
});
