import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generate } from 'selfsigned';
import { stringify } from 'yaml';
import { lintMigrationProfile } from '../../../src/config/profiles/migration-profile.js';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { configKey, environmentVariable } from '../../../src/config/settings/option.js';
import { checkRun } from '../../../src/conduct/check/check-run.js';
import { optionTable } from '../../../src/conduct/options/table.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { given } from '../../cli/support/arguments.js';

const models = loadModels();
const folder = temporaryFolder();
const at = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  const { cert, private: key } = await generate();
  writeFileSync(at('key.pem'), key);
  writeFileSync(at('cut-off.pem'), `${key}\n${cert}\n${cert.slice(0, 300)}`);
  mkdirSync(at('a-folder'));
  mkdirSync(at('words'));
  writeFileSync(at('words/enterprise.yaml'), 'labels: { serials: [Numéro] }\n');
  writeFileSync(at('no-store'), 'address,mac\n');
  writeFileSync(at('cdp.txt'), 'Device ID: SW-1\nEntry address(es):\n  IP address: 127.0.0.9\n');
  writeFileSync(at('book.csv'), Buffer.from('PK\x03\x04rest'));
  writeFileSync(at('no-rows.csv'), 'address\n');
  writeFileSync(at('no-certificate.pem'), 'hello\n');
  writeFileSync(at('broken.pem'), '-----BEGIN CERTIFICATE-----\nzzzz\n-----END CERTIFICATE-----\n');
});
afterAll(() => folder.remove());

const home = { HOME: '/tmp', XDG_STATE_HOME: folder.path };

/** All that a run, or `config check`, finds wrong. */
async function problems(
  words: Record<string, unknown>,
  config = '',
  env: Record<string, string> = {},
  mustAsk = true,
): Promise<string[]> {
  const found = await checkRun(await given(words, config, { ...home, ...env }), optionTable, models, { mustAsk });
  return found.problems;
}

