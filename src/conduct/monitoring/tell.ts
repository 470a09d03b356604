import type { Log } from '../../domain/ports/log.js';
import type { RunReport } from '../../domain/report/report.js';
import type { MailServer } from '../../report/notify/mail.js';
import { mayBeTeams, type Receiver } from '../../report/notify/receiver.js';
import { renderSummary, type SummaryOptions } from '../../report/summary/summary.js';
import { systemClock } from '../system-clock.js';

/** Who is told at the end of a run, and by which mail server. */
export interface ToTell {
  receivers: readonly Receiver[];
  mail: MailServer | null;
}

const webTimeoutMs = 10_000;
/** A mail server may look its client up before it says a word. */
const mailTimeoutMs = 30_000;

/** Tells all receivers at once that a run has ended; a failure never changes how the run ended. @param next what may be run next, and the files with the report */
export async function tell(
  { receivers, mail }: ToTell,
  report: RunReport,
  next: SummaryOptions,
  log: Log,
): Promise<void> {
  if (receivers.length === 0) return;
  const { notify } = await import('../../report/notify/notify.js');
  const message = { report, summary: renderSummary(report, next) };
  await Promise.all(
    receivers.map(async (receiver) => {
      const timeoutMs = receiver.kind === 'mail' ? mailTimeoutMs : webTimeoutMs;
      const result = await notify(receiver, message, { fetch, clock: systemClock, timeoutMs, mail });
      if (!result.sent)
        return log.warn(receiver.kind === 'mail' ? 'the mail could not be sent' : 'the webhook could not be notified', {
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
