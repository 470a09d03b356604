import type { JSX } from 'preact';
import type { RunStory } from '../../domain/report/story/story.js';
import { printable } from '../../domain/text/printable.js';
import { Story, StoryData } from '../../report/html/story.js';
import type { SummaryOptions } from '../../report/summary/summary.js';
import { Layout } from './layout.js';

/** The report of a run: the same as its HTML file. */
export function ReportPage({ story, next }: { story: RunStory; next: SummaryOptions }): JSX.Element {
  return (
    <Layout title={`Run ${printable(story.report.run.id, 60)}`} place="/" script="report.js">
      <Story story={story} next={next} />
      <StoryData story={story} />
    </Layout>
  );
}
