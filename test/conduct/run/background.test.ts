import { describe, expect, it } from '@jest/globals';
import { backgroundOf } from '../../../src/conduct/run/background.js';
import { durationsOf } from '../../../src/domain/report/story/durations.js';
import { renderHtml } from '../../../src/report/html/render-html.js';
import { StoreError } from '../../../src/store/store-error.js';
import { samplePhone, sampleReport } from '../../report/support/sample.js';

describe('what a store tells of a run beyond its report', () => {
  const moved = samplePhone({ outcome: 'done' });
  const report = sampleReport([moved]);

  it('is said to be missing where the store can no longer be read, and nothing is taken from that', async () => {
    const error = new StoreError('store-broken', 'The store night.db cannot be read: disk I/O error <script>.');
    const story = await backgroundOf({ story: () => Promise.reject(error) }, {}).storyOf(report);
    const page = [...renderHtml(story, { style: '', script: '' }, {})].join('');
    expect(page).toContain('are not told: The store night.db cannot be read: disk I/O error &lt;script>.');
    // By its report alone, the whole night of a phone would be told as the time of reading it.
    expect(durationsOf(story.phones)?.of).toBe('read');
    expect(page).toContain('{"course":null,"durations":null}');
    expect(page).not.toContain('id="durations"');
  });

  it('is not known of another kind of error, which is passed on', async () => {
    const background = backgroundOf({ story: () => Promise.reject(new Error('a fault of ours')) }, {});
    await expect(background.storyOf(report)).rejects.toThrow('a fault of ours');
  });
});
