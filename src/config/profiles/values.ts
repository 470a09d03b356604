import * as z from 'zod';
import { parseDuration } from '../../domain/text/duration.js';
import { type FirmwareVersion, parseVersion } from '../../domain/firmware/version.js';
import { vidNumber } from '../../domain/phone/models.js';
import { found } from '../yaml/zod-messages.js';

/** Longer than any sensible wait, and short enough for a timer. */
const longest = 7 * 24 * 3_600_000;

/** A text that is not empty. */
export const text = z.string().trim().min(1);

/** A firmware version in any of Cisco's spellings, as something to compare with. */
export const version = parsed<FirmwareVersion>('a firmware version such as 12.0(3)SR1', parseVersion);

/** `V03` as 3. */
export const vid = parsed<number>('a hardware version such as V03', vidNumber);

/** `15s` as 15000: above zero, at most a week. */
export const duration = parsed<number>(
  'a duration such as 500ms, 15s, 45m or 2h, above zero and at most a week',
  (written) => {
    const ms = parseDuration(written);
    return ms !== null && ms > 0 && ms <= longest ? ms : null;
  },
);

/** A text that `read` understands; anything else, numbers too, is refused with `expected`. */
function parsed<T>(expected: string, read: (written: string) => T | null): z.ZodType<T> {
  return z
    .string({
      error: ({ input }) => `${input === undefined ? 'is missing, ' : ''}expected ${expected}${foundText(input)}`,
    })
    .transform((written, context): T => {
      const value = read(written);
      if (value !== null) return value;
      context.issues.push({ code: 'custom', message: `expected ${expected}${foundText(written)}`, input: written });
      return z.NEVER;
    });
}

function foundText(input: unknown): string {
  return input === undefined ? '' : `, found ${found(input)}`;
}
