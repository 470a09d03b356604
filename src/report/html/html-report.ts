import type { RunReport } from '../../domain/report/report.js';
import type { RunStory } from '../../domain/report/story/story.js';
import type { SummaryOptions } from '../summary/summary.js';
import { type PageAssets, reportAssets } from './assets.js';
import { renderHtml } from './render-html.js';

/** What is told of a run beyond its report. */
export interface Background {
  /** How it came to its report. */
  storyOf: (report: RunReport) => Promise<RunStory>;
  /** What may be run next. */
  next: SummaryOptions;
  /** The style and script of a page; absent: those of this package. */
  assets?: PageAssets;
}

/** The report as one HTML file, in pieces to be written one after the other. */
export async function htmlReport(report: RunReport, { storyOf, next, assets }: Background): Promise<Generator<string>> {
  return renderHtml(await storyOf(report), assets ?? (await reportAssets()), next);
}
