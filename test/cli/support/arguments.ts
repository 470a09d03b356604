import { expect } from '@jest/globals';
import type { Arguments } from '../../../src/cli/options/arguments.js';
import { optionTable } from '../../../src/cli/options/table.js';

/** What the command line's reader hands over when only these options were given: all defaults, and these. */
export function given(options: Record<string, unknown> = {}): Arguments {
  const defaults = optionTable.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value]]));
  return { ...(Object.fromEntries(defaults) as object), ...options };
}

/** Matches a usage error whose sentence holds this. */
export const usage = (message: string | RegExp): unknown =>
  expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) as unknown });
