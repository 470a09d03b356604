import { refuseProblems } from '../../../src/domain/text/usage-error.js';
import { expect } from '@jest/globals';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { checkRun, type CheckedRun } from '../../../src/conduct/check/check-run.js';
import { give, type Given } from '../../../src/conduct/options/sources.js';
import { optionTable } from '../../../src/conduct/options/table.js';
import { filesOf } from '../../config/file/read-support.js';

/** What a command was given in `/work`: words of its command line, `fleet-migrate.yaml` there, environment, and further files. */
export function given(
  words: Record<string, unknown> = {},
  config = '',
  env: Record<string, string> = {},
  files: Record<string, string> = {},
): Promise<Given> {
  const readFile = filesOf({ ...files, ...(config === '' ? {} : { '/work/fleet-migrate.yaml': config }) });
  return give(words, optionTable, { surroundings: { env, cwd: '/work', home: '/home/op', readFile } });
}

/** The run of a command line with a target that nobody contacts. @throws UsageError with all that is wrong */
export async function runOf(words: Record<string, unknown>): Promise<CheckedRun> {
  const target = { target: ['127.0.0.1'], ...words };
  const { problems, run } = await checkRun(await given(target, '', { HOME: '/tmp' }), optionTable, loadModels(), {
    mustAsk: true,
  });
  refuseProblems(problems);
  return run as CheckedRun;
}

/** Matches a usage error whose sentence holds this. */
export const usage = (message: string | RegExp): unknown =>
  expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) as unknown });
