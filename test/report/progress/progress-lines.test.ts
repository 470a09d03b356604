import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { progressLines } from '../../../src/report/progress/progress-lines.js';
import { HandClock } from '../../transport/support/hand-clock.js';
import { began, phonesNow, runNow, told } from './support/told.js';

function setUp(everyMs: number | null): {
  clock: HandClock;
  lines: ReturnType<typeof progressLines>;
  text: () => string;
} {
  const stream = new PassThrough();
  let written = '';
  stream.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const clock = new HandClock();
  return { clock, lines: progressLines(stream, clock, everyMs), text: () => written };
}
const run = (seconds: number, done: number) =>
  told(runNow(seconds, { phones: [...phonesNow(done, 'done'), ...phonesNow(10 - done, 'waiting')] }));

describe('without a terminal', () => {
  it('a line a minute says which run it is and how far it is, the first after a minute', () => {
    const { clock, lines, text } = setUp(60_000);
    lines.update(run(1, 1));
    clock.pass(59_000);
    expect(text()).toBe('');
    lines.update(run(60, 2));
    clock.pass(1_000);
    expect(text()).toBe(
      'fleet-migrate: 2026-11-30T02:01Z run 20261130020000-abcdef: 2 of 10 phones ended · done 2 · upgrading 0 · waiting 8 · failed 0 · 1m 00s\n',
    );
    lines.update(run(120, 5));
    clock.pass(60_000);
    expect(text().split('\n')[1]).toContain(
      '2026-11-30T02:02Z run 20261130020000-abcdef: 5 of 10 phones ended · done 5 ',
    );
  });

  it('a line names the wave, where there are several, and that the run is stopping', () => {
    const { clock, lines, text } = setUp(60_000);
    const phones = [...phonesNow(2, 'done', { wave: 0 }), ...phonesNow(8, 'upgrading', { wave: 1 })];
    lines.update(told(runNow(60, { phones, stopping: true })));
    clock.pass(60_000);
    expect(text()).toContain(
      'abcdef: wave 2 of 2 · 2 of 10 phones ended · done 2 · upgrading 8 · waiting 0 · failed 0 · stopping · 1m 00s',
    );
  });

  it('a line says that the run is paused, and tells no time that is left', () => {
    const { clock, lines, text } = setUp(60_000);
    const run = runNow(60, { phones: phonesNow(8, 'waiting'), pausedSince: began + 30_000 });
    const fetching = { at: run.now, since: began, bytes: 1_000_000_000, left: 1_000_000_000, grewAt: run.now };
    lines.update(told(run, { fetching }));
    clock.pass(60_000);
    expect(text()).toContain(' · waiting 8 · failed 0 · paused for 30s · 1m 00s · fetched 1 of about 2 GB\n');
  });

  it('nothing is said after the end, while a question is open, or if nothing shall be', () => {
    const ended = setUp(60_000);
    ended.lines.update(run(1, 1));
    ended.lines.stop();
    ended.clock.pass(600_000);
    expect(ended.text()).toBe('');
    const silent = setUp(null);
    silent.lines.update(run(1, 1));
    silent.clock.pass(600_000);
    expect(silent.text()).toBe('');
  });

  it('what others write passes through', async () => {
    const { lines, text } = setUp(60_000);
    lines.above.write('a log line\n');
    expect(lines.withHidden(() => 'answer')).toBe('answer');
    expect(text()).toBe('a log line\n');
  });
});
