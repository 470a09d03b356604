import { describe, expect, it } from '@jest/globals';
import { environmentValues } from '../../../src/config/settings/environment.js';
import { table } from '../file/read-support.js';
import { messageOf } from '../support/temporary-files.js';

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
    expect(environmentValues(table, env)).toEqual({
      'http-port': 8080,
      subnet: ['10.0.0.0/24', '10.0.1.0/24'],
      'dry-run': true,
      'step-up': false,
      'abort-after': ['10'],
    });
  });

  it.each([
    ['HTTP_PORT', '80a', 'expected a whole number from 1 to 65535, found "80a"'],
    ['HTTP_PORT', '0', 'expected a whole number from 1 to 65535, found 0'],
    ['DRY_RUN', 'maybe', 'expected true or false, found "maybe"'],
    ['SUBNET', '10.0.0.0/24,10.0.0.0', 'expected a subnet such as 10.0.0.0/24, found "10.0.0.0"'],
    ['TIMEOUT', '3', 'expected a duration such as 500ms, 30s, 10m or 2h, found "3"'],
    ['SCHEME', 'ftp', 'expected one of auto, http, https, found "ftp"'],
  ])('with a value that does not fit is named: %s=%s', (name, value, problem) => {
    const variable = `FLEET_MIGRATE_${name}`;
    expect(messageOf(() => environmentValues(table, { [variable]: value }))).toBe(`${variable}: ${problem}.`);
  });

  it('with a slip in a name is told', () => {
    expect(messageOf(() => environmentValues(table, { FLEET_MIGRATE_SUBNETS: '10.0.0.0/8' }))).toBe(
      'FLEET_MIGRATE_SUBNETS sets nothing; did you mean FLEET_MIGRATE_SUBNET?',
    );
  });

  it('may hold other things under the same prefix, such as passwords', () => {
    expect(environmentValues(table, { FLEET_MIGRATE_BERLIN_PASSWORD: 'x' })).toEqual({});
  });
});
