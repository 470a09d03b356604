import { createTransport } from 'nodemailer';
import type { Clock } from '../../domain/ports/clock.js';
import type { RunReport } from '../../domain/report/report.js';
import { codeOf, messageOf } from '../../domain/text/error-reason.js';
import { printable } from '../../domain/text/printable.js';
import { secretsOfMail, withoutSecrets } from './known-secrets.js';
import { headline } from './headline.js';
import { inTries, type NotifyResult, type Try } from './tries.js';

/** A mail server, and who sends by it. */
export interface MailServer {
  host: string;
  port: number;
  /** `starttls`: the connection becomes encrypted before anything is said, or nothing is sent; `tls`: it is from the start. */
  tls: 'starttls' | 'tls' | 'none';
  /** Certificates in PEM that count besides the usual ones. */
  ca: readonly string[];
  /** The address of the sender. */
  from: string;
  /** `null`: the server takes mail without. Never sent without encryption. */
  credentials: { username: string; password: () => string } | null;
}

/** What a mail is sent with. */
export interface MailOptions {
  clock: Clock;
  /** For one try as a whole, in milliseconds. */
  timeoutMs: number;
}

/**
 * Sends the summary of a run as plain text. Without an answer, or with a temporary refusal (4xx), it is tried again after 1 s and 4 s.
 * Never rejects.
 */
export function sendMail(
  server: MailServer,
  to: readonly string[],
  { report, summary }: { report: RunReport; summary: string },
  { clock, timeoutMs }: MailOptions,
): Promise<NotifyResult> {
  const mail = {
    from: { name: 'fleet-migrate', address: server.from },
    to: [...to],
    subject: `fleet-migrate: ${headline(report)}`,
    text: summary,
    // Lists and holiday notes do not answer it.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
  return inTries(server.host, clock, () => sendOnce(server, mail, { clock, timeoutMs }));
}

type Mail = Parameters<ReturnType<typeof createTransport>['sendMail']>[0];

async function sendOnce(server: MailServer, mail: Mail, { clock, timeoutMs }: MailOptions): Promise<Try> {
  const { host, port, tls, ca, credentials } = server;
  const transport = createTransport({
    ...{ host, port, secure: tls === 'tls', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none' },
    ...(credentials && { auth: { user: credentials.username, pass: credentials.password() } }),
    // The ones given count besides the usual ones, as elsewhere; Node takes one list or the other.
    ...(ca.length > 0 ? { tls: { ca: [...(await usualAuthorities()), ...ca] } } : {}),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs },
    // What a mail is made of is text: nothing in it may name a file or an address to be read.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  let cancel = (): void => {};
  // It may still arrive: another try might send it twice.
  const late = new Promise<Try>((resolve) => {
    const why = `no answer within ${timeoutMs} ms`;
    cancel = clock.after(timeoutMs, () => resolve({ sent: false, status: null, why, isPassing: false }));
  });
  const sent = transport.sendMail(mail).then(
    (): Try => ({ sent: true, status: null, why: '', isPassing: false }),
    (error: unknown) => failed(error, secretsOfMail(credentials)),
  );
  try {
    return await Promise.race([sent, late]);
  } finally {
    cancel();
    transport.close();
  }
}

async function usualAuthorities(): Promise<readonly string[]> {
  return (await import('node:tls')).rootCertificates;
}

/** Codes of the library for what another try will not change. */
const lasting: ReadonlySet<string> = new Set([
  'EAUTH',
  'ENOAUTH',
  'EOAUTH2',
  'ETLS',
  'EREQUIRETLS',
  'EENVELOPE',
  'EMESSAGE',
]);

function failed(error: unknown, secrets: readonly string[]): Try {
  const status = (error as { responseCode?: unknown }).responseCode;
  const answered = typeof status === 'number' ? status : null;
  const isPassing = answered === null ? !lasting.has(codeOf(error) ?? '') : answered >= 400 && answered < 500;
  return {
    sent: false,
    status: answered,
    why: printable(withoutSecrets(messageOf(error), secrets), 200).replace(/\.$/, ''),
    isPassing,
  };
}
