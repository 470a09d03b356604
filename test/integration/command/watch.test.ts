import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand, type Running, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { hasTmux, type InTmux, startInTmux } from '../../support/command/tmux.js';
import { type Network, startNetwork } from '../../support/network.js';

// .ci/run makes sure that tmux is there.
(hasTmux ? describe : describe.skip)('status --watch in a terminal window (skipped without tmux)', () => {
  const folder = temporaryFolder();
  const store = ['--db', folder.file('watched.db'), '--no-config'];
  const windows: InTmux[] = [];
  let network: Network;
  let run: Running;

  beforeAll(async () => {
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '90s' });
    network = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 3 }], { timeScale: 40 });
    run = startCommand([
      ...[...network.scan, '--profile', profile, '--files', network.files, ...store],
      ...['--yes', '--waves', '1,100%'],
    ]);
    // The store is there once the run has begun, and phones are under way a little later.
    for (let under = false; !under;) under = (await runCommand(['status', ...store])).stdout.includes('upgrading 1');
  });
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.close();
  });
  afterAll(async () => {
    run.kill('SIGKILL');
    await network.close();
    folder.remove();
  });

  const watch = (columns: number, env: Record<string, string> = {}): InTmux => {
    const window = startInTmux(['status', ...store, '--watch'], { columns, env });
    windows.push(window);
    return window;
  };
  const startsAt = (columns: number): string[] => [
    ...(columns < 77 ? ['Run ', '', '', 'done ', 'failed '] : ['Run ', '', 'done ']),
    ...['wave 1 ', 'wave 2 ', 'Longest', '  127.'],
  ];
  /** Whether the window shows one whole view and nothing else. */
  const isView =
    (columns: number) =>
    (lines: readonly string[], starts = startsAt(columns)) =>
      lines.length >= starts.length &&
      starts.every((start, at) => lines[at]?.startsWith(start)) &&
      lines.slice(starts.length).every((line) => line.startsWith('  127.')) &&
      lines.every((line) => line.length < columns);

  /** Whether it shows what a window that is too low for the view has. */
  const isOneLine = (lines: readonly string[]): boolean => lines.length === 1 && (lines[0] ?? '').startsWith('done ');

  it('ctrl-C ends it with the last view readable and the cursor shown; the run itself goes on', async () => {
    const window = watch(100, { NO_COLOR: '1' });
    const before = await window.shows(isView(100));
    expect(window.painted()).not.toContain('\u001b[');
    window.type('C-c');
    expect(await window.done).toBe(130);
    // It is there once, and below it how to go on; what the key itself shows is gone.
    const after = window.screen();
    expect(after.join('\n')).toMatch(/\nIt is going on; .*\nLook on: fleet-migrate status \d{14}-\w+ --watch --db /);
    expect(after.join('')).not.toContain('^C');
    expect(after.filter((line) => line.startsWith('Run '))).toEqual([
      expect.stringContaining(before[0]?.slice(0, 25) ?? ''),
    ]);
    expect(after.at(-1)).toBe('ended with 130');
    expect(window.hasCursor()).toBe(true);
    expect((await runCommand(['status', ...store])).stdout).toContain('It is going on');
  });

  it('is drawn in its place in a window of any width until the run ends, and says then what came of it', async () => {
    const [window, dumb] = [watch(100), watch(100, { TERM: 'dumb' })];
    await window.shows(isView(100));
    expect(window.painted()).toContain('\u001b[');
    for (const [columns, rows] of [
      [100, 12],
      [100, 30],
      [40, 24],
      [200, 24],
      [100, 6],
      [100, 40],
      [100, 24],
    ] as const) {
      window.resize(columns, rows);
      await window.shows(rows < 7 ? isOneLine : isView(columns));
    }
    // A terminal that can show no view is told at once how it stands.
    expect((await dumb.shows('Longest under way')).filter((line) => line.startsWith('Run '))).toHaveLength(1);
    for (const one of [window, dumb]) {
      expect(await one.done).toBe(0);
      const lines = one.screen();
      const last = lines.slice(lines.findLastIndex((line) => line.startsWith('Run ')));
      expect(last.slice(2)).toEqual([
        'done 3 · upgrading 0 · waiting 0 · failed 0',
        'wave 1 of 2  1 of 1 · done 1',
        'wave 2 of 2  2 of 2 · done 2',
        'It has finished.',
        expect.stringMatching(/^What came of it: fleet-migrate report \d{14}-[0-9a-f]{6} --db /),
        ...(last.length === 8 ? ['ended with 0'] : [expect.any(String), 'ended with 0']),
      ]);
      expect(one.hasCursor()).toBe(true);
    }
    expect(window.screen().filter((line) => line.startsWith('Run '))).toHaveLength(1);
    expect((await run.done).code).toBe(0);
  });
});
