import { describe, expect, it } from '@jest/globals';
import { runProgram } from '../../../src/cli/program.js';
import { usage } from '../support/arguments.js';

/** Matches this sentence and no other. */
const exactly = (sentence: string): RegExp => new RegExp(`^${sentence.replace(/[.*+?()[\]\\]/g, '\\$&')}$`);

describe('words that name phones without the option that takes them', () => {
  it.each<[string[], string]>([
    [['10.0.0.0/24'], '10.0.0.0/24 is a subnet; write: fleet-migrate --subnet 10.0.0.0/24.'],
    [['audit', '10.0.0.0/24'], '10.0.0.0/24 is a subnet; write: fleet-migrate audit --subnet 10.0.0.0/24.'],
    [['migrate', '10.0.0.5'], '10.0.0.5 is an address; write: fleet-migrate migrate --target 10.0.0.5.'],
    [['audit', '10.0.0.5-40'], '10.0.0.5-40 is a range; write: fleet-migrate audit --target 10.0.0.5-40.'],
    [
      ['audit', 'phone1.example.com'],
      'phone1.example.com is a host name; write: fleet-migrate audit --target phone1.example.com.',
    ],
    [
      ['audit', 'http://10.0.0.5/admin/advanced'],
      'http://10.0.0.5/admin/advanced is the page of a phone; write: fleet-migrate audit --target 10.0.0.5.',
    ],
    [['audit', 'phones.csv'], 'phones.csv is a file; write: fleet-migrate audit --inventory phones.csv.'],
    [['audit', 'LICENSE'], 'LICENSE is a file; write: fleet-migrate audit --inventory LICENSE.'],
    [['night.yaml'], 'night.yaml is a configuration file; write: fleet-migrate --config night.yaml.'],
    [
      ['audit', '--output', 'json', '10.0.0.5', 'my phones.csv'],
      '10.0.0.5 is an address, my phones.csv is a file; write: fleet-migrate audit --output json --target 10.0.0.5 --inventory "my phones.csv".',
    ],
  ])('%j: the command line to write instead', async (args, sentence) => {
    await expect(runProgram(args)).rejects.toThrow(usage(exactly(sentence)));
  });

  it.each(['001122334455', '00:11:22:33:44:55', '0011.2233.4455', 'SEP001122334455'])(
    '%s is a MAC: phones are reached by address',
    async (mac) => {
      await expect(runProgram(['audit', mac])).rejects.toThrow(
        usage(/is a MAC, and phones are reached by address: write --target ADDRESS, or --inventory FILE/),
      );
    },
  );

  it('do not make it repeat what may be secret', async () => {
    const args = ['audit', '10.0.0.5', '--notify', 'https://chat.example.com/hooks/s3cret'];
    await expect(runProgram(args)).rejects.toThrow(usage(/^10\.0\.0\.5 is an address; write: --target 10\.0\.0\.5\.$/));
    await expect(runProgram(['10.0.0.5', '--files', 'http://me:s3cret@10.0.0.9'])).rejects.toThrow(
      usage(/^(?!.*s3cret)/),
    );
  });

  it('unless they can be no path: a whole list in one word, or something below a file', async () => {
    const list = Array.from({ length: 100 }, (_, at) => `10.0.0.${at}`).join(' ');
    for (const word of [list, 'LICENSE/24', 'a\u0000b'])
      await expect(runProgram(['audit', word])).rejects.toThrow(usage(/^Unknown argument: /));
  });

  it.each([['audti'], ['report1', '--db', 'x']])('unless one is nearer to a command: %s', async (...args) => {
    await expect(runProgram(args)).rejects.toThrow(usage(/Did you mean (audit|report)\?/));
  });
});
