import { phonesByReport } from '../../../src/domain/report/story/story.js';
import type { Background } from '../../../src/report/html/html-report.js';

/** A run of which only its report is known, shown on a page that brings nothing along. */
export const backgroundOfReport: Background = {
  storyOf: (report) => Promise.resolve({ report, phones: phonesByReport(report), changes: null }),
  next: {},
  assets: { style: '', script: '' },
};
