import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { builtCommand, runCommand } from '../../support/command/command.js';

describe('a reader that goes away', () => {
  it('(| head -1) ends the output, quietly and with the same exit code', async () => {
    const child = spawn(process.execPath, [builtCommand, 'explain'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const code = await new Promise((resolve) => void child.once('close', resolve));
    expect({ code, errors: errors.replace(/^.*ExperimentalWarning.*$/gm, '') }).toEqual({ code: 0, errors: '' });
  });
});

describe('a full disk', () => {
  it('under standard output is one sentence and not a success', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `"$0" "$1" explain > /dev/full`, process.execPath, builtCommand],
      {
        encoding: 'utf8',
      },
    );
    expect(status).toBe(70);
    expect(stderr).toBe('fleet-migrate: standard output could not be written (ENOSPC); the output is incomplete.\n');
  });
});

describe('a working folder that was deleted meanwhile', () => {
  it.each([[''], ['--help'], ['runs'], ['audit --target 127.0.0.1'], ['demo'], ['init --subnet 10.0.0.0/24']])(
    'is said in a sentence, and nothing is begun: %s',
    (words) => {
      const { status, stdout, stderr } = spawnSync(
        'sh',
        ['-c', `cd "$(mktemp -d)" && rmdir "$PWD" && exec "$0" "$1" ${words}`, process.execPath, builtCommand],
        { encoding: 'utf8' },
      );
      expect({ status, stdout, stderr }).toEqual({
        status: 2,
        stdout: '',
        stderr:
          'fleet-migrate: The folder in which this was started is gone; change to one that there is, and repeat.\n',
      });
    },
  );
});

describe('output that is long', () => {
  it('is whole, also where the program ends by its exit code at once', async () => {
    const { stdout, code } = await runCommand(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('129/130/143 interrupted');
  });

  it.each(['--help', '--help=true', '--h', 'help'])('is the help of a command with its options: %s', async (word) => {
    const { stdout, code } = await runCommand(['audit', '--subnet', '10.0.0.0/24', word]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ +--subnet /m);
    expect(stdout).toMatch(/^ +--probe-concurrency /m);
  });
});
