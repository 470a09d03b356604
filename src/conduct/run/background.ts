import { phonesByReport } from '../../domain/report/story/story.js';
import { messageOf } from '../../domain/text/error-reason.js';
import type { Background } from '../../report/html/html-report.js';
import type { SummaryOptions } from '../../report/summary/summary.js';
import { isStoreError } from '../../store/store-error.js';
import type { Store } from '../../store/store.js';

/** What a store tells of its runs beyond their reports; where it can no longer be read, a report still tells of itself. */
export function backgroundOf(store: Pick<Store, 'story'>, next: SummaryOptions): Background {
  return {
    next,
    storyOf: async (report) => {
      try {
        return await store.story(report);
      } catch (error) {
        if (!isStoreError(error)) throw error;
        return { report, phones: phonesByReport(report), changes: null, lacks: messageOf(error) };
      }
    },
  };
}
