import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { loadModels } from '../../../../src/config/profiles/models/read.js';
import { optionTable } from '../../../../src/conduct/options/table.js';
import { checkRun } from '../../../../src/conduct/check/check-run.js';
import type { MailServer } from '../../../../src/report/notify/mail.js';
import { temporaryFolder } from '../../../support/command/temporary-folder.js';
import { given } from '../../../cli/support/arguments.js';

const models = loadModels();
const folder = temporaryFolder();
let cert = '';
beforeAll(async () => {
  ({ cert } = await generate());
  writeFileSync(folder.file('mail.pem'), cert);
});
afterAll(() => folder.remove());

/** The mail server of a run, and all that is wrong with it. */
async function run(
  words: Record<string, unknown>,
  config = '',
  more: Record<string, string> = {},
): Promise<{ mail: MailServer | null | undefined; problems: string[] }> {
  const env = { HOME: '/tmp', XDG_STATE_HOME: folder.path, MAIL_PW: 'of-the-mail-1', ...more };
  const said = await given({ target: ['127.0.0.1'], ...words }, config, env, { '/work/pw': 'from-file-1\n' });
  const { problems, run: checked } = await checkRun(said, optionTable, models, { mustAsk: true });
  return { mail: checked?.mail, problems };
}

const anna = { notify: ['mailto:anna@example.com'] };
const mail = { ...anna, 'mail-server': 'mail.example.com', 'mail-from': 'fleet@example.com' };

describe('how a run sends mail', () => {
  it('is said by a server and a sender, the rest by defaults', async () => {
    expect(await run(mail)).toEqual({
      problems: [],
      mail: {
        host: 'mail.example.com',
        port: 587,
        tls: 'starttls',
        from: 'fleet@example.com',
        ca: [],
        credentials: null,
      },
    });
    expect((await run({ ...mail, 'mail-tls': 'tls' })).mail).toMatchObject({ port: 465, tls: 'tls' });
    expect((await run({ ...mail, 'mail-tls': 'none' })).mail).toMatchObject({ port: 25, tls: 'none' });
    const own = { ...mail, 'mail-server': '10.0.0.7:2525', 'mail-ca': [folder.file('mail.pem')] };
    expect((await run(own)).mail).toMatchObject({ host: '10.0.0.7', port: 2525, ca: [cert.trim()] });
  });

  it('may take an account, whose password is in the environment or a file', async () => {
    const account = { ...mail, 'mail-username': 'night' };
    const ofEnv = await run({ ...account, 'mail-password-env': 'MAIL_PW' });
    expect([ofEnv.problems, ofEnv.mail?.credentials?.username, ofEnv.mail?.credentials?.password()]).toEqual([
      ...[[], 'night', 'of-the-mail-1'],
    ]);
    const ofFile = await run({ ...account, 'mail-password-file': '/work/pw' });
    expect(ofFile.mail?.credentials?.password()).toBe('from-file-1');
  });

  it('stands in a file as well, and for several receivers at once', async () => {
    const config = [
      'notify: [https://chat.example.com/hook, "mailto:anna@example.com,bob@example.com"]',
      'mailServer: mail.example.com:25',
      'mailTls: none',
      'mailFrom: fleet@example.com',
    ].join('\n');
    expect(await run({}, config)).toMatchObject({ problems: [], mail: { port: 25, tls: 'none' } });
    const variable =
      'https://a.example.com/x?y=1,2,mailto:anna@example.com,bob@example.com,teams+https://b.example.com/';
    const said = await given({ target: ['127.0.0.1'] }, '', { FLEET_MIGRATE_NOTIFY: variable });
    expect(said.settings.notify).toMatchObject([
      { kind: 'webhook', url: new URL('https://a.example.com/x?y=1,2') },
      { kind: 'mail', to: ['anna@example.com', 'bob@example.com'] },
      { kind: 'teams' },
    ]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'without a server and a sender',
      anna,
      /^--notify mailto: needs --mail-server HOST, .*, and --mail-from ADDRESS, /,
    ],
    [
      'an account without a password',
      { ...mail, 'mail-username': 'night' },
      /^--notify mailto: needs the password of --mail-username/,
    ],
    [
      'a password without an account',
      { ...mail, 'mail-password-env': 'MAIL_PW' },
      /needs --mail-username NAME, whose password/,
    ],
    ['a password that is not there', { ...mail, 'mail-username': 'n', 'mail-password-env': 'NOT_THERE' }, /is not set/],
    [
      'a password in the clear',
      { ...mail, 'mail-username': 'n', 'mail-password-env': 'MAIL_PW', 'mail-tls': 'none' },
      /^--mail-tls none would send the password/,
    ],
    [
      'a certificate that is none',
      { ...mail, 'mail-ca': ['/nowhere.pem'] },
      /^--mail-ca \/nowhere\.pem cannot be read/,
    ],
    [
      'a certificate that nobody looks at',
      { ...mail, 'mail-tls': 'none', 'mail-ca': [folder.file('mail.pem')] },
      /^--mail-ca does nothing with --mail-tls none/,
    ],
    [
      'a URL for a server',
      { ...mail, 'mail-server': 'smtp://mail.example.com' },
      /this is a URL or a path; write it such as --mail-server mail\.example\.com/,
    ],
    [
      'a server with an account',
      { ...mail, 'mail-server': 'me:hunter2@mail' },
      /^--mail-server holds an @; the account goes to --mail-username/,
    ],
    ['a port that is none', { ...mail, 'mail-server': 'mail:0' }, /its port is not from 1 to 65535/],
    ['four numbers', { ...mail, 'mail-server': '10.0.0' }, /no host name or IPv4 address/],
    ['a sender with a name', { ...mail, 'mail-from': 'Fleet <a@b.example>' }, /this is no mail address/],
    [
      'an account over two lines',
      { ...mail, 'mail-username': 'a\nb', 'mail-password-env': 'MAIL_PW' },
      /must not hold a control character/,
    ],
    [
      'a server for nobody',
      { 'mail-server': 'mail.example.com' },
      /^--mail-server does nothing without --notify mailto:ADDRESS/,
    ],
    [
      'a server for a webhook',
      { notify: ['https://a.example.com/'], 'mail-from': 'a@b.example' },
      /^--mail-from does nothing without/,
    ],
  ])('is not %s', async (_, words, says) => {
    const { problems, mail: none } = await run(words);
    expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(says)]));
    expect(problems.join('\n')).not.toMatch(/hunter2|of-the-mail-1/);
    expect(none).toBeUndefined();
  });

  it('may be left in a file for other runs', async () => {
    expect(await run({}, 'mailServer: mail.example.com\nmailFrom: a@b.example\n')).toEqual({
      problems: [],
      mail: null,
    });
  });
});
