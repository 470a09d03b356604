import { stackOf } from '../domain/text/error-reason.js';
import { isUsageError, UsageError } from '../domain/text/usage-error.js';
import { exitCodes } from '../conduct/exit-code.js';
import { openFilesLimit, refuseFewFiles } from '../conduct/check/open-files.js';
import { packageVersion } from '../conduct/version.js';
import { broken, roomOn } from './terminal/room.js';
import { brokenBy, flushed, tolerateBreaking } from './terminal/write-out.js';

/** The whole command: returns the exit code, and reports an error in one sentence. Never throws. */
export async function runCli(args: readonly string[]): Promise<number> {
  const { stdout, stderr } = process;
  tolerateBreaking(stdout, stderr);
  const code = await run(args);
  await flushed(stdout);
  const problem = brokenBy(stdout);
  if (problem === null) return code;
  stderr.write(`fleet-migrate: standard output could not be written (${problem}); the output is incomplete.\n`);
  return code === exitCodes.ok ? exitCodes.internal : code;
}

async function run(args: readonly string[]): Promise<number> {
  try {
    // Scripts ask for the version often: not worth loading the whole program.
    if (args.length === 1 && args[0] === '--version') {
      process.stdout.write(`${packageVersion()}\n`);
      return exitCodes.ok;
    }
    if (['-h', 'migrate -h'].includes(args.join(' '))) {
      const { recipesText } = await import('./help/recipes.js');
      process.stdout.write(recipesText(roomOn(process.stdout)));
      return exitCodes.ok;
    }
    refuseGoneFolder();
    refuseFewFiles(openFilesLimit());
    const { runProgram } = await import('./program.js');
    return await runProgram(args);
  } catch (error) {
    if (isUsageError(error)) {
      // Each problem is a sentence on a line of its own.
      for (const line of error.message.split('\n')) say(line);
      return exitCodes.usage;
    }
    if (isStoreFailure(error)) {
      say(error.message);
      return exitCodes.internal;
    }
    process.stderr.write(`fleet-migrate: internal error, please report it.\n${stackOf(error)}\n`);
    return exitCodes.internal;
  }
}

/** One sentence on standard error. */
function say(text: string): void {
  process.stderr.write(`${broken(`fleet-migrate: ${text}`, process.stderr)}\n`);
}

/** Paths count from the working folder, and the parser looks for it too. Node asks for it once: a run that has begun may lose it. @throws UsageError */
function refuseGoneFolder(): void {
  try {
    process.cwd();
  } catch {
    throw new UsageError('The folder in which this was started is gone; change to one that there is, and repeat.');
  }
}

/** By its code alone: importing the store would load all of it for every `--version`. */
function isStoreFailure(error: unknown): error is Error {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return typeof code === 'string' && code.startsWith('store-') && typeof message === 'string';
}
