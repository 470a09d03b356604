import type { RunStory } from '../../domain/report/story/story.js';
import { printable } from '../../domain/text/printable.js';
import type { SummaryOptions } from '../summary/summary.js';
import type { PageAssets } from './assets.js';
import { titleOf } from './parts/headline.js';
import { Story, StoryData } from './story.js';
import { wholePage } from './whole-page.js';

/** The report of a run as one HTML file that needs nothing else ({@link wholePage}). Yielded in pieces. */
export function renderHtml(story: RunStory, assets: PageAssets, next: SummaryOptions): Generator<string> {
  const { run } = story.report;
  const version = printable(run.version, 40);
  const body = (
    <>
      <Story story={story} next={next} />
      <footer>
        <p>
          Made by fleet-migrate {version} from its store. All times are UTC. This file loads nothing and sends nothing.
        </p>
      </footer>
    </>
  );
  return wholePage(
    {
      title: `${titleOf(story.report)}, run ${printable(run.id, 60)}`,
      ...{ version, body, skip: { to: '#phones', text: 'To the phones' } },
      data: <StoryData story={story} />,
    },
    assets,
  );
}
