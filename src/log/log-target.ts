import { isIP } from 'node:net';
import { shown } from '../domain/text/printable.js';
import { UsageError } from '../domain/text/usage-error.js';

/** Where the log goes besides its file. */
export type LogTarget = { kind: 'journald' } | SyslogTarget;

/** A syslog that is sent lines: of this machine, or a server. */
export type SyslogTarget = { kind: 'syslog'; facility: number } & (
  { over: 'local' } | { over: 'udp' | 'tcp'; host: string; port: number }
);

/** The facilities of RFC 5424 that programs of users have, by their usual names. */
const facilities: Readonly<Record<string, number>> = {
  user: 1,
  daemon: 3,
  ...Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`local${at}`, 16 + at])),
};

const usualFacility = 3;

/** Of UDP by RFC 5426; receivers take plain TCP at the same port, as none was ever registered for it. */
const usualPort = 514;

const how =
  'write journald, syslog (of this machine), or a server such as syslog://10.0.0.9:514 (UDP) or syslog+tcp://10.0.0.9:514, with ?facility=local0 after it if need be';

/** Reads a value of `--log-to`. @throws UsageError whose message is a whole sentence */
export function parseLogTarget(text: string, flag: string): LogTarget {
  const refused = (why: string): UsageError => new UsageError(`${flag} ${shown(text)}: ${why}; ${how}.`);
  if (text === 'journald') return { kind: 'journald' };
  const [, word = '', query] = /^([^?]*)(?:\?(.*))?$/s.exec(text) ?? [];
  const facility = facilityOf(query);
  if (word === 'syslog') {
    if (facility === null) throw refused(noFacility);
    return { kind: 'syslog', facility, over: 'local' };
  }
  const found = /^syslog(\+[a-z]+)?:\/\/(.*)$/i.exec(word);
  if (!found) throw refused('this is no place that a log can go to');
  const [, by = '', place = ''] = found;
  const over = by === '' || by.toLowerCase() === '+udp' ? 'udp' : 'tcp';
  if (over === 'tcp' && by.toLowerCase() !== '+tcp')
    throw refused(`syslog goes over UDP or TCP here, not ${by.slice(1)}`);
  if (place.includes('@')) throw new UsageError(`${flag} holds an @, and syslog knows no password; ${how}.`);
  const [, host = '', port = String(usualPort)] = /^([^:/]*)(?::(\d+))?\/?$/.exec(place) ?? [];
  // Four numbers that are not a valid address are not a host name either.
  const isHost =
    isIP(host) === 4 || (/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?$/i.test(host) && !/^[\d.]+$|\.\./.test(host));
  if (!isHost || host.length > 253) throw refused('there is no host name or IPv4 address in it');
  const number = Number(port);
  if (number < 1 || number > 65_535) throw refused('its port is not from 1 to 65535');
  if (facility === null) throw refused(noFacility);
  return { kind: 'syslog', facility, over, host: host.toLowerCase(), port: number };
}

const noFacility = `after the ? stands facility= and one of ${Object.keys(facilities).join(', ')}`;

/** `null`: none that is known. */
function facilityOf(query: string | undefined): number | null {
  if (query === undefined) return usualFacility;
  return facilities[/^facility=(.*)$/.exec(query)?.[1] ?? ''] ?? null;
}
