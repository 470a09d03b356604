import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readFleetConfig } from '../../../src/config/file/read.js';
import { problemsOf, reading } from './read-support.js';

const literal =
  'a password must not stand in this file: put it into the environment and write ${NAME}, or into a file and write file:/path/to/it, or file:./path from the folder of this file';

const credentials = (reference: string): string => `credentials:\n  - username: admin\n    password: ${reference}\n`;

function passwordOf(
  reference: string,
  env: Record<string, string>,
  files: Record<string, string> = {},
): string | undefined {
  return readFleetConfig(credentials(reference), 'f.yaml', reading(env, files)).config.credentials[0]?.password();
}

describe('an account', () => {
  const accountOf = (username: string): string | undefined =>
    readFleetConfig(`credentials:\n  - { ${username}password: "\${PHONES}" }\n`, 'f.yaml', reading({ PHONES: 'x' }))
      .config.credentials[0]?.username;

  it('is the one that is written, also as a number, and admin where none is', () => {
    expect(accountOf('username: user, ')).toBe('user');
    expect(accountOf('username: " user ", ')).toBe('user');
    expect(accountOf('username: 1001, ')).toBe('1001');
    expect(accountOf('username: 007, ')).toBe('007');
    expect(accountOf('')).toBe('admin');
  });

  it.each(['"a:b"', '"a\\tb"', '"a\\x85b"'])('%s cannot be one, as on the command line', (username) => {
    const text = `credentials:\n  - { username: ${username}, password: "\${PHONES}" }\n`;
    expect(problemsOf(text, reading({ PHONES: 'x' }))).toEqual([
      expect.stringMatching(/--username must not hold a colon or a control character/),
    ]);
  });
});

describe('a password', () => {
  it('comes from the environment', () => {
    expect(passwordOf('${PHONES}', { PHONES: 'a b' })).toBe('a b');
  });

  it('comes from a file, without the line break at its end', () => {
    const files = { '/run/secrets/phones': ' s3cret \n' };
    expect(passwordOf('file:/run/secrets/phones', {}, files)).toBe(' s3cret ');
    expect(passwordOf('file:///run/secrets/phones', {}, files)).toBe(' s3cret ');
  });

  it('comes from a file beside the one that names it', () => {
    const files = { '/srv/pw': 'a\n', '/home/op/pw': 'b\n', '/etc/pw': '\ufeffc\r\n' };
    const text = (reference: string): string => credentials(reference);
    const read = (reference: string): string | undefined =>
      readFleetConfig(text(reference), '/srv/f.yaml', reading({}, files)).config.credentials[0]?.password();
    expect(['file:./pw', 'file:~/pw', 'file:../etc/pw'].map(read)).toEqual(['a', 'b', 'c']);
  });

  it('is in nothing that is printed', () => {
    const { config } = readFleetConfig(credentials('${PHONES}'), 'f.yaml', reading({ PHONES: 'hunter2' }));
    const printed = [
      inspect(config, { depth: 9, showHidden: true }),
      JSON.stringify(config),
      String(config.credentials[0]),
    ];
    for (const text of printed) expect(text).not.toContain('hunter2');
  });

  it.each(['hunter2', '12345', 'x${PHONES}', '$PHONES', 'file:hunter2', '""', '[hunter2]', '{ hunter2: 1 }'])(
    'must not stand in the file: %s',
    (value) => {
      expect(problemsOf(credentials(value))).toEqual([`3:5 credentials[0].password: ${literal}`]);
    },
  );

  it.each(['credentials: hunter2', 'credentials: [hunter2]', 'sites: { a: { credentials: hunter2 } }'])(
    'is not repeated where it stands wrongly: %s',
    (text) => {
      expect(problemsOf(text)).toEqual([
        expect.stringContaining('expected a list of entries with username and password'),
      ]);
      expect(problemsOf(text).join()).not.toContain('hunter2');
    },
  );

  it('must not stand in a URL either', () => {
    const problems = problemsOf('notify: https://me:hunter2@example.com/\ndb: postgres://me:hunter2@db/fleet\n');
    expect(problems).toEqual([
      '1:1 notify: a password must not stand in this file, not in a URL either; take it out, or give the whole URL in FLEET_MIGRATE_NOTIFY',
      '2:1 db: a password must not stand in this file, not in a URL either; take it out, or give the whole URL in FLEET_MIGRATE_DB',
    ]);
  });
});

