import { describe, expect, it } from '@jest/globals';
import { problemsOf } from './read-support.js';

describe('a configuration file without a mistake', () => {
  it('has no problems', () => {
    const text = `
subnet: 10.0.0.0/24
target: [10.1.0.5, phone.example.com, 10.1.0.6-9]
httpPort: 8080
dryRun: false
timeout: 1.5s
abortAfter: 10
window: [22:00-05:00, 'Mon-Fri 22:00-05:00', 'Sat,Sun 0:00-24:00']
timeZone: Europe/Berlin
site: north
sites:
  north: { subnets: 10.2.0.0/16, limits: { window: 22:00-05:00 } }
  New York: {}
`;
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('a file that is no configuration', () => {
  it.each([
    ['empty', '', 'the file is empty; write settings into it or remove it'],
    ['blank', ' \n\n', 'the file is empty; write settings into it or remove it'],
    ['only comments', '# nothing\n', 'the file holds only comments; write settings into it or remove it'],
    ['a text', 'hello\n', 'expected keys with values, such as "httpPort: 8080", found a text'],
    ['a list', '- 10.0.0.0/24\n', 'expected keys with values, such as "httpPort: 8080", found a list'],
    ['not a text', 'a\0b', 'this is not a text in UTF-8; save it as UTF-8'],
    ['an alias of nothing', 'profile: *x', 'its aliases (*name) cannot be resolved; write the values out'],
  ])('is told: %s', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it('is told: nested without end', () => {
    // How deep the parser gets depends on the stack it finds.
    expect(problemsOf('['.repeat(20_000))).toEqual([
      expect.stringMatching(/^1:\d+ this is not valid YAML: it is nested too deeply$/),
    ]);
  });

  it('is told for every line that is not YAML, once a line', () => {
    expect(problemsOf('profile: x\nsites:\n\tnorth:\n\t\tsubnets: 10.0.0.0/8\n')).toEqual([
      '3:1 this is not valid YAML: indent with blanks, not tabs',
      '4:1 this is not valid YAML: indent with blanks, not tabs',
    ]);
  });

  it.each([
    ['profile: a\nquiet: true\nprofile: b\n', '3:1 this is not valid YAML: this key occurs twice; keep one of them'],
    ['profile: a\n---\nprofile: b\n', '2:1 this is not valid YAML: a second document begins here (---); keep one'],
    ['{{ sites }}: 1\n', '1:1 a key must be one word; quote a text that begins with { or ['],
    ['__proto__: { yes: true }\n', '1:1 this key cannot be used'],
  ])('is told: %j', (text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });

  it.each(['@hunter2', '!hunter2', '*hunter2', '"hunter2', '{hunter2', '"\\hunter2"', '|hunter2', '%hunter2'])(
    'does not repeat what may be a password: %s',
    (password) => {
      const problems = problemsOf(`credentials:\n  - password: ${password}\n`);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join('\n')).not.toContain('hunter2');
    },
  );
});

describe('every problem of a file', () => {
  it('is told at once, in the order of the lines', () => {
    expect(problemsOf('httpPort: 99999\nprofil: x\nsubnet: [10.0.0.0/33, 10.0.0.0/8]\ntimeout: 3\n')).toEqual([
      '1:1 httpPort: --http-port must be one whole number from 1 to 65535, such as --http-port 8080.',
      '2:1 profil: unknown key, did you mean "profile"?',
      '3:10 subnet[0]: --subnet 10.0.0.0/33: the prefix length after the slash must be a number from 0 to 32, as in 10.0.0.0/24.',
      '4:1 timeout: --timeout 3 is not a duration; write 500ms, 30s, 10m or 2h, such as --timeout 5s.',
    ]);
  });

  it.each([
    ['max-upgrading-per-subnet: 4', 'unknown key, did you mean "maxUpgradingPerSubnet"?'],
    ['inventories: a.csv', 'unknown key, did you mean "inventory"?'],
    ['color: red', 'unknown key, docs/configuration.md lists all keys'],
    ['config: other.yaml', 'unknown key, docs/configuration.md lists all keys'],
    ['password: hunter2', 'unknown key, did you mean "password" in an entry of "credentials"?'],
    ['sites: { a: { subnet: 10.0.0.0/8 } }', 'unknown key, did you mean "subnets"?'],
    ['sites: { a: { window: 22:00-05:00 } }', 'unknown key, did you mean "window" below "limits"?'],
    ['sites: { a: { limits: { zone: UTC } } }', 'unknown key, known are maxUpgrading, window, timeZone'],
  ])('an unknown key: %s', (text, problem) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(new RegExp(`: ${problem.replace(/[?()]/g, '\\$&')}$`))]);
  });

  it.each([
    ['dryRun: yes', 'expected true or false, found "yes"'],
    ['concurrency: lots', '--concurrency must be one whole number from 1 to 1024, such as --concurrency 64.'],
    ['concurrency: 5000', '--concurrency must be one whole number from 1 to 1024'],
    ['keep: 0', '--keep must be one whole number from 1 to 1000000'],
    ['timeout: 1ms', '--timeout 1ms is too short; give at least 50ms, such as --timeout 5s.'],
    ['concurrency: 1.5', '--concurrency must be one whole number from 1 to 1024'],
    ['scheme: ftp', '--scheme "ftp" is not one of auto, http, https; choose one of them.'],
    ['profile: [a]', 'expected a text, found a list'],
    ['profile:', 'has no value, expected a text; give one or remove the line'],
    ['report:', 'has no value, expected a text or a list; give one or remove the line'],
    ['target: [true]', 'expected an address, a host name or a range, found true'],
    ['target: { a: 1 }', 'expected an address, a host name or a range or a list, found a group of keys'],
    ['profile: ""', 'expected a text, found an empty text'],
    [
      'deadline: 45 minutes',
      '--deadline 45 minutes is not a duration; write 500ms, 30s, 10m or 2h, such as --deadline 45m.',
    ],
    ['files: 10.0.0.5', '--files 10.0.0.5 is not the address of a file server; write http://10.0.0.5:6970'],
    ['window: late', '--window "late" is not a window; write it such as "22:00-05:00" or "Mon-Fri 22:00-05:00".'],
    ['window: 25:00-05:00', '--window "25:00-05:00" has "25:00", which is not a time of day from 00:00 to 24:00'],
    ['timeZone: Europe/Berln', '--time-zone "Europe/Berln" is not a time zone: did you mean Europe/Berlin?'],
    [
      'subnet: 010.0.0.0/8',
      '--subnet 010.0.0.0/8: write the numbers of an IPv4 address without leading zeros, not 010.',
    ],
    ['sites: { "a,b": {} }', 'expected a site name of at most 64 letters, digits, dashes and blanks'],
    ['sites: { a: }', 'has no value, expected a group of keys; give one or remove the line'],
    ['sites: { a: { limits: { maxUpgrading: 0 } } }', '--max-upgrading must be one whole number from 1 to 100000'],
    ['sites: [a]', 'expected a group of keys, found a list'],
  ])('a value that does not fit: %s', (text, problem) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(`: ${problem}`)]);
  });

  it('a site that is not described, or nearly so', () => {
    expect(problemsOf('site: [noth, south]\nsites: { north: {} }\n')).toEqual([
      '1:1 site: there is no site "noth", did you mean "north"?',
    ]);
    expect(problemsOf('site: north\n')).toEqual(['1:1 site: there is no site "north", as no sites are described']);
  });

  it('a window that never opens, in the place where it stands, sites included', () => {
    const never = /never opens: it ends when it begins/;
    expect(problemsOf('window: 22:00-22:00\nsites: { a: { limits: { window: [22:00-22:00] } } }\n')).toEqual([
      expect.stringMatching(/^1:1 window: --window "22:00-22:00" never opens/),
      expect.stringMatching(/^2:34 sites\.a\.limits\.window\[0\]: --window/),
    ]);
    expect(problemsOf('window: Mon 22:00-22:00\n')).toEqual([expect.stringMatching(never)]);
  });

  it('a window with the whole names of days is none', () => {
    expect(problemsOf('window: Monday-Friday 22:00-05:00\n')).toEqual([]);
  });
});
