import type { Clock } from '../../domain/ports/clock.js';
import type { RunReport } from '../../domain/report/report.js';
import type { MailServer } from './mail.js';
import { notifyBody } from './notify-body.js';
import { postMessage } from './post.js';
import type { Receiver, WebForm } from './receiver.js';
import { slackMessage } from './slack.js';
import { teamsMessage } from './teams.js';
import type { NotifyResult } from './tries.js';

export type { NotifyResult } from './tries.js';

/** What receivers are told. */
export interface Message {
  report: RunReport;
  /** The summary for people as plain text. */
  summary: string;
}

/** Dependencies of a notification. */
export interface NotifyOptions {
  fetch: typeof fetch;
  clock: Clock;
  /** For one try as a whole, in milliseconds. */
  timeoutMs: number;
  /** `null`: none was named. */
  mail: MailServer | null;
}

const bodies: Readonly<Record<WebForm, (report: RunReport, summary: string) => object>> = {
  webhook: notifyBody,
  slack: slackMessage,
  teams: teamsMessage,
};

/** Tells one receiver, in its form. Never rejects: a lost message changes nothing about a run. */
export async function notify(receiver: Receiver, message: Message, options: NotifyOptions): Promise<NotifyResult> {
  const { report, summary } = message;
  if (receiver.kind !== 'mail') return postMessage(receiver.url, bodies[receiver.kind](report, summary), options);
  const none = { sent: false, status: null, tries: 0, message: 'No mail server is named.' };
  if (options.mail === null) return none;
  const { sendMail } = await import('./mail.js');
  return sendMail(options.mail, receiver.to, message, options);
}
