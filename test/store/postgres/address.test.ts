import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAddress } from '../../../src/store/postgres/address.js';
import { isStoreOpenError } from '../../../src/store/store-error.js';

/** What is said of an address that is refused. */
function refusalOf(text: string): string {
  try {
    parseAddress(text, {});
  } catch (error) {
    if (isStoreOpenError(error)) return error.message;
    throw error;
  }
  throw new Error(`${text} was taken`);
}

describe('the address of a database', () => {
  it('says where it is, and who enters it', () => {
    expect(parseAddress('postgres://fleet@db.example.com/phones')).toEqual({
      host: 'db.example.com',
      port: 5432,
      user: 'fleet',
      database: 'phones',
      tls: 'verify-full',
      shown: 'postgres://fleet@db.example.com/phones',
    });
    expect(parseAddress('postgresql://a%40b@[::1]:6543/x%20y?sslmode=require')).toMatchObject({
      ...{ host: '::1', port: 6543, user: 'a@b', database: 'x y', tls: 'require' },
    });
  });

  it('may leave the user to PGUSER, as for other programs of PostgreSQL', () => {
    expect(parseAddress('postgres://127.0.0.1/phones', { PGUSER: 'night' }).user).toBe('night');
  });

  it('may be the folder of a Unix socket', () => {
    for (const text of [
      'postgres://fleet@%2Fvar%2Frun%2Fpostgresql/phones',
      'postgres:///phones?host=/var/run/postgresql',
      'postgres://fleet@/phones?host=/var/run/postgresql',
    ])
      expect(parseAddress(text)).toMatchObject({ host: '/var/run/postgresql', database: 'phones', tls: 'local' });
  });

  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '[::1]'])('is believed without TLS at %s alone', (host) => {
    expect(parseAddress(`postgres://f@${host}/x`).tls).toBe('local');
    expect(parseAddress('postgres://f@10.0.0.1/x').tls).toBe('verify-full');
    expect(parseAddress('postgres://f@127.example.com/x').tls).toBe('verify-full');
  });

  it.each([
    [
      'postgres://fleet:s3cret@db/x',
      '--db holds a password (what stands between a : and an @), which every user of this machine could read; leave it out, and name it with --db-password-env or --db-password-file (PGPASSWORD and .pgpass do, too).',
    ],
    [
      'postgres://fleet@db/x?password=s3cret',
      '--db: password behind the ? is not understood; only sslmode and host may stand there.',
    ],
    [
      'postgres://fleet@db/x?sslmode=prefer',
      '--db postgres://fleet@db/x?sslmode=prefer: sslmode=prefer promises nothing; write one of disable, require, verify-ca, verify-full.',
    ],
    [
      'postgres://fleet@db/x?sslmode=disable&sslmode=require',
      '--db names sslmode more than once; leave one of them out.',
    ],
    ['postgres://fleet@db:0/x', '--db postgres://fleet@db:0/x names port 0, at which nothing listens.'],
    ['postgres://fleet@/x', '--db postgres://fleet@/x names no host; write postgres://fleet@db.example.com/fleet.'],
    ['postgres://fleet@db/x#y', '--db holds a #, which would end the address; write it as %23.'],
    [
      'postgres://fleet@db',
      '--db postgres://fleet@db names no database; write it behind the host, as in postgres://fleet@db.example.com/fleet.',
    ],
    ['postgres:///x', '--db postgres:///x names no host; write postgres://fleet@db.example.com/fleet.'],
    [
      'postgres://db/x?host=other',
      "--db postgres://db/x?host=other: host= is for the folder of a Unix socket, such as /var/run/postgresql; a host's name stands before the database.",
    ],
    [
      'postgres://db/x?host=/run',
      '--db postgres://db/x?host=/run names a host and the folder of a socket; leave one of them out.',
    ],
    [
      'postgres:///x?host=/run&sslmode=require',
      '--db postgres:///x?host=/run&sslmode=require: a Unix socket has no TLS; leave sslmode out.',
    ],
    [
      'postgres://fleet@db:99999/x?password=s3cret',
      '--db postgres://fleet@db:99999/x is no address that can be read; write postgres://fleet@db.example.com/fleet.',
    ],
    [
      'postgres://fl%zz@db/x',
      '--db postgres://fl%zz@db/x holds a % that is followed by no two digits; write it as %25.',
    ],
    [
      'mysql://fleet@db/x?password=s3cret',
      '--db mysql://fleet@db/x is an address that no store can have; write postgres://fleet@db.example.com/fleet, or the path of a file.',
    ],
  ])('is refused as %s', (text, sentence) => {
    expect(refusalOf(text)).toBe(sentence);
  });

  it('is read or refused in a sentence, whatever it is, and never repeats a password', () => {
    const part = fc.string({
      unit: fc.constantFrom('a', 'B', '1', '%', '@', ':', '/', '?', '#', '[', ']', '.', ' ', 'é'),
    });
    fc.assert(
      fc.property(part, part, part, (user, host, rest) => {
        const text = `postgres://${user}:hunter2@${host}/${rest}`;
        try {
          parseAddress(text, {});
        } catch (error) {
          expect(isStoreOpenError(error)).toBe(true);
          expect((error as Error).message).not.toContain('hunter2');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
