import { type CommandOptions, type Finished, runCommand } from '../command/command.js';
import { parseReport, type Report } from './report-schema.js';

/** How a run ended, and its report, checked against the contract. */
export interface ReportedRun extends Finished {
  report: Report;
}

/** Runs the command with `--output json` and reads the report from its standard output. Throws when there is none. */
export async function runForReport(args: readonly string[], options?: CommandOptions): Promise<ReportedRun> {
  const finished = await runCommand([...args, '--output', 'json'], options);
  try {
    return { ...finished, report: parseReport(finished.stdout) };
  } catch (cause) {
    const said = `exit code ${finished.code}, standard error:\n${finished.stderr}`;
    throw new RangeError(`${(cause as { message: string }).message}\n${said}`, { cause });
  }
}
