import type { JSX } from 'preact';
import { courseOf, wavesOf } from '../../domain/report/story/course.js';
import { durationsOf } from '../../domain/report/story/durations.js';
import type { RunStory } from '../../domain/report/story/story.js';
import { printable, safeJson } from '../../domain/text/printable.js';
import type { SummaryOptions } from '../summary/summary.js';
import { pack } from './pack.js';
import type { PageCharts, PageRow } from './page-row.js';
import { Causes } from './parts/causes.js';
import { Changes } from './parts/changes.js';
import { CourseOfRun } from './parts/course.js';
import { DurationsOfPhones } from './parts/durations.js';
import { Fleet } from './parts/fleet.js';
import { Headline } from './parts/headline.js';
import { Next } from './parts/next.js';
import { Outcomes } from './parts/outcomes.js';
import { PhonesPlace } from './parts/phones.js';
import { pageRow } from './rows.js';

/** All that is told without a script, and a place for the table of phones. */
export function Story({ story, next }: { story: RunStory; next: SummaryOptions }): JSX.Element {
  const { report, phones, changes, lacks } = story;
  return (
    <>
      <Headline report={report} />
      <main>
        <Outcomes report={report} />
        <Next report={report} next={next} />
        <Causes report={report} />
        {changes && <Changes changes={changes} />}
        <Fleet report={report} />
        {lacks === undefined ? (
          <>
            <CourseOfRun waves={wavesOf(phones)} />
            <DurationsOfPhones phones={phones} />
          </>
        ) : (
          <p>
            The store could not be read when this page was made, so waves, durations, what happened with each phone and
            what changed since the run before are not told: {printable(lacks)}
          </p>
        )}
        <PhonesPlace count={phones.length} />
      </main>
    </>
  );
}

/** What the page's script makes charts and the table of. */
export function StoryData({ story: { report, phones, lacks } }: { story: RunStory }): JSX.Element {
  const context = { isCutOff: report.run.state === 'cut off', isChoice: report.only !== undefined };
  const charts: PageCharts =
    lacks === undefined
      ? { course: courseOf(phones), durations: durationsOf(phones) }
      : { course: null, durations: null };
  return (
    <>
      <ChartsData charts={charts} />
      <RowsData rows={phones} rowOf={(phone) => pageRow(phone, context)} />
    </>
  );
}

/** What the charts of a page show. */
export function ChartsData({ charts }: { charts: PageCharts }): JSX.Element {
  return <Data id="charts" type="application/json" text={inScript(charts)} />;
}

/** The rows of a page's table. */
export function RowsData<Item>({
  rows,
  rowOf,
}: {
  rows: readonly Item[];
  rowOf: (item: Item) => PageRow;
}): JSX.Element {
  return <Data id="rows" type="text/plain" text={[...pack(rows, rowOf)].join('')} />;
}

/** Text that no browser runs, and that cannot end the script it stands in. */
function Data({ id, type, text }: { id: string; type: string; text: string }): JSX.Element {
  return <script id={id} type={type} dangerouslySetInnerHTML={{ __html: text }} />;
}

/** JSON that cannot end the script it stands in. */
function inScript(value: unknown): string {
  return safeJson(value).replaceAll('<', '\\u003c');
}