/** Faults of one option each: its name, the text, and what the sentence says. */
const faults: [string, string, RegExp][] = [
  ['concurrency', '5000', /must be one whole number from 1 to 1024/],
  ['timeout', '1ms', /too short; give at least 50ms/],
  ['keep', '0', /must be one whole number from 1 to 1000000/],
  ['http-port', '70000', /from 1 to 65535/],
  ['scheme', 'gopher', /not one of auto, http, https/],
  ['subnet', '10.0.0.0/33', /prefix length/],
  ['target', '10.0.0.9-5', /lower address first/],
  ['limit', '0', /at least one phone must be allowed/],
  ['limit', '1.5', /this is no whole number of phones; write a number such as 5, or the path of a list \(\.\/1\.5/],
  ['limit', '10.0.0.5', /neither a number nor a file; name a phone with --target/],
  ['limit', at('none.txt'), /none\.txt: the file cannot be read/],
  ['only', 'faild', /neither an outcome nor a failure code; did you mean failed\?/],
  ['from-run', 'latest', /there is no store at .* --db names the store of that run/],
  ['window', 'Fry 22:00-05:00', /which is not a day: did you mean Fri\?/],
  ['waves', '1', /does nothing without --profile/],
  ['abort-after', '120%', /over 100 %/],
  ['accept', 'silent', /may be dead/],
  ['files', 'http://10.0.0.5/?a=b', /without \? or #/],
  ['link', '50MB', /is not a rate; write bits as 10Mbit or bytes as 2MB\/s/],
  ['report', 'night-{dat}.json', /\{dat\} is none of \{date\}, \{time\}, \{run\}; .* Did you mean \{date\}\?/],
  ['report-mode', '755', /gives no rights that a report can have/],
  ['serve-http-port', '70000', /must be one whole number from 0 to 65535/],
  ['serve-tftp-port', 'tftp', /must be one whole number from 0 to 65535/],
  ['serve-at', '10.0.0', /not an address that phones can fetch from/],
  ['profile', 'mpp-to-entreprise', /Did you mean mpp-to-enterprise\?/],
  ['profile', at('none.yaml'), /none\.yaml: there is no such file/],
  ['inventory', at('none.csv'), /none\.csv: the file cannot be read \(there is no such file\)/],
  ['inventory', at('no-rows.csv'), /there are no phones in the file/],
  ['inventory', at('list.txt'), /list\.txt: the file cannot be read \(there is no such file\)/],
  ['inventory', at('cdp.txt'), /a switch's list of neighbors \(show cdp neighbors\).*--subnet/],
  ['inventory', at('book.csv'), /a workbook \(\.xlsx\).*"CSV UTF-8/],
  ['column', 'phone=Device Name', /can be read as address, mac, model, vid, serial, site, note, not as "phone"/],
  ['column', 'Device Name', /write what it says and its name, such as --column mac="Device Name"/],
  ['exclude', at('none.json'), /none\.json: the file cannot be read/],
  ['ca', at('none.pem'), /cannot be read: there is no such file/],
  ['ca', at('no-certificate.pem'), /no PEM certificate/],
  ['ca', at('key.pem'), /no PEM certificate/],
  ['ca', at('broken.pem'), /its certificate number 1 is broken/],
  ['ca', at('cut-off.pem'), /its certificate number 2 is broken/],
  ['phone-profiles', at('nowhere'), /nowhere: this folder of phone profiles cannot be read: there is no such file/],
  ['phone-profiles', at('a-folder'), /there is no multiplatform\*\.yaml or enterprise\*\.yaml/],
  ['phone-profiles', at('words'), /words\/enterprise\.yaml:1:11: labels\.serials/],
  ['username', 'a:b', /must not hold a colon/],
  ['password-file', at('none'), /cannot be read \(ENOENT: there is no such file\)/],
  ['password-env', 'NOT_THERE', /is not set; set it for this program/],
  ['ucm', 'https://cucm.example.com:8443', /this is a URL or a path; write the host alone/],
  ['ucm-port', '70000', /must be one whole number from 1 to 65535/],
  ['match', 'SEP00%', /% is a wildcard of SQL/],
  ['report', at('nowhere/x.json'), /its folder does not exist/],
  ['report', at('x.doc'), /not a report format/],
  ['report', at('a-folder'), /no ending that names its format/],
  ['log-file', at('nowhere/x.log'), /its folder does not exist/],
  ['log-file', at('a-folder'), /it is a folder/],
  ['metrics', at('night.txt'), /does not end in \.prom/],
  ['metrics', at('nowhere/night.prom'), /The metrics file cannot be written to .*its folder does not exist/],
  ['db', at('no-store'), /is not a store of fleet-migrate/],
  ['db', at('a-folder'), /cannot be opened for writing/],
  ['notify', 'ftp://a', /cannot be posted to/],
  ['notify', 'discord+https://a', /a message has one of these forms: webhook, slack, teams/],
  ['notify', 'mailto:anna', /its address number 1 is no mail address/],
  ['log-to', 'stderr', /this is no place that a log can go to/],
  ['mail-tls', 'ssl', /not one of starttls, tls, none/],
  ['mail-server', 'smtp://mail', /this is a URL or a path/],
  ['mail-from', 'anna', /this is no mail address/],
];
const onlyMistakenAsFlag = new Set(['waves']);

describe('a fault is told with the same sentence, wherever it stands', () => {
  it.each(faults)('%s: %s', async (name, text, says) => {
    const [sentence, ...more] = await problems({ target: ['127.0.0.1'], [name]: text });
    expect([sentence, more]).toEqual([expect.stringMatching(says), []]);
    expect(sentence).toMatch(/[.?]$/);
    if (onlyMistakenAsFlag.has(name)) return;
    const variable = environmentVariable(name);
    const inEnvironment = await problems({}, 'target: 127.0.0.1\n', { [variable]: text });
    expect(inEnvironment).toEqual([`${variable}: ${sentence}`]);
    // As people write it: a number as a number.
    const value = /^\d+$/.test(text) ? Number(text) : text;
    const config = stringify({ ...(name === 'target' ? {} : { target: '127.0.0.1' }), [configKey(name)]: value });
    const line = name === 'target' ? 1 : 2;
    const place = `/work/fleet-migrate.yaml:${line}:1: ${configKey(name)}`;
    expect(await problems({}, config)).toEqual([`${place}: ${sentence}`]);
    expect(await problems({}, config, {}, false)).toEqual([`${place}: ${sentence}`]);
  });

  it('and in a certificate of the file server, for a dry run too', async () => {
    const words = { target: ['127.0.0.1'], profile: 'mpp-to-enterprise', files: 'https://10.0.0.5:6970' };
    const faulty = { 'files-ca': [at('no-certificate.pem')] };
    for (const more of [{}, { 'dry-run': true }])
      expect(await problems({ ...words, ...faulty, ...more })).toEqual([
        expect.stringMatching(/^--files-ca .*no PEM certificate/),
      ]);
  });

  it('and in a folder that is to be served, for a dry run too', async () => {
    const words = { target: ['127.0.0.1'], profile: 'mpp-to-enterprise', 'dry-run': true };
    expect(await problems({ ...words, serve: at('nowhere') })).toEqual([
      expect.stringMatching(/^--serve \S+nowhere: the folder cannot be served \(there is no such file/),
    ]);
    expect(await problems({ ...words, serve: at('key.pem') })).toEqual([expect.stringMatching(/this is no folder/)]);
    // The folder takes the place of --files.
    expect(await problems({ ...words, serve: at('a-folder') })).toEqual([]);
  });

  it('and in what lies in a folder that is served, where anybody could fetch it', async () => {
    const words = { target: ['127.0.0.1'], profile: 'mpp-to-enterprise', serve: at('a-folder'), 'dry-run': true };
    const lies = (option: string) =>
      expect.stringMatching(new RegExp(`^${option} \\S+ lies in the folder that is served`));
    symlinkSync(at('a-folder'), at('a-link'));
    const files = {
      report: [at('a-folder/r.json'), at('a-link/r.csv'), at('r.json')],
      'log-file': at('a-folder/run.log'),
      db: at('a-folder/x.db'),
      'password-file': at('a-folder/password'),
    };
    const told = await problems({ ...words, ...files });
    expect(told.filter((text) => !text.includes('password cannot be read'))).toEqual(
      ['--password-file', '--report', '--report', '--log-file', '--db'].map(lies),
    );
    expect(await problems({ ...words, report: [at('a-folder/.hidden.json')], 'log-file': at('r.log') })).toEqual([]);
    // What the others keep beside it, too.
    symlinkSync(at('a-folder/wal'), at('y.db-wal'));
    expect(await problems({ ...words, db: at('y.db') })).toEqual([lies('--db')]);
    expect(
      await problems({ ...words, serve: undefined, files: 'http://10.0.0.5', report: files.report, db: at('z.db') }),
    ).toEqual([]);
  });

  it('and all of them at once, in the file and on the command line', async () => {
    const config = `keep: 0\ntimeout: 1ms\nprofile: nope\nsites:\n  a: { inventories: ${at('none.csv')} }\nreport: ${at('nowhere/x.json')}\n`;
    const found = await problems({ concurrency: '0', ca: [at('none.pem')] }, config);
    const told = ['keep: --keep', 'timeout: --timeout', '--concurrency', 'profile: --profile nope'];
    for (const part of [...told, '--ca', 'sites.a.inventories: --inventory', 'report: The report'])
      expect(found.filter((sentence) => sentence.includes(part))).toHaveLength(1);
    expect(found).toHaveLength(7);
  });

  it('while nothing is left behind where a report, a log and a store could be written', async () => {
    const words = { target: ['127.0.0.1'], report: [at('r.json')], 'log-file': at('r.log'), db: at('sub/r.db') };
    const before = readdirSync(folder.path);
    expect(await problems(words)).toEqual([]);
    expect(readdirSync(folder.path)).toEqual(before);
  });

  it('and all that is wrong with a profile, too', async () => {
    writeFileSync(at('bad.yaml'), 'goal: nonsense\ndirection: sideways\ntiming: { deadline: 5 }\n');
    const words = { target: ['127.0.0.1'], profile: at('bad.yaml') };
    const linted = lintMigrationProfile(at('bad.yaml'), models).map(({ text }) => `--profile ${text}`);
    expect(linted.length).toBeGreaterThan(5);
    expect(await problems(words)).toEqual(linted);
    rmSync(at('bad.yaml'));
  });

  it('with its place also where it is one of several values, or of a site', async () => {
    expect(await problems({}, 'target: [127.0.0.1, 127.0.0.2]\nmaxTargets: 1\n')).toEqual([
      expect.stringMatching(
        /^\/work\/fleet-migrate\.yaml:1:10: target\[0\]: These are 2 targets, more than the 1 allowed/,
      ),
    ]);
    const site =
      'sites:\n  a:\n    subnets: 127.0.0.0/30\n    limits: { window: "22:00-22:01" }\nprofile: authorize-mpp\n';
    expect(await problems({ files: 'http://127.0.0.1' }, site)).toEqual([
      expect.stringMatching(/^\/work\/fleet-migrate\.yaml:4:15: sites\.a\.limits\.window: The window of the site a/),
    ]);
  });

  it('and a number in a file is the text that it is written as', async () => {
    for (const [key, text] of [
      ['abortAfter', '0x10'],
      ['waves', '1e2'],
      ['reportMode', '6e2'],
    ] as const) {
      const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const words = {
        target: ['127.0.0.1'],
        profile: 'authorize-mpp',
        files: 'http://127.0.0.1',
        report: [at('r.csv')],
      };
      const asFlag = await problems({ ...words, [name]: text });
      expect(asFlag).toHaveLength(1);
      const inFile = await problems(words, `${key}: ${text}\n`);
      expect(inFile).toEqual([`/work/fleet-migrate.yaml:1:1: ${key}: ${asFlag[0]}`]);
    }
  });

  it('and nobody has to be asked for in a file', async () => {
    expect(await problems({}, 'keep: 7\n', {}, false)).toEqual([]);
    expect(await problems({}, 'keep: 7\n')).toEqual([expect.stringMatching(/^No targets are given/)]);
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...[
      '10.0.0.',
      '0/24',
      '5-9',
      'Mon',
      'Monday',
      '-',
      'Fri',
      ' ',
      '22:00',
      '05:00',
      '24:00',
      '1',
      '10',
      '%',
      ':',
      '/run',
    ],
    ...[
      '500',
      'ms',
      's',
      'h',
      'm',
      '.5',
      'failed',
      'password-wrong',
      'silent',
      '-after-upgrading',
      'x',
      'ä',
      'UTC',
      'Europe/',
      'Berlin',
    ],
  );
  const texts = fc.array(pieces, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
  // A number among the keys is read as YAML reads it.
  const named = [
    'subnet',
    'target',
    'window',
    'abort-after',
    'accept',
    'waves',
    'timeout',
    'time-zone',
    'keep',
    'report-mode',
  ];

  it('is taken or refused by a flag, a variable and a key alike, and with the same sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...named), texts, async (name, text) => {
        fc.pre(text.trim() !== '');
        const flag = (await given({ [name]: text })).written;
        const variable = (await given({}, '', { [environmentVariable(name)]: text })).written;
        const key = (await given({}, `${configKey(name)}: ${JSON.stringify(text)}\n`)).written;
        expect(variable.problems).toEqual(flag.problems.map((one) => `${environmentVariable(name)}: ${one}`));
        const place = `/work/fleet-migrate.yaml:1:1: ${configKey(name)}`;
        expect(key.problems).toEqual(flag.problems.map((one) => `${place}: ${one}`));
        expect(key.values[name]).toEqual(flag.values[name]);
        expect(variable.values[name]).toEqual(flag.values[name]);
        const option = optionTable.find((row) => row.name === name);
        const pattern = option?.form.schema['pattern'];
        // What editors underline is never what is taken.
        if (flag.problems.length === 0 && typeof pattern === 'string') expect(text).toMatch(new RegExp(pattern, 'u'));
      }),
      { numRuns: 300 },
    );
  });
});
