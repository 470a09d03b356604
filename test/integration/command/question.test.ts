import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { hasTmux, type InTmux, startInTmux } from '../../support/command/tmux.js';
import { type Network, startNetwork } from '../../support/network.js';

const question = 'Write to these 3 phones? (y/n)';

// What the answers y, yes, n and no do is in `terminal.test.ts`. .ci/run makes sure that tmux is there.
(hasTmux ? describe : describe.skip)('the question in a terminal window (skipped without tmux)', () => {
  const folder = temporaryFolder();
  let network: Network;
  let profile: string;
  let window: InTmux | null = null;

  beforeAll(async () => {
    profile = quickProfile(folder.path, 'mpp-to-enterprise');
    network = await startNetwork(
      [
        { model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 3 },
        { model: '8851', mac: '00CCFC00BEEF' },
        { kind: 'printer' },
      ],
      { files: { missingLicenses: ['00CCFC00BEEF'] } },
    );
  });
  afterEach(async () => {
    await window?.close();
    window = null;
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const store = (name: string): string[] => ['--db', folder.file(`${name}.db`), '--no-config'];
  const run = (name: string): string[] => [
    ...[...network.scan, '--profile', profile, '--files', network.files, '--waves', '1,100%', ...store(name)],
  ];
  const start = (...words: string[]): InTmux => (window = startInTmux(words));
  /** Starts it, and waits until the question is there. */
  const asked = async (...words: string[]): Promise<string[]> => start(...words).shows(question);
  /** What the window shows in the end, as one text: a long line goes on in the next. */
  const end = async (): Promise<{ code: number; lines: string[]; text: string }> => {
    const code = (await window?.done) ?? -1;
    const lines = window?.screen() ?? [];
    return { code, lines, text: lines.join('') };
  };

  it('says what it would do with whom, in which order, from where, and who stays as it is and why', async () => {
    const lines = await asked(...run('plan'));
    expect(lines).toEqual([
      `Profile mpp-to-enterprise, files from ${network.files}`,
      'About to write to 3 phones in 2 waves (1, 2):',
      '      3  convert to sip88xx.14-2-1-0101-26',
      '1 other stays as it is:',
      '      1  blocked: license-missing',
      `These 3 phones will pull 33 kB from ${network.files}.`,
      'Certificates are not checked (--insecure): anything could answer as one of',
      'these phones or servers.',
      'A conversion resets the phone: its contacts and call history are lost.',
      "Proof of a move to Enterprise can only come from the phone's own web page, and",
      'Unified CM leaves that off (Web Access) unless told otherwise.',
      'A phone whose page is off ends unverified: silent-after-upgrading, if it',
      'reported the upgrade before it vanished.',
      'If all end like this, the run stops after the first wave, of which nothing was',
      'proven. To let them count as good: --accept silent-after-upgrading. To have',
      'proof: Web Access on in Unified CM first.',
      question,
    ]);
  });

  it('breaks no word in a narrow window', async () => {
    window = startInTmux(run('narrow'), { columns: 48, rows: 40 });
    const lines = await window.shows(question);
    // The address of the file server fits.
    expect(lines.slice(0, 6)).toEqual([
      'Profile mpp-to-enterprise, files from',
      network.files,
      'About to write to 3 phones in 2 waves (1, 2):',
      '      3  convert to sip88xx.14-2-1-0101-26',
      '1 other stays as it is:',
      '      1  blocked: license-missing',
    ]);
    expect(lines.join('\n')).toContain('A conversion resets the phone: its contacts and\ncall history are lost.\n');
    window.type('n');
    window.type('Enter');
    expect(await window.done).toBe(0);
  });

  it('is asked again after any other word, in a window of any size, and takes what was typed meanwhile', async () => {
    await asked(...run('resized'));
    window?.type('maybe');
    window?.type('Enter');
    await window?.shows('Please answer y or n. ');
    window?.resize(40, 12);
    await window?.shows((lines) => lines.length === 12);
    window?.type('n');
    window?.resize(160, 40);
    await window?.shows(`Please answer y or n. ${question} n`);
    window?.type('o');
    window?.type('Enter');
    const { code, lines } = await end();
    expect(code).toBe(0);
    expect(lines.filter((line) => line.includes(question))).toEqual([
      `${question} maybe`,
      `Please answer y or n. ${question} no`,
    ]);
    expect(network.posts()).toEqual([]);
  });

  it('with ctrl-D is a no: exit code 0, and nothing of the view is left behind the question', async () => {
    await asked(...run('ended'));
    window?.type('C-d');
    const { code, lines, text } = await end();
    expect(code).toBe(0);
    expect(lines.find((line) => line.startsWith(question))).toBe(question);
    expect(text).toMatch(/Nothing was written\. What would have been .*: {2}fleet-migrate report \d{14}-/);
    expect(text).not.toMatch(/aborted|waits for an answer/);
    const { stdout } = await runCommand(['status', ...store('ended')]);
    expect(stdout).toMatch(/ 3 of 3 phones ended\ndone 0 · upgrading 0 · waiting 0 · failed 0 · left alone 3\n/);
    expect(stdout).toContain('Its question was answered with no: nothing was written.');
    expect((await runCommand(['runs', ...store('ended')])).stdout).toContain(' declined ');
  });

  it('of which no was said is shown as its plan, and nothing is compared with it', async () => {
    const words = run('refused');
    for (const more of [['--dry-run'], ['--dry-run']]) await runCommand([...words, ...more]);
    await asked(...words);
    window?.type('n');
    window?.type('Enter');
    await end();
    const show = async (...more: string[]): Promise<string> =>
      (await runCommand(['report', ...more, ...store('refused')])).stdout;
    const shown = await show();
    expect(shown).toMatch(/^127\.66\.\d+\.\d+ .* aborted +convert to sip88xx\.14-2-1-0101-26$/m);
    expect(shown).toMatch(/^ +3 {2}aborted: somebody said no$/m);
    expect(shown).toMatch(/will pull 33 kB from/);
    expect(shown).not.toMatch(/not-confirmed/);
    const ids = (await runCommand(['runs', ...store('refused')])).stdout.match(/^\d{14}-\w+/gm) ?? [];
    expect(await show('--diff')).toMatch(new RegExp(`^Changes from ${ids[2]} .* to ${ids[1]} `));
  });

  it('with ctrl-C ends the run, of which there is nothing to show: it is continued, also after another no', async () => {
    await asked(...run('stopped'));
    window?.type('ye');
    window?.type('C-c');
    const stopped = await end();
    expect(stopped.code).toBe(130);
    expect(stopped.text).toMatch(
      /Nothing was written\. The run was stopped at the question; continue it with: {2}fleet-migrate resume \d{14}-\w+ --db /,
    );
    expect(stopped.text).not.toMatch(/aborted|stopped-before-start|Need attention/);
    const status = (await runCommand(['status', ...store('stopped')])).stdout;
    expect(status).toContain('left alone 3');
    expect(status).toContain('It was interrupted: SIGINT.');
    await window?.close();
    for (const key of ['C-d', 'C-c']) {
      await asked('resume', ...store('stopped'));
      window?.type(key);
      const { code, text } = await end();
      expect(code).toBe(key === 'C-d' ? 0 : 130);
      expect(text).toMatch(/Nothing was written\. The run .*; continue it with: {2}fleet-migrate resume \d{14}-/);
      expect(text).not.toMatch(/aborted|stopped-before-start/);
      await window?.close();
    }
    expect(network.posts()).toEqual([]);
    const { code, stdout } = await runCommand(['resume', ...store('stopped'), '--yes']);
    // The no of before is past.
    expect([code, stdout]).toEqual([1, expect.stringMatching(/3 {2}done/)]);
    expect(stdout).not.toContain('Nothing was written');
    expect(network.posts()).toHaveLength(3);
    const later = (await runCommand(['report', ...store('stopped'), '--output', 'json'])).stdout;
    expect(later).not.toContain('declined');
  });
});
