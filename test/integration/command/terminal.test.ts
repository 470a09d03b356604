import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Network, startNetwork } from '../../support/network.js';
import { runCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { hasTerminals, screenAfter, startOnTerminal } from '../../support/command/terminal.js';

const escape = '\u001b';
/** Resolves when it is so; what never is so runs into the test's own limit. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(50);
}

const question = 'Write to these 3 phones? (y/n) ';

// Without script (util-linux; Debian: bsdutils) there is no terminal to test on; .ci/run makes sure that it is there.
(hasTerminals ? describe : describe.skip)('on a terminal (skipped without script of util-linux)', () => {
  const folder = temporaryFolder();
  const networks: Network[] = [];
  let profile: string;

  beforeAll(() => {
    profile = quickProfile(folder.path, 'mpp-to-enterprise');
  });
  afterAll(async () => {
    for (const network of networks) await network.close();
    folder.remove();
  });

  async function network(timeScale = 400): Promise<Network> {
    const started = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 3 }], { timeScale });
    networks.push(started);
    return started;
  }

  const run = ({ scan, files }: Network, name: string): string[] => [
    ...[...scan, '--profile', profile, '--files', files, '--no-config', '--db', folder.file(`${name}.db`)],
  ];
  const audit = ({ scan }: Network, name: string): string[] => [
    ...['audit', ...scan, '--no-config', '--db', folder.file(`${name}.db`)],
  ];

  it('a run that would write asks, says what it would do, and goes on after yes', async () => {
    const net = await network();
    const command = startOnTerminal(run(net, 'yes'));
    await command.shows(question);
    expect(screenAfter(command.sent)).toEqual([
      `Profile mpp-to-enterprise, files from ${net.files}`,
      'About to write to 3 phones:',
      '      3  convert to sip88xx.14-2-1-0101-26',
      `These 3 phones will pull 33 kB from ${net.files}.`,
      'Certificates are not checked (--insecure): anything could answer as one of',
      'these phones or servers.',
      'A conversion resets the phone: its contacts and call history are lost.',
      "Proof of a move to Enterprise can only come from the phone's own web page, and",
      'Unified CM leaves that off (Web Access) unless told otherwise.',
      'A phone whose page is off ends unverified: silent-after-upgrading, if it',
      'reported the upgrade before it vanished.',
      'Neither --waves nor --abort-after was given: all 3 are written to, whether or',
      'not any of them is proven.',
      question.trimEnd(),
    ]);
    expect(net.posts()).toEqual([]);
    command.type('yes\r');
    expect(await command.done).toBe(0);
    expect(net.posts()).toHaveLength(3);
  });

  it.each(['y', 'YES'])('%j is a yes', async (answer) => {
    const net = await network();
    const command = startOnTerminal(run(net, `yes-${answer}`));
    await command.shows(question);
    command.type(`${answer}\r`);
    expect(await command.done).toBe(0);
    expect(net.posts()).toHaveLength(3);
  });

  it.each(['n', 'no'])(
    'the answer %j ends the run: nothing was written, exit code 0, no table of phones, and what there was to do is kept',
    async (answer) => {
      const net = await network();
      const command = startOnTerminal(run(net, `no-${answer}`));
      await command.shows(question);
      command.type('maybe\r');
      await command.shows('Please answer y or n. ');
      command.type(`${answer}\r`);
      expect(await command.done).toBe(0);
      expect(net.posts()).toEqual([]);
      const lines = screenAfter(command.sent).filter((line) => line !== '');
      expect(lines.join('\n')).toContain('Nothing was written. What would have been written, and what stays:\n');
      const shown =
        /^ {2}fleet-migrate (report \d{14}-[0-9a-f]{6} .*)/m.exec(command.sent)?.[1]?.trimEnd().split(' ') ?? [];
      expect((await runCommand(shown)).stdout).toMatch(/aborted +convert to [^]*3 {2}aborted: somebody said no/);
      expect(command.sent).not.toContain('aborted');
      const store = ['--no-config', '--db', folder.file(`no-${answer}.db`)];
      const { runs } = JSON.parse((await runCommand(['runs', ...store, '--json'])).stdout) as {
        runs: { state: string; totals: { byOutcome: unknown } }[];
      };
      expect(runs).toMatchObject([{ state: 'finished', totals: { byOutcome: { aborted: 3 } } }]);
      expect((await runCommand(['resume', ...store, '--yes'])).stderr).toContain('There is no run to resume');
    },
  );

  it('a no to a resume leaves the run as it was, to be resumed', async () => {
    const net = await network();
    const first = startOnTerminal(run(net, 'resumed'));
    await first.shows(question);
    first.type('\u0003');
    expect(await first.done).toBe(130);
    const store = ['--no-config', '--db', folder.file('resumed.db')];
    for (let time = 1; time <= 2; time += 1) {
      const again = startOnTerminal(['resume', ...store]);
      await again.shows(question);
      again.type('n\r');
      expect(await again.done).toBe(0);
      expect(screenAfter(again.sent).join('\n')).toContain(
        'Nothing was written. The run is not over; continue it with:\n',
      );
      expect(again.sent).toMatch(new RegExp(`fleet-migrate resume \\d{14}-[0-9a-f]{6} --db ${store[2]} --no-config`));
    }
    expect(net.posts()).toEqual([]);
    const resumed = await runCommand(['resume', ...store, '--yes']);
    expect([resumed.code, resumed.stdout]).toEqual([0, expect.stringMatching(/3 {2}done/)]);
    expect(net.posts()).toHaveLength(3);
  });

  it('ctrl-C at the question stops the run: nothing was written to, exit code 130, the report is there', async () => {
    const net = await network();
    const report = folder.file('stopped.json');
    const command = startOnTerminal([...run(net, 'stopped'), '--report', report]);
    await command.shows(question);
    command.type('\u0003');
    expect(await command.done).toBe(130);
    expect(net.posts()).toEqual([]);
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
      run: { interrupted: 'SIGINT' },
      totals: { byOutcome: { aborted: 3 } },
    });
    expect(screenAfter(command.sent).join('\n')).not.toContain('waiting 3');
  });

  it('ctrl-C under way is said above the line, and phones already written to are watched', async () => {
    const net = await network(50);
    const command = startOnTerminal([...run(net, 'under-way'), '--yes', '--max-upgrading', '1']);
    await command.shows(/upgrading 1/);
    command.type('\u0003');
    expect(await command.done).toBe(130);
    const screen = screenAfter(command.sent).join('\n');
    expect(screen).toContain('Stopping: no more phones are started');
    expect(screen).toMatch(/2 {2}aborted/);
    expect(screen).not.toMatch(/upgrading \d/);
  });

  it.each([
    ['at the question', [], question, { aborted: 3 }],
    ['under way', ['--yes', '--max-upgrading', '1'], /upgrading 1/, { aborted: 2, unverified: 1 }],
  ] as const)('a terminal that is gone %s stops the run, which comes to its end all the same', async (...given) => {
    const [when, more, shown, outcomes] = given;
    const net = await network(50);
    const report = folder.file(`gone ${when}.json`);
    const command = startOnTerminal([...run(net, `gone ${when}`), ...more, '--report', report]);
    await command.shows(shown);
    command.hangUp();
    await until(() => existsSync(report));
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
      run: { interrupted: 'SIGHUP' },
      totals: { byOutcome: outcomes },
    });
  });

  it('the live view is drawn again and again in its place, and leaves nothing behind', async () => {
    const net = await network(100);
    const command = startOnTerminal([...run(net, 'live'), '--yes'], { columns: 60 });
    expect(await command.done).toBe(0);
    // Colors are no characters of a line.
    const drawn = command.sent.replace(/\u001b\[[?\d;]*[A-Za-z]/g, '\n');
    const plain = command.sent.replace(/\u001b\[\d+m/g, '');
    expect(plain).toContain('looked at 0 of 14');
    expect(plain).toContain('upgrading 3');
    for (const line of drawn.split(/[\r\n]+/)) if (/phones ended/.test(line)) expect(line.length).toBeLessThan(60);
    const screen = screenAfter(command.sent);
    expect(screen.filter((line) => /upgrading \d|looked at|phones ended/.test(line))).toEqual([]);
    expect(screen[0]).not.toBe('');
  });

  it('a terminal that does not say how wide it is gets a table that can be read', async () => {
    const net = await network();
    const command = startOnTerminal(audit(net, 'no-width'), { columns: 0 });
    expect(await command.done).toBe(0);
    const screen = screenAfter(command.sent);
    expect(screen[0]).toBe('The same for all 3: outcome audited');
    expect(screen[1]).toMatch(/^address +mac +model +firmware +authorized +verdict +why/);
    expect(screen[2]).toMatch(/^127\.66\.0\.1 +.*8841/);
  });

  it('no escape codes reach standard output when it is a file, while the line goes on', async () => {
    const net = await network();
    const file = folder.file('out.txt');
    const command = startOnTerminal(audit(net, 'file'), { rest: `> '${file}'` });
    expect(await command.done).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^address +mac/);
    expect(text).not.toContain(escape);
    expect(command.sent).toContain('looked at');
    expect(screenAfter(command.sent).join('')).toBe('');
  });

  it('no escape codes reach standard error when it is a file: no line, and colors on standard output only', async () => {
    const net = await network();
    const file = folder.file('err.txt');
    const command = startOnTerminal(audit(net, 'errors'), { rest: `2> '${file}'` });
    expect(await command.done).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('');
    expect(command.sent).not.toContain('looked at');
    expect(command.sent).toContain(`${escape}[1maddress`);
  });
});
