import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { hasTmux, type InTmux, startInTmux } from '../../support/command/tmux.js';
import { type Network, startNetwork } from '../../support/network.js';

// .ci/run makes sure that tmux is there.
(hasTmux ? describe : describe.skip)('a run in a terminal window (skipped without tmux)', () => {
  const folder = temporaryFolder();
  let network: Network;
  let profile: string;
  let window: InTmux | null = null;

  beforeAll(async () => {
    profile = quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '60s', stopGrace: '3s' });
    // Six phones, and a printer that is none.
    network = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 6 }, { kind: 'printer' }], {
      timeScale: 40,
    });
  });
  afterEach(async () => {
    await window?.close();
    window = null;
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const run = (name: string): string[] => [
    ...[
      ...network.scan,
      '--profile',
      profile,
      '--files',
      network.files,
      '--no-config',
      '--db',
      folder.file(`${name}.db`),
    ],
    ...['--waves', '1,100%', '--yes'],
  ];
  /** Lines that belong to the view. */
  const viewOf = (lines: readonly string[]): string[] =>
    lines.filter((line) =>
      /^Run \d{14}-[0-9a-f]{6} ·|phones ended|^done \d|^wave \d|^Longest|^Last problems|^ {2}127\./.test(line),
    );

  /**
   * Whether the window shows one whole view and nothing else. (tmux wraps lines before it tells the new size, and brings lines back when it
   * grows.)
   */
  const isOneView =
    (columns: number) =>
    (lines: readonly string[]): boolean => {
      const head = columns < 77 ? ['Run ', ''] : ['Run '];
      const whole = [...head, '░', 'done ', 'wave 1 ', 'wave 2 ', 'Longest', '  127.'];
      // What there is at 40 columns of the counts takes two lines.
      if (columns < 44) whole.splice(4, 0, 'failed ');
      const starts = columns < 40 ? [''] : whole;
      return (
        lines.length === starts.length &&
        starts.every((start, at) => lines[at]?.startsWith(start) && lines[at].length < columns)
      );
    };

  it('shows its waves and counts calmly, survives smaller and larger windows, and ctrl-C tells the truth', async () => {
    window = startInTmux(run('resized'));
    const first = await window.shows(/wave 1 of 2 .*upgrading 1/);
    expect(viewOf(first)).toEqual([
      expect.stringMatching(/^Run \d{14}-[0-9a-f]{6} · mpp-to-enterprise · \d+s/),
      expect.stringMatching(/░ {2}0 of 6 phones ended/),
      'done 0 · upgrading 1 · waiting 5 · failed 0',
      expect.stringMatching(/^wave 1 of 2 {2}0 of 1 · upgrading 1/),
      'wave 2 of 2  0 of 5 · waiting 5',
      'Longest under way',
      expect.stringMatching(/^ {2}127\.66\.0\.\d+ +8841 +\w+ +\d+s/),
    ]);
    for (const [columns, rows] of [
      [50, 20],
      [200, 50],
      [44, 12],
      [100, 30],
      [80, 30],
      [40, 30],
      [200, 40],
      [120, 10],
      [20, 10],
      [80, 40],
    ] as const) {
      window.resize(columns, rows);
      await window.shows(isOneView(columns));
    }
    window.type('C-c');
    // No time left of a wave that is not gone through with.
    await window.shows(/^Run .* · stopping · \d+s$/m);
    expect(await window.done).toBe(130);
    const end = window.screen();
    expect(viewOf(end)).toEqual([]);
    // Five phones that were never started are no failures.
    expect(end.join('\n')).not.toMatch(/failed/);
    expect(end.join('\n')).toContain('fleet-migrate resume');
    await window.close();
    window = startInTmux(['resume', '--no-config', '--db', folder.file('resized.db'), '--yes']);
    // What is told of the phone under way is what it shows now, from the first moment on.
    const resumed = await window.shows((lines) => lines.includes('Longest under way'));
    expect(resumed.join('\n')).not.toContain('The run was stopped');
  });

  it('has no colors with NO_COLOR, and no view where the terminal can show none', async () => {
    window = startInTmux(run('plain'), { env: { NO_COLOR: '1' } });
    await window.shows(/wave 1 of 2 .*upgrading 1/);
    window.type('C-c');
    expect(await window.done).toBe(130);
    await window.close();
    window = startInTmux(['audit', ...network.scan, '--no-config', '--db', folder.file('dumb.db')], {
      rows: 60,
      env: { TERM: 'dumb' },
    });
    await window.shows('audited');
    expect(window.screen().join('\n')).not.toContain('looked at');
  });

  it('without a terminal says now and then how far it is, and with --quiet nothing', async () => {
    const spoken = await runCommand([...run('lines'), '--progress-every', '200ms']);
    const lines = spoken.stderr.split('\n').filter((line) => /: run \d/.test(line) || / run \d{14}/.test(line));
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines)
      expect(line).toMatch(
        /^fleet-migrate: \d{4}-\d\d-\d\dT\d\d:\d\dZ run \d{14}-[0-9a-f]{6}: (looked at \d+ of \d+ · answered \d|wave [12] of 2 · \d of \d phones ended · done \d · upgrading \d)/,
      );
    expect(lines.join('\n')).toMatch(/upgrading [1-9]/);
    const quiet = await runCommand([...run('quiet'), '--progress-every', '200ms', '--quiet']);
    expect(quiet.stderr).toBe('');
    const never = await runCommand([...run('never'), '--progress-every', '0s']);
    expect(never.stderr).not.toContain(' run 2');
  });
});
