import type { Settings } from '../../../config/settings/merge.js';
import { placed } from '../../../config/settings/where.js';
import type { MailServer } from '../../../report/notify/mail.js';
import { readCertificates } from '../checks/files.js';
import type { RunSettings } from '../table.js';
import { readNamedPassword, type SecretIo } from './named-password.js';

type Named = Pick<
  RunSettings,
  'notify' | 'mailServer' | 'mailTls' | 'mailCa' | 'mailFrom' | 'mailUsername' | 'mailPasswordEnv' | 'mailPasswordFile'
>;

/** The usual ports: of submission with STARTTLS, of submission over TLS, of a server that takes mail from its own network. */
const ports = { starttls: 587, tls: 465, none: 25 } as const;

const mailOptions = [
  ...['mail-server', 'mail-tls', 'mail-ca', 'mail-from', 'mail-username', 'mail-password-env', 'mail-password-file'],
] as const;

/**
 * The mail server of a run that notifies somebody by mail; `null` for one that does not. What is missing, does nothing or cannot be read is
 * added to `problems`, which never repeat a password.
 */
export function mailServerOf(
  settings: Named,
  written: Pick<Settings, 'origin' | 'where' | 'broken'>,
  io: SecretIo,
  problems: string[],
): MailServer | null {
  const { notify, mailServer, mailTls, mailCa, mailFrom, mailUsername, mailPasswordEnv, mailPasswordFile } = settings;
  const { broken, where } = written;
  const at = notify.findIndex(({ kind }) => kind === 'mail');
  if (at < 0) {
    // A file or the environment may hold them for other runs.
    const idle = mailOptions.filter((name) => where[name]?.[0]?.from === 'flag');
    if (!broken.has('notify'))
      for (const name of idle)
        problems.push(`--${name} does nothing without --notify mailto:ADDRESS; add it, or leave this out.`);
    return null;
  }
  const lacks: string[] = [];
  if (mailServer === null && !broken.has('mail-server'))
    lacks.push('--mail-server HOST, the server that takes the mail');
  if (mailFrom === null && !broken.has('mail-from')) lacks.push('--mail-from ADDRESS, who it comes from');
  const names = {
    env: { name: 'mail-password-env', value: mailPasswordEnv },
    file: { name: 'mail-password-file', value: mailPasswordFile },
  };
  const hasPassword = [names.env, names.file].some(({ name, value }) => value !== null || broken.has(name));
  if (mailUsername !== null && !hasPassword)
    lacks.push('the password of --mail-username, by --mail-password-env NAME or --mail-password-file FILE');
  if (mailUsername === null && hasPassword && !broken.has('mail-username'))
    lacks.push('--mail-username NAME, whose password is named');
  const say = (sentence: string): void => void problems.push(placed('notify', where['notify']?.[at], sentence));
  if (lacks.length > 0) say(`--notify mailto: needs ${lacks.join(', and ')}.`);
  if (mailUsername !== null && mailTls === 'none')
    problems.push(
      placed(
        'mail-tls',
        where['mail-tls']?.[0],
        '--mail-tls none would send the password of --mail-username as it is; use starttls or tls, or a server that takes mail without an account.',
      ),
    );
  const named = readNamedPassword(names, written, io, problems);
  if (mailServer === null || mailFrom === null) return null;
  return {
    ...{ host: mailServer.host, port: mailServer.port ?? ports[mailTls], tls: mailTls, from: mailFrom },
    ca: broken.has('mail-ca') ? [] : certificatesOf(mailCa),
    credentials:
      mailUsername === null || named === null ? null : { username: mailUsername, password: () => named.password },
  };
}

/** What is wrong with a file is told where all files are checked. */
function certificatesOf(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    try {
      return [readCertificates(path, '--mail-ca')];
    } catch {
      return [];
    }
  });
}
