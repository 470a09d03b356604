import type { JSX } from 'preact';
import { mayBePhone } from '../../../domain/report/groups.js';
import { needsAttention } from '../../../domain/progress/outcome.js';
import type { RunReport } from '../../../domain/report/report.js';
import { formatDuration } from '../../../domain/text/duration.js';
import { printable } from '../../../domain/text/printable.js';
import { phonesText, targetsText } from '../../plain-text.js';
import { remarks, warnings } from '../../summary/remarks.js';
import { isShort, Time } from './time.js';

/** What a run was: `Audit`, `mpp-to-enterprise, dry run`. */
export function titleOf({ run }: RunReport): string {
  if (run.profile === null) return 'Audit';
  return `${printable(run.profile, 60)}${run.dryRun ? ', dry run' : ''}`;
}

/** How it went, in one sentence; then when and what, and all that casts doubt on it. */
export function Headline({ report }: { report: RunReport }): JSX.Element {
  const { run, totals } = report;
  const took = run.workedMs ?? Math.max(0, Date.parse(run.finishedAt) - Date.parse(run.startedAt));
  const isExact = isShort([run.startedAt, run.finishedAt]);
  return (
    <header>
      <h1>{titleOf(report)}</h1>
      <p class="lead">{leadOf(report)}</p>
      <dl class="facts">
        <Fact name="Run">{printable(run.id, 60)}</Fact>
        <Fact name="Began">
          <Time at={run.startedAt} isExact={isExact} />
        </Fact>
        <Fact name={run.state === undefined ? 'Ended' : 'Told last'}>
          <Time at={run.finishedAt} isExact={isExact} />
        </Fact>
        <Fact name="Took">{formatDuration(took)}</Fact>
        <Fact name="Asked">{targetsText(totals.targets)}</Fact>
      </dl>
      {warnings(report).map((warning) => (
        <p class="warning">{warning}</p>
      ))}
      {remarks(report).map((sentences) => (
        <p>
          {sentences.map((sentence) => (
            <span class="line">{sentence}</span>
          ))}
        </p>
      ))}
    </header>
  );
}

function Fact({ name, children }: { name: string; children: JSX.Element | string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** `36 of 60 phones are done; 12 need somebody.` */
function leadOf({ run, phones, only }: RunReport): string {
  const all = phones.filter(mayBePhone);
  const count = (...outcomes: readonly string[]): number =>
    all.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const urgent = phones.filter(needsAttention).length;
  const wanted = urgent === 0 ? 'nobody has to look at any' : `${urgent === 1 ? '1 needs' : `${urgent} need`} somebody`;
  if (only !== undefined)
    return `Only ${phonesText(phones.length)} that ended with ${printable(only.join(' or '), 200)}.`;
  const of = phonesText(all.length);
  const good = count('done', 'already-done');
  if (run.state === 'running') return `This run goes on. Done so far: ${good} of ${of}; ${wanted}.`;
  if (run.declined) return `Somebody said no, and nothing was written. Looked at: ${of}.`;
  if (run.profile === null) return `Looked at: ${of}; ${wanted}.`;
  if (run.dryRun) return `Would be moved: ${count('planned')} of ${of}; ${wanted}.`;
  return `Where they should be: ${good} of ${of}; ${wanted}.`;
}
