import { needsAttention } from '../../../domain/progress/outcome.js';
import type { RunReport } from '../../../domain/report/report.js';
import { phonesText, wrap } from '../../../report/plain-text.js';
import { someAddresses } from '../../../report/summary/causes.js';
import { commandLine, type CommandWords } from '../../../report/summary/commands.js';

/** How the question of a run ended, and whether it was continued then. */
export interface AtQuestion {
  isStopped: boolean;
  isResumed: boolean;
}

/** The last words of a run that somebody said no to, or stopped at its question; `null`: nobody did, or more happened than is told here. */
export function refusalText(
  { run, phones }: RunReport,
  { where, resume }: Pick<CommandWords, 'where' | 'resume'>,
  { isStopped, isResumed }: AtQuestion,
): string | null {
  if ((run.declined !== true && !isStopped) || run.webAccess) return null;
  const how = isStopped ? 'was stopped at the question' : 'is not over';
  const [text, words] =
    isResumed || isStopped
      ? [`The run ${how}; continue it with:`, ['resume', run.id, ...where, ...resume]]
      : ['What would have been written, and what stays:', ['report', run.id, ...where]];
  // A resume that was refused no longer watches what the run had written to.
  const left = phones.filter((phone) => phone.touched && needsAttention(phone));
  const written = left.length === 0 ? 'Nothing was written.' : 'Nothing more was written.';
  const concern =
    left.length === 0
      ? []
      : wrap(
          `${phonesText(left.length)} that ${left.length === 1 ? 'was' : 'were'} written to before ${left.length === 1 ? 'is' : 'are'} not known to be well: ${someAddresses(left)}.`,
          78,
        );
  return [...concern, `${written} ${text}`, `  ${commandLine(words)}`, ''].join('\n');
}
