import { codeOf, messageOf } from '../../domain/text/error-reason.js';
import { printable } from '../../domain/text/printable.js';
import { isStoreError, StoreError, StoreOpenError } from '../store-error.js';

/** What became of a request to the database. */
type Trouble =
  /** It is not there, or not there any more; it may come back. */
  | 'away'
  | 'full'
  /** Another session held what was needed for too long. */
  | 'busy'
  /** It answers, and cannot be written to. */
  | 'read-only'
  /** Its user may not do this. */
  | 'forbidden'
  | 'other';

/** SQLSTATE codes and classes (postgresql.org, Appendix A), and what Node says of connections. */
const troubles: readonly (readonly [pattern: RegExp, trouble: Trouble])[] = [
  // Of 57: ended by an administrator or a crash, or not ready yet. 25P03, 25P04: our session was ended, as it had stood still.
  [/^(08...|57P0[1-5]|53300|25P0[34])$/, 'away'],
  [
    /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_\w+|ENOENT|EADDRNOTAVAIL)$/,
    'away',
  ],
  [/^53100$/, 'full'],
  [/^(55P03|57014|40P01|40001)$/, 'busy'],
  [/^25006$/, 'read-only'],
  [/^42501$/, 'forbidden'],
];

/** Of errors without a code: what the driver itself says of a connection. */
const lost =
  /connection terminated|connection.*(closed|ended)|timeout|not queryable|cannot use a pool after calling end/i;

function troubleOf(error: unknown): Trouble {
  const code = codeOf(error);
  if (code === null || code === '') return lost.test(messageOf(error)) ? 'away' : 'other';
  return troubles.find(([pattern]) => pattern.test(code))?.[1] ?? 'other';
}

/** Whether a connection is of no more use after an error. */
export function endsConnection(error: unknown): boolean {
  return troubleOf(error) === 'away';
}

/** Whether two transactions waited for each other, and this one was ended for the other's sake: it may be tried again. */
export function isDeadlock(error: unknown): boolean {
  const original = isStoreError(error) ? error.cause : error;
  return /^(40P01|40001)$/.test(codeOf(original) ?? '');
}

/** The error of a store in use, for what the driver threw. */
export function toStoreError(error: unknown, shown: string): Error {
  if (isStoreError(error) || error instanceof StoreOpenError) return error;
  const [reason, cause] = [reasonOf(error), { cause: error }];
  switch (troubleOf(error)) {
    case 'away':
      return new StoreError('store-away', `The database ${shown} does not answer (${reason}).`, cause);
    case 'full':
      return new StoreError(
        'store-full',
        `The database ${shown} cannot grow, its disk is full (${reason}); free some space there, then fleet-migrate resume goes on with it.`,
        cause,
      );
    case 'busy':
      return new StoreError(
        'store-busy',
        `The database ${shown} was held by another session for too long (${reason}); pg_stat_activity there shows which one.`,
        cause,
      );
    case 'read-only':
      return new StoreError(
        'store-broken',
        `The database ${shown} takes no writes (${reason}): is it a standby? Name the primary with --db, then fleet-migrate resume goes on with it.`,
        cause,
      );
    case 'forbidden':
      return new StoreError(
        'store-forbidden',
        `The database ${shown} does not permit this (${reason}); docs/postgresql.md says what a user of it needs.`,
        cause,
      );
    case 'other':
      // Without a code of the database's own it is a bug, and must show as one.
      if (!/^[0-9A-Z]{5}$/.test(codeOf(error) ?? '')) return error as Error;
      return new StoreError('store-broken', `The database ${shown} cannot be used (${reason}).`, cause);
  }
}

/** The error of a database that cannot be opened, for what the driver threw. */
export function toOpenError(error: unknown, shown: string): Error {
  if (error instanceof StoreOpenError) return error;
  const original = isStoreError(error) ? error.cause : error;
  const [code, reason, cause] = [codeOf(original) ?? '', reasonOf(original), { cause: error }];
  const open = (problem: ConstructorParameters<typeof StoreOpenError>[0], text: string): StoreOpenError =>
    new StoreOpenError(problem, text, cause);
  const known = refusals.find(({ pattern }) => pattern.test(code) || pattern.test(messageOf(original)));
  if (known) return open(known.problem ?? 'no-access', `The database ${shown} ${known.say(reason)}.`);
  switch (troubleOf(original)) {
    case 'away':
      return open(
        'away',
        `The database ${shown} does not answer (${reason}); check host and port, whether PostgreSQL runs there, and its firewall.`,
      );
    case 'full':
      return open('full', `The database ${shown} cannot grow, its disk is full (${reason}); free some space there.`);
    case 'busy':
      return open(
        'busy',
        `The database ${shown} is held by another session (${reason}); pg_stat_activity there shows which one.`,
      );
    case 'read-only':
      return open(
        'no-access',
        `The database ${shown} takes no writes (${reason}): is it a standby? Name the primary with --db.`,
      );
    case 'forbidden':
    case 'other':
      if (!/^[0-9A-Z]{5}$/.test(codeOf(original) ?? '')) return error as Error;
      return open('no-access', `The database ${shown} cannot be opened (${reason}).`);
  }
}

const otherCa = 'name the certificate of its authority with --db-ca';

/** What a server, or the check of its certificate, says no by: a code or the driver's words, and what to do. */
const refusals: readonly { pattern: RegExp; problem?: 'no-access'; say: (reason: string) => string }[] = [
  {
    pattern: /^28P01$/,
    say: () =>
      'refuses the password; check the user, and what --db-password-env, --db-password-file, PGPASSWORD or .pgpass tells',
  },
  {
    pattern: /client password must be a string|password.*(missing|required)/i,
    say: () => 'asks for a password; name it with --db-password-env or --db-password-file, or in PGPASSWORD or .pgpass',
  },
  { pattern: /^28000$/, say: (reason) => `does not let this user in from here (${reason})` },
  { pattern: /^3D000$/, say: () => 'is not there on its server; make it (createdb), or name another with --db' },
  {
    pattern: /^(42501)$/,
    say: (reason) => `does not permit this (${reason}); docs/postgresql.md says what a user of it needs`,
  },
  {
    pattern: /does not support SSL/i,
    say: () =>
      'speaks no TLS; switch it on there (ssl = on), or write sslmode=disable behind the address: passwords and licenses then go over the network as they are',
  },
  {
    pattern: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    say: (reason) =>
      `has a certificate for another name (${reason}); name the host as the certificate does, or write sslmode=verify-ca`,
  },
  {
    pattern: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_UNTRUSTED)$/,
    say: (reason) => `has a certificate that is not trusted here (${reason}); ${otherCa}`,
  },
  { pattern: /^CERT_\w+$/, say: (reason) => `has a certificate that does not hold (${reason})` },
];

/** What the driver or the server said, in a line; several addresses of a host may have been tried. */
function reasonOf(error: unknown): string {
  const { errors } = error as { errors?: unknown };
  const first: unknown = Array.isArray(errors) ? errors[0] : error;
  const code = codeOf(first);
  const text = printable(messageOf(first).replace(/\s+/g, ' '), 160);
  return code === null || code === '' || text.includes(code) ? text : `${code}: ${text}`;
}
