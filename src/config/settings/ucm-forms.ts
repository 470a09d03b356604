import { isIP } from 'node:net';
import { shown } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { textForm } from './forms.js';
import type { ValueForm } from './option.js';

/** A host by its name or IPv4 address, and nothing else: what people add to it is told by what it is. */
function hostForm(example: string, portGoes: string): ValueForm<string> {
  return textForm(
    'HOST',
    (text, flag) => {
      // What stands before it may be a password.
      if (text.includes('@'))
        throw new UsageError(
          `${flag} holds an @, as in user:password@host; write the host alone, such as ${example}, and name the account with --ucm-username and --ucm-password-env.`,
        );
      const given = `${flag} ${shown(text)}`;
      if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || text.includes('/'))
        throw new UsageError(`${given}: this is a URL or a path; write the host alone, such as ${example}.`);
      if (/[,;\s]/.test(text))
        throw new UsageError(`${given}: this is more than one host; name one, such as ${example}.`);
      if (/^[^:[\]]+:\d*$/.test(text)) throw new UsageError(`${given}: the host stands alone; ${portGoes}.`);
      // Four numbers that are not a valid address are not a host name either.
      const isHost =
        isIP(text) === 4 ||
        (text.length <= 253 && /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?$/i.test(text) && !/^[\d.]+$/.test(text));
      if (isHost && !text.includes('..')) return text;
      throw new UsageError(`${given}: this is neither a host name nor an IPv4 address; write it such as ${example}.`);
    },
    { example, expected: `a host such as ${example}` },
  );
}

/** The publisher of a Unified CM cluster. */
export const ucmHostForm = hostForm('cucm.example.com', 'give the port with --ucm-port');

/** The server that phones take firmware from, as in their setting *Load Server*. */
export const loadServerForm = hostForm(
  '10.0.0.5',
  'phones ask a load server at their own ports (HTTP at 6970, then TFTP at 69)',
);

/** A user of Unified CM. */
export const ucmUsernameForm = textForm('NAME', (text, flag) => {
  if (!/[\x00-\x1f\x7f-\x9f:]/.test(text)) return text;
  throw new UsageError(
    `${flag} must be the name of a user of Unified CM, without a colon or a control character; the password goes to --ucm-password-env.`,
  );
});

/** A device pool by its whole name. Unified CM takes letters, digits, blanks, dots, dashes and underscores in one. */
export const devicePoolForm = textForm(
  'NAME',
  (text, flag) => {
    if (/[*?%]/.test(text))
      throw new UsageError(
        `${flag} ${shown(text)}: a device pool is named in full, such as ${flag} Default; give the option once for each, or choose phones by their names with --match.`,
      );
    if (!/[\x00-\x1f\x7f-\x9f]/.test(text)) return text;
    throw new UsageError(`${flag} must not hold a control character; write the name as Unified CM shows it.`);
  },
  { example: 'Default' },
);

/** What other programs' patterns have, and what is written here instead. */
const otherPatterns: readonly [RegExp, string][] = [
  [/%/, '% is a wildcard of SQL'],
  [/^\^|\$$|\.[*+]|\\/, 'this is a regular expression'],
  [/\[[^\]]*\]|\{[^}]*\}/, 'brackets and braces stand for themselves in no name that is meant here'],
];

/** A pattern of device names and descriptions: `*` for any text, `?` for one character. */
export const matchForm = textForm(
  'GLOB',
  (text, flag) => {
    const given = `${flag} ${shown(text)}`;
    const other = otherPatterns.find(([pattern]) => pattern.test(text));
    if (other)
      throw new UsageError(
        `${given}: ${other[1]}; write * for any text and ? for any one character, such as ${flag} "*lobby*".`,
      );
    if (/[\x00-\x1f\x7f-\x9f]/.test(text))
      throw new UsageError(`${flag} must not hold a control character; write it such as ${flag} "*lobby*".`);
    if (/[*?]/.test(text) || /^SEP[0-9A-F]{12}$/i.test(text)) return text;
    throw new UsageError(
      `${given}: there is neither * nor ? in it, so only a phone of exactly that description would match; write ${flag} "*${shown(text)}*", or a whole device name (SEP and the MAC).`,
    );
  },
  { example: '*lobby*', expected: 'a pattern of device names or descriptions, such as "*lobby*"' },
);
