import { isIP } from 'node:net';
import { textForm } from '../../config/settings/forms.js';
import { shown } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { isMailAddress } from '../../report/notify/receiver.js';

/** A mail server by name or address; `port` is `null` where none was given. */
export interface ServerPlace {
  host: string;
  port: number | null;
}

const how = 'write it such as --mail-server mail.example.com or --mail-server mail.example.com:25';

/** A mail server, with its port if it is not the usual one. */
export const mailServerForm = textForm(
  'HOST[:PORT]',
  (text, flag): ServerPlace => {
    if (text.includes('@'))
      throw new UsageError(
        `${flag} holds an @; the account goes to --mail-username and --mail-password-env, and ${how}.`,
      );
    const refused = (why: string): UsageError => new UsageError(`${flag} ${shown(text)}: ${why}; ${how}.`);
    if (text.includes('/')) throw refused('this is a URL or a path');
    const [, host = '', port] = /^([^:]*)(?::(\d+))?$/.exec(text) ?? [];
    // Four numbers that are not a valid address are not a host name either.
    const isHost =
      isIP(host) === 4 || (/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?$/i.test(host) && !/^[\d.]+$|\.\./.test(host));
    if (!isHost || host.length > 253) throw refused('there is no host name or IPv4 address in it');
    const number = port === undefined ? null : Number(port);
    if (number !== null && (number < 1 || number > 65_535)) throw refused('its port is not from 1 to 65535');
    return { host, port: number };
  },
  { example: 'mail.example.com', expected: 'a mail server such as mail.example.com or mail.example.com:25' },
);

/** The address that mails come from. */
export const mailAddressForm = textForm(
  'ADDRESS',
  (text, flag) => {
    if (isMailAddress(text)) return text;
    throw new UsageError(
      `${flag} ${shown(text)}: this is no mail address; write it alone, such as ${flag} fleet-migrate@example.com.`,
    );
  },
  { example: 'fleet-migrate@example.com', expected: 'a mail address such as fleet-migrate@example.com' },
);

/** The account at the mail server. */
export const mailUsernameForm = textForm(
  'NAME',
  (text, flag) => {
    if (!/[\x00-\x1f\x7f-\x9f]/.test(text)) return text;
    throw new UsageError(`${flag} must not hold a control character; write the account as the mail server knows it.`);
  },
  { example: 'fleet-migrate' },
);
