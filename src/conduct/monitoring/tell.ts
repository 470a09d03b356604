import type { Log } from '../../domain/ports/log.js';
import type { RunReport } from '../../domain/report/report.js';
import type { MailServer } from '../../report/notify/mail.js';
import { mayBeTeams, type Receiver } from '../../report/notify/receiver.js';
import { renderSummary, type SummaryOptions } from '../../report/summary/summary.js';
import { aborted } from '../../fleet/stop-control.js';
import { systemClock } from '../system-clock.js';

/** Who is told at the end of a run, and by which mail server. */
export interface ToTell {
  receivers: readonly Receiver[];
  mail: MailServer | null;
}

const webTimeoutMs = 10_000;
/** A mail server may look its client up before it says a word. */
const mailTimeoutMs = 30_000;

/**
 * Tells all receivers at once that a run has ended, each once; a failure never changes how the run ended, and is an error of the log: nobody
 * else may hear of the night.
 * @param next what may be run next, and the files with the report
 * @param left aborted when somebody does not want to wait any longer
 */
export async function tell(
  { receivers, mail }: ToTell,
  report: RunReport,
  next: SummaryOptions,
  log: Log,
  left: AbortSignal | null = null,
): Promise<void> {
  if (receivers.length === 0) return;
  const { notify } = await import('../../report/notify/notify.js');
  const message = { report, summary: renderSummary(report, next) };
  const leaving = left === null ? new Promise<null>(() => {}) : aborted(left).then(() => null);
  await Promise.all(
    distinct(receivers).map(async (receiver) => {
      const isMail = receiver.kind === 'mail';
      const sending = notify(receiver, message, {
        ...{ fetch, clock: systemClock, mail },
        timeoutMs: isMail ? mailTimeoutMs : webTimeoutMs,
      });
      const result = await Promise.race([sending, leaving]);
      if (result === null) {
        const to = isMail ? (mail?.host ?? null) : receiver.url.host;
        const what = isMail ? 'the mail may not have been sent' : 'the webhook may not have been notified';
        return log.error(what, { why: 'a signal ended the waiting for its answer', to });
      }
      if (!result.sent)
        return log.error(isMail ? 'the mail could not be sent' : 'the webhook could not be notified', {
          why: result.message,
        });
      if (receiver.kind !== 'mail' && !receiver.isChosen && mayBeTeams(receiver.url))
        log.warn(
          'a workflow took the message as plain JSON; if it posts to Teams, write teams+ before its URL, else webhook+',
          {
            to: receiver.url.host,
          },
        );
    }),
  );
}

/** Who was named twice is told once. */
function distinct(receivers: readonly Receiver[]): Receiver[] {
  const nameOf = (one: Receiver): string =>
    one.kind === 'mail' ? `mailto:${[...one.to].sort().join()}` : `${one.kind}+${one.url.href}`;
  return [...new Map(receivers.map((one) => [nameOf(one), one])).values()];
}