describe('a reference', () => {
  it.each([
    ['${NONE}', 'the environment variable NONE is not set; set it for this program'],
    ['${EMPTY}', 'the environment variable EMPTY is not set; set it for this program'],
    ['file:/none', 'the file /none cannot be read (ENOENT: there is no such file); check the path and its permissions'],
    ['file:/empty', 'the file /empty is empty; write the password into its first line'],
    ['file:/two', 'the file /two has more than one line; leave only the password in it, on the first line'],
  ])('that leads nowhere is named: %s', (reference, problem) => {
    const options = reading({ EMPTY: '' }, { '/empty': '\n', '/two': 'hunter2\nhunter3\n' });
    expect(problemsOf(credentials(reference), options)).toEqual([`3:5 credentials[0].password: ${problem}`]);
  });

  it('that is relative says what it counts from', () => {
    expect(problemsOf(credentials('file:./none'))).toEqual([
      expect.stringMatching(/the file \S+\/none cannot be read .*\(a relative path starts at the folder of f\.yaml\)/),
    ]);
  });

  it('in a site is followed too', () => {
    const text = 'sites:\n  a:\n    subnets: 10.0.0.0/8\n    credentials:\n      - password: ${NONE}\n';
    expect(problemsOf(text)).toEqual([
      '5:9 sites.a.credentials[0].password: the environment variable NONE is not set; set it for this program',
    ]);
  });

  it('is not followed where no password is needed', () => {
    const { config } = readFleetConfig(credentials('${NONE}'), 'f.yaml', { ...reading(), secrets: null });
    expect(config.credentials).toEqual([]);
  });

  it.each([
    ['files: ${FILES}', '${NAME}', 'or set FLEET_MIGRATE_FILES'],
    ['logFile: file:/var/log/x', 'file:/path', 'or set FLEET_MIGRATE_LOG_FILE'],
    ['target: [10.0.0.1, "${HOST}"]', '${NAME}', 'or set FLEET_MIGRATE_TARGET'],
    ['sites: { a: { tags: "${TAG}" } }', '${NAME}', 'write the value itself'],
    ['credentials: [{ username: "${ME}", password: "${PW}" }]', '${NAME}', 'write the value itself'],
  ])('is only for passwords: %s', (text, form, remedy) => {
    const [problem, ...others] = problemsOf(text, reading({ PW: 'x' }));
    expect(others).toEqual([]);
    expect(problem).toContain(`a reference such as ${form} is only for a password;`);
    expect(problem).toContain(remedy);
  });

  it('is told from the macros of a rule', () => {
    expect(problemsOf('authorizationRule: http://10.0.0.5/$MAU_M2E.lic\n')).toEqual([]);
  });
});

describe('credentials for a subnet that their site does not have', () => {
  const text = (more: string): string =>
    `sites:\n  a:\n    subnets: 10.1.0.0/16\n${more}    credentials:\n      - password: \${PW}\n        subnets: [10.1.2.0/24, 10.9.0.0/24]\n`;

  it('are an error, for they would never be used', () => {
    expect(problemsOf(text(''), reading({ PW: 'x' }))).toEqual([
      '6:32 sites.a.credentials[0].subnets[1]: no address of the site a is in 10.9.0.0/24',
    ]);
  });

  it('are left alone where the site may have other addresses', () => {
    expect(problemsOf(text('    inventories: a.csv\n'), reading({ PW: 'x' }))).toEqual([]);
    expect(problemsOf(text('    targets: phone.example.com\n'), reading({ PW: 'x' }))).toEqual([]);
  });
});
