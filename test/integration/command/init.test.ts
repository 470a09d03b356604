import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { hasTerminals, type OnTerminal, screenAfter, startOnTerminal } from '../../support/command/terminal.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const move = ['--subnet', '10.0.0.0/24', '--profile', 'mpp-to-enterprise', '--files', 'http://10.0.0.5:6970'];
const init = (...words: string[]): ReturnType<typeof runCommand> =>
  runCommand(['init', ...words], { cwd: folder.path });
const read = (name: string): unknown => parse(readFileSync(folder.file(name), 'utf8'));

describe('init without a terminal', () => {
  it('writes a file of its options that a run can begin with, and names the next commands', async () => {
    const { code, stdout, stderr } = await init(
      ...move,
      '--target',
      '10.0.1.5-9',
      '--window',
      '22:00-05:00',
      '--concurrency',
      '32',
      '--config',
      'move.yaml',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'move.yaml is written, and good.\n' });
    expect(stdout).toBe(
      'Next:\n  fleet-migrate audit --config move.yaml\n  fleet-migrate --config move.yaml --dry-run\n',
    );
    expect(read('move.yaml')).toEqual({
      ...{ subnet: '10.0.0.0/24', target: '10.0.1.5-9', profile: 'mpp-to-enterprise', files: 'http://10.0.0.5:6970' },
      ...{ concurrency: 32, window: '22:00-05:00' },
    });
    expect(statSync(folder.file('move.yaml')).mode & 0o137).toBe(0);
    expect(await runCommand(['config', 'check', 'move.yaml'], { cwd: folder.path })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('shows in comments what was left open, each as it would be right', async () => {
    await init('--subnet', '10.0.0.0/24', '--config', 'open.yaml');
    writeFileSync(folder.file('phones.csv'), 'address\n10.0.2.1\n');
    const opened = readFileSync(folder.file('open.yaml'), 'utf8').replace(
      /^# (?=(?:target|inventory|concurrency|report): )/gm,
      '',
    );
    writeFileSync(folder.file('opened.yaml'), opened);
    expect(parse(opened)).toMatchObject({
      target: '10.0.0.5',
      inventory: 'phones.csv',
      concurrency: 64,
      report: 'night-{date}-{run}.json',
    });
    expect(opened).not.toContain('window:');
    expect(await runCommand(['config', 'check', 'opened.yaml'], { cwd: folder.path })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('never writes a password: it is named, and need not be set yet', async () => {
    const { code, stderr } = await init(
      '--subnet',
      '10.0.0.0/24',
      '--password-env',
      'PHONE_PASSWORD',
      '--config',
      'named.yaml',
    );
    expect(code).toBe(0);
    expect(stderr).toContain('Before a run, put the password into the environment variable PHONE_PASSWORD.\n');
    expect(read('named.yaml')).toMatchObject({ passwordEnv: 'PHONE_PASSWORD' });
  });

  it('writes paths as they count from the folder of the file', async () => {
    mkdirSync(folder.file('etc'));
    writeFileSync(folder.file('list.txt'), '10.0.3.1\n');
    const { code } = await init('--inventory', 'list.txt', '--report', 'night.json', '--config', 'etc/night.yaml');
    expect({ code, file: read('etc/night.yaml') }).toMatchObject({
      code: 0,
      file: { inventory: '../list.txt', report: '../night.json' },
    });
  });

  it.each<[string, string[], RegExp]>([
    [
      'nothing says where the phones are',
      [],
      /^fleet-migrate: init has no terminal to ask on; say where the phones are with --subnet, [^\n]*\.\n$/,
    ],
    [
      'a profile lacks what it needs',
      move.slice(0, 4),
      /^fleet-migrate: The profile mpp-to-enterprise needs --files, [^\n]*\.\n$/,
    ],
    [
      'a list is not there',
      ['--inventory', 'none.csv'],
      /^fleet-migrate: --inventory [^\n]*none\.csv: [^\n]*no such file[^\n]*\n$/,
    ],
    ['a value is wrong', ['--subnet', '10.0.0.0/33'], /^fleet-migrate: --subnet 10\.0\.0\.0\/33: [^\n]*\n$/],
    [
      'the folder is not there',
      [...move, '--config', 'none/a.yaml'],
      /^fleet-migrate: none\/a\.yaml cannot be written: [^\n]*--config\.\n$/,
    ],
  ])('writes nothing where %s, and says so in a sentence', async (_, words, sentence) => {
    const file = words.includes('--config') ? [] : ['--config', 'never.yaml'];
    const { code, stdout, stderr } = await init(...file, ...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(statSync(folder.file('never.yaml'), { throwIfNoEntry: false })).toBeUndefined();
  });

  it('overwrites a file only with --force', async () => {
    writeFileSync(folder.file('mine.yaml'), 'timeout: 5s\n');
    const { code, stderr } = await init(...move, '--config', 'mine.yaml');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'fleet-migrate: mine.yaml exists; name another file with --config, or overwrite it with --force.\n',
    });
    expect(read('mine.yaml')).toEqual({ timeout: '5s' });
    expect((await init(...move, '--config', 'mine.yaml', '--force')).code).toBe(0);
    expect(read('mine.yaml')).toMatchObject({ profile: 'mpp-to-enterprise' });
  });
});

// Without script (util-linux; Debian: bsdutils) there is no terminal to test on; .ci/run makes sure that it is there.
(hasTerminals ? describe : describe.skip)('init on a terminal (skipped without script of util-linux)', () => {
  const start = (name: string, ...words: string[]): OnTerminal =>
    startOnTerminal(['init', '--config', folder.file(name), ...words], { columns: 200 });

  /** Answers each question once it is there. */
  async function answer(
    command: OnTerminal,
    answers: readonly (readonly [question: string, answer: string])[],
  ): Promise<void> {
    for (const [question, text] of answers) {
      await command.shows(new RegExp(`${question}[^\\n]*: [^\\n]*$`));
      command.type(`${text}\r`);
    }
  }

  it('asks for a move, and again with the sentence of the option where an answer is wrong', async () => {
    const command = start('asked.yaml');
    await answer(command, [['Profile', 'mpp-to-enterprize']]);
    await command.shows(/Did\s+you\s+mean\s+mpp-to-enterprise\?/);
    await answer(command, [
      ['Profile', 'mpp-to-enterprise'],
      ['Where the phones are', '10.0.0.0/33'],
    ]);
    await command.shows('--subnet 10.0.0.0/33');
    await answer(command, [
      ['Where the phones are', '10.0.0.0/24, 10.0.1.5 10.0.2.7-9'],
      ['File server', 'ftp://10.0.0.5'],
    ]);
    await command.shows('--files ftp://10.0.0.5');
    await answer(command, [
      ['File server', 'http://10.0.0.5:6970'],
      ['Password', 'PHONE_PASSWORD'],
      ['at once', 'many'],
    ]);
    await command.shows(/such\s+as\s+--concurrency\s+64\./);
    await answer(command, [
      ['at once', ''],
      ['Hours', '22:00-05:00'],
      ['File for the report', ''],
    ]);
    expect(await command.done).toBe(0);
    expect(command.sent).toContain(`fleet-migrate audit --config ${folder.file('asked.yaml')}`);
    expect(read('asked.yaml')).toEqual({
      ...{ subnet: '10.0.0.0/24', target: ['10.0.1.5', '10.0.2.7-9'], profile: 'mpp-to-enterprise' },
      ...{ files: 'http://10.0.0.5:6970', passwordEnv: 'PHONE_PASSWORD', window: '22:00-05:00' },
    });
  });

  it('asks less for an audit, and nothing that was given as an option', async () => {
    const command = start('audit.yaml', '--subnet', '10.0.0.0/24');
    await answer(command, [
      ['Profile', ''],
      ['Password', ''],
      ['at once', '16'],
      ['File for the report', ''],
    ]);
    expect(await command.done).toBe(0);
    for (const question of ['Where the phones are', 'File server', 'Hours'])
      expect(command.sent).not.toContain(question);
    expect(read('audit.yaml')).toEqual({ subnet: '10.0.0.0/24', concurrency: 16 });
    expect(command.sent).not.toContain('--dry-run');
  });

  it('asks for the rest of a Unified CM that was given as an option, which brings its phones to an audit', async () => {
    const command = start('ucm-audit.yaml', '--ucm', 'cucm.example.com');
    await answer(command, [
      ['Profile', ''],
      ['User of Unified CM', 'migrate'],
      ['environment variable with its password', 'UCM_PASSWORD'],
      ['Where the phones are', ''],
      ['Password', ''],
      ['at once', ''],
      ['File for the report', ''],
    ]);
    expect(await command.done).toBe(0);
    expect(read('ucm-audit.yaml')).toEqual({
      ...{ ucm: 'cucm.example.com', ucmUsername: 'migrate', ucmPasswordEnv: 'UCM_PASSWORD' },
    });
  });

  it('takes the page of a phone, as it stands in a browser, for its address', async () => {
    const command = start('page.yaml');
    await answer(command, [
      ['Profile', ''],
      ['Where the phones are', 'http://10.0.0.5/admin/advanced'],
      ['Password', ''],
      ['at once', ''],
      ['File for the report', ''],
    ]);
    expect(await command.done).toBe(0);
    expect(read('page.yaml')).toEqual({ target: '10.0.0.5' });
  });

  it('asks for Unified CM where the profile moves phones through it', async () => {
    const command = start('ucm.yaml');
    await answer(command, [
      ['Profile', 'enterprise-to-mpp'],
      ['publisher', 'cucm.example.com'],
      ['User of Unified CM', 'migrate'],
      ['variable with its password', 'UCM_PASSWORD'],
      ['Where the phones are', ''],
      ['Password', ''],
      ['at once', ''],
      ['Hours', ''],
      ['File for the report', ''],
    ]);
    expect(await command.done).toBe(0);
    expect(read('ucm.yaml')).toEqual({
      ...{ profile: 'enterprise-to-mpp', ucm: 'cucm.example.com', ucmUsername: 'migrate' },
      ucmPasswordEnv: 'UCM_PASSWORD',
    });
  });

  it('takes answers that were pasted ahead', async () => {
    const command = start('pasted.yaml');
    await command.shows('Profile to move');
    command.type('\r10.0.0.0/24\r\r\r\r');
    expect(await command.done).toBe(0);
    expect(read('pasted.yaml')).toEqual({ subnet: '10.0.0.0/24' });
  });

  it.each([40, 80])('breaks no word on a terminal of %d columns', async (columns) => {
    const command = startOnTerminal(['init', '--config', folder.file(`${columns}.yaml`)], { columns });
    await command.shows(/written\): [^\n]*$/);
    command.type('no\r');
    await command.shows(/written\)[^]*written\): [^\n]*$/);
    command.type('\r10.0.0.0/24\rPW\r\r\r');
    expect(await command.done).toBe(0);
    const lines = screenAfter(command.sent);
    const asked = lines.slice(
      0,
      lines.findIndex((line) => line.includes('is written, and good')),
    );
    expect(asked.filter((line) => line.length > columns)).toEqual([]);
    expect(asked.join(' ').replace(/ +/g, ' ')).toContain(
      'Password of the admin pages: the name of an environment variable, or a file that holds it (empty: none): PW',
    );
    expect(read(`${columns}.yaml`)).toEqual({ subnet: '10.0.0.0/24', passwordEnv: 'PW' });
  });

  it.each([
    ['ctrl-C', '\u0003', 130, 'interrupted; nothing was written.'],
    ['ctrl-D', '\u0004', 2, 'The questions ended early; nothing was written.'],
  ])('%s leaves without writing anything', async (_, key, code, sentence) => {
    const command = start('left.yaml');
    await answer(command, [['Profile', 'mpp-to-enterprise']]);
    await command.shows(/Where the phones are[^\n]*: [^\n]*$/);
    command.type(key);
    expect(await command.done).toBe(code);
    expect(command.sent).toContain(sentence);
    expect(statSync(folder.file('left.yaml'), { throwIfNoEntry: false })).toBeUndefined();
  });
});
