import type { JSX } from 'preact';
import { mayBePhone } from '../../../domain/report/groups.js';
import type { RunReport } from '../../../domain/report/report.js';
import { listedIn, needsSomebody, notLookedAt, standingWord } from '../../../domain/report/unfinished.js';
import { formatDuration } from '../../../domain/text/duration.js';
import { printable } from '../../../domain/text/printable.js';
import { phonesText, targetsText } from '../../plain-text.js';
import { remarks, warnings } from '../../summary/remarks.js';
import { linkTo } from './links.js';
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
      <p class="lead">
        <Lead report={report} />
      </p>
      <dl class="facts">
        <Fact name="Run">{printable(run.id, 60)}</Fact>
        <Fact name="Began">
          <Time at={run.startedAt} isExact={isExact} />
        </Fact>
        <Fact name={run.state === undefined ? 'Ended' : 'Told last'}>
          <Time at={run.finishedAt} isExact={isExact} />
        </Fact>
        <Fact name={run.state === undefined ? 'Took' : 'Worked on for'}>{formatDuration(took)}</Fact>
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

/** `Where they should be: 36 of 60 phones; 12 need somebody.` Who needs somebody is a step away. */
function Lead({ report }: { report: RunReport }): JSX.Element {
  const { run, phones, only } = report;
  const listed = listedIn(report);
  if (only !== undefined)
    return <>{`Only ${phonesText(phones.length)} that ended with ${printable(only.join(' or '), 200)}.`}</>;
  const isCutOff = run.state === 'cut off';
  const urgent = listed.filter((phone) => needsSomebody(phone, isCutOff)).length;
  const text = resultText(report);
  if (run.declined) return <>{`${text}.`}</>;
  const unseen = run.state === 'running' ? 0 : notLookedAt(report);
  const left = unseen === 0 ? '' : ` Not looked at, or not to the end: ${targetsText(unseen)}.`;
  // Nobody knows that all is well before a run has come to its end.
  const isWhole = run.state === undefined && unseen === 0;
  return (
    <>
      {text}
      {urgent > 0 && (
        <>
          {'; '}
          <a href={linkTo({ urgent: 'yes' })}>{urgent === 1 ? '1 needs' : `${urgent} need`} somebody</a>
        </>
      )}
      {urgent === 0 && isWhole ? '; nobody has to look at any' : ''}
      {`.${left}`}
    </>
  );
}

/** What became of the phones. */
function resultText(report: RunReport): string {
  const { run } = report;
  const all = listedIn(report).filter(mayBePhone);
  const count = (...outcomes: readonly string[]): number =>
    all.filter((phone) => outcomes.includes(standingWord(phone))).length;
  const of = phonesText(all.length);
  const good = count('done', 'already-done');
  if (run.state === 'running') return `This run goes on. Done so far: ${good} of ${of}`;
  if (run.declined) return `Somebody said no, and nothing was written. Looked at: ${of}`;
  const how = run.state === 'cut off' ? 'This run was cut off. ' : '';
  if (run.profile === null) return `${how}Looked at: ${of}`;
  if (run.dryRun) return `${how}Would be moved: ${count('planned')} of ${of}`;
  return `${how}Where they should be: ${good} of ${of}`;
}
