import { describe, expect, it } from '@jest/globals';
import { environmentValues } from '../../../src/config/settings/environment.js';
import { table } from '../file/read-support.js';

describe('the environment', () => {
  it('sets options, lists comma-separated', () => {
    const env = {
      FLEET_MIGRATE_HTTP_PORT: ' 8080 ',
      FLEET_MIGRATE_SUBNET: '10.0.0.0/24, 10.0.1.0/24,',
      FLEET_MIGRATE_DRY_RUN: 'TRUE',
      FLEET_MIGRATE_STEP_UP: '0',
      FLEET_MIGRATE_ABORT_AFTER: '10',
      FLEET_MIGRATE_QUIET: '',
      HTTP_PORT: '81',
    };
    expect(environmentValues(table, env).values).toEqual({
      'http-port': 8080,
      subnet: ['10.0.0.0/24', '10.0.1.0/24'],
      'dry-run': true,
      'step-up': false,
      'abort-after': ['10'],
    });
  });

  it.each([
    ['HTTP_PORT', '80a', '--http-port must be one whole number from 1 to 65535, such as --http-port 8080.'],
    ['HTTP_PORT', '0', '--http-port must be one whole number from 1 to 65535, such as --http-port 8080.'],
    ['DRY_RUN', 'maybe', '--dry-run must be true or false, not "maybe".'],
    [
      'SUBNET',
      '10.0.0.0/24,10.0.0.0',
      '--subnet 10.0.0.0: a subnet needs a prefix length, such as 10.0.0.0/24; give one address with --target.',
    ],
    ['TIMEOUT', '3', '--timeout 3 is not a duration; write 500ms, 30s, 10m or 2h, such as --timeout 5s.'],
    ['SCHEME', 'ftp', '--scheme "ftp" is not one of auto, http, https; choose one of them.'],
  ])('with a value that does not fit is named: %s=%s', (name, value, problem) => {
    const variable = `FLEET_MIGRATE_${name}`;
    expect(environmentValues(table, { [variable]: value }).problems).toEqual([`${variable}: ${problem}`]);
  });

  it('may hold several windows, whose days have commas of their own', () => {
    const text = 'Sat,Sun 00:00-24:00, Monday-Friday 22:00-05:00';
    expect(environmentValues(table, { FLEET_MIGRATE_WINDOW: text })).toMatchObject({
      values: { window: ['Sat,Sun 00:00-24:00', 'Monday-Friday 22:00-05:00'] },
      problems: [],
    });
  });

  it('with a slip in a name is told', () => {
    expect(environmentValues(table, { FLEET_MIGRATE_SUBNETS: '10.0.0.0/8' }).problems).toEqual([
      'FLEET_MIGRATE_SUBNETS sets nothing; did you mean FLEET_MIGRATE_SUBNET?',
    ]);
  });

  it('may hold other things under the same prefix, such as passwords', () => {
    expect(environmentValues(table, { FLEET_MIGRATE_BERLIN_PASSWORD: 'x' })).toMatchObject({
      values: {},
      problems: [],
    });
  });
});
