import * as z from 'zod';
import type { NotifyBody } from '../notify/notify-body.js';
import { exactly } from './exactly.js';
import { run, totals } from './report.js';
import * as is from './values.js';

/** What `--notify` posts. */
export const notifyMessage = exactly<NotifyBody>()(
  z.strictObject({
    schema: is.form('fleet-migrate/notify@1'),
    run: run.describe('The run that has ended.'),
    totals: totals.describe('How its targets ended.'),
    failures: z
      .record(is.failureCode, is.count)
      .describe('How many phones ended with each failure code, the most frequent first.'),
    text: is.text.describe('The summary for people; chat services show the field of this name.'),
  }),
);
