import type { JSX } from 'preact';
import { render } from 'preact-render-to-string';
import type { RunStory } from '../../domain/report/story/story.js';
import { courseOf } from '../../domain/report/story/course.js';
import { durationsOf } from '../../domain/report/story/durations.js';
import { printable, safeJson } from '../../domain/text/printable.js';
import type { SummaryOptions } from '../summary/summary.js';
import { type PageAssets, policyHash } from './assets.js';
import { pack } from './pack.js';
import { pageRow } from './rows.js';
import type { PageCharts } from './page-row.js';
import { Changes } from './parts/changes.js';
import { Causes } from './parts/causes.js';
import { CourseOfRun } from './parts/course.js';
import { DurationsOfPhones } from './parts/durations.js';
import { Fleet } from './parts/fleet.js';
import { Headline, titleOf } from './parts/headline.js';
import { Next } from './parts/next.js';
import { Outcomes } from './parts/outcomes.js';
import { PhonesPlace } from './parts/phones.js';

/**
 * The report of a run as one HTML file that needs nothing else: it opens without a network, loads nothing, and runs no script but its own, by
 * its content security policy. What phones showed stands in it as text only. Yielded in pieces.
 */
export function* renderHtml(story: RunStory, { style, script }: PageAssets, next: SummaryOptions): Generator<string> {
  const { report, phones } = story;
  const title = `${titleOf(report)}, run ${printable(report.run.id, 60)}`;
  const policy = [
    ...["default-src 'none'", "base-uri 'none'", "form-action 'none'"],
    ...[`style-src ${policyHash(style)}`, `script-src ${policyHash(script)}`],
  ].join('; ');
  const head = (
    <>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={policy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="generator" content={`fleet-migrate ${printable(report.run.version, 40)}`} />
      <title>{title}</title>
    </>
  );
  yield `<!doctype html>\n<html lang="en">\n<head>\n${render(head)}\n<style>${style}</style>\n</head>\n<body>\n`;
  yield `${render(<Story story={story} next={next} />)}\n`;
  const charts: PageCharts = { course: courseOf(phones), durations: durationsOf(phones) };
  yield `<script type="application/json" id="charts">${inScript(charts)}</script>\n`;
  yield '<script type="text/plain" id="rows">\n';
  yield* pack(phones, pageRow);
  yield `</script>\n<script>${script}</script>\n</body>\n</html>\n`;
}

/** All that is told without a script. */
function Story({ story, next }: { story: RunStory; next: SummaryOptions }): JSX.Element {
  const { report, phones, changes } = story;
  return (
    <>
      <a class="skip" href="#phones">
        To the phones
      </a>
      <Headline report={report} />
      <main>
        <Outcomes report={report} />
        <Next report={report} next={next} />
        <Causes report={report} />
        {changes && <Changes changes={changes} />}
        <Fleet report={report} />
        <CourseOfRun phones={phones} />
        <DurationsOfPhones phones={phones} />
        <PhonesPlace count={report.phones.length} />
      </main>
      <footer>
        <p>
          Made by fleet-migrate {printable(report.run.version, 40)} from its store. All times are UTC. This file loads
          nothing and sends nothing.
        </p>
      </footer>
    </>
  );
}

/** JSON that cannot end the script it stands in. */
function inScript(value: unknown): string {
  return safeJson(value).replaceAll('<', '\\u003c');
}
