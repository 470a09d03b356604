import type { JSX } from 'preact';
import type { Rehearsal } from '../../domain/rehearsal/rehearsal.js';
import { courseOf } from '../../domain/report/story/course.js';
import type { RunStory } from '../../domain/report/story/story.js';
import { printable } from '../../domain/text/printable.js';
import { type PageAssets, reportAssets } from '../html/assets.js';
import { Causes } from '../html/parts/causes.js';
import { CourseOfRun } from '../html/parts/course.js';
import { Outcomes } from '../html/parts/outcomes.js';
import { PhonesPlace } from '../html/parts/phones.js';
import { Time, Zone } from '../html/parts/time.js';
import { ChartsData, RowsData } from '../html/story.js';
import { wholePage } from '../html/whole-page.js';
import { answerSentences } from './answer.js';
import { SectionPart } from './parts.js';
import { restsOn } from './rests-on.js';
import { rehearsedRow } from './rows.js';
import { type Section } from './section.js';
import { sectionsOf } from './sections.js';
import { firstNight, many } from './words.js';

/** A rehearsal as a file to look at, with the style and the script of this package. @param story its first night; `null`: only what is stored of it is known */
export async function rehearsalPage(rehearsal: Rehearsal, story: RunStory | null): Promise<Generator<string>> {
  return renderRehearsalHtml(rehearsal, story, await reportAssets());
}

/** A rehearsal as one HTML file that needs nothing else, as the report of a run is ({@link wholePage}). Yielded in pieces. */
export function renderRehearsalHtml(
  rehearsal: Rehearsal,
  story: RunStory | null,
  assets: PageAssets,
): Generator<string> {
  const { zone, id } = rehearsal;
  const version = printable(rehearsal.version, 40);
  const charts = { course: story && courseOf(story.phones), durations: null, zone };
  return wholePage(
    {
      title: `${titleOf(rehearsal)}, ${printable(id, 60)}`,
      version,
      body: (
        <Zone.Provider value={zone}>
          <Headline rehearsal={rehearsal} />
          <Told rehearsal={rehearsal} story={story} />
          <footer>
            <p>
              Made by fleet-migrate {version}. All times are of {printable(zone, 60)}. This file loads nothing and sends
              nothing.
            </p>
          </footer>
        </Zone.Provider>
      ),
      skip: story ? { to: '#phones', text: 'To the phones' } : { to: '#rests-on', text: 'To what it rests on' },
      data: (
        <>
          <ChartsData charts={charts} />
          {story && <RowsData rows={story.phones} rowOf={(phone) => rehearsedRow(phone, zone)} />}
        </>
      ),
    },
    assets,
  );
}

function titleOf({ profile }: Rehearsal): string {
  return `Rehearsal of ${printable(profile, 60)}`;
}

function Headline({ rehearsal }: { rehearsal: Rehearsal }): JSX.Element {
  const { phones } = rehearsal;
  const { startsAt, endsAt } = firstNight(rehearsal);
  return (
    <header>
      <h1>{titleOf(rehearsal)}</h1>
      <p class="lead">{answerSentences(rehearsal).join(' ')}</p>
      <p class="warning">
        This is a rehearsal, not a run: no phone or server was contacted, and nothing was written. What phones would do
        is modeled, by what is known of them and by what is assumed.
      </p>
      <dl class="facts">
        <div>
          <dt>Would begin</dt>
          <dd>
            <Time at={startsAt} />
          </dd>
        </div>
        <div>
          <dt>Would end</dt>
          <dd>
            <Time at={endsAt} />
          </dd>
        </div>
        <div>
          <dt>Modeled</dt>
          <dd>{many(phones, 'phone')}</dd>
        </div>
      </dl>
    </header>
  );
}

/** All parts in the order of the text; what is known phone by phone stands in place of its counts. */
function Told({ rehearsal, story }: { rehearsal: Rehearsal; story: RunStory | null }): JSX.Element {
  const part = (section: Section): JSX.Element => {
    if (section.id === 'ends' && story)
      return (
        <>
          <Outcomes report={story.report} title={section.title} isRehearsed />
          <Causes report={story.report} title="What would stand in the way" />
        </>
      );
    if (section.id === 'waves')
      return (
        <CourseOfRun waves={firstNight(rehearsal).waves} title={section.title} hasPhones={story !== null} isRehearsed />
      );
    return <SectionPart section={section} />;
  };
  return (
    <main>
      {sectionsOf(rehearsal).map(part)}
      <section aria-labelledby="rests-on">
        <h2 id="rests-on" tabIndex={-1}>
          What it rests on
        </h2>
        <dl class="rests">
          {restsOn(rehearsal).map(([name, text]) => (
            <div>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
      {story ? (
        <PhonesPlace
          count={story.report.phones.length}
          title="Phones, and how each would end"
          otherwise="Without it, the numbers above are what there is."
        />
      ) : (
        <p>Phone by phone, a rehearsal is only told when it is made: this page is of what is kept of it.</p>
      )}
    </main>
  );
}
