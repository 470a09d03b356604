import { readFileSync, writeFileSync } from 'node:fs';
import { type Finished, runCommand } from './command.js';
import type { temporaryFolder } from './temporary-folder.js';

/** How a run ended that was given only so much memory, and what it took at most. */
export interface BoundedRun extends Finished {
  /** Everything that was in memory at once, MB. */
  maxRssMb: number;
}

/** Runs the built command with a heap of so many MB: one that needs more is ended by V8 with a signal. `null`: with what V8 takes by itself. */
export async function runBounded(
  heapMb: number | null,
  args: readonly string[],
  folder: ReturnType<typeof temporaryFolder>,
): Promise<BoundedRun> {
  const [hook, result] = [folder.file('measure.mjs'), folder.file('max-rss')];
  const measure = `writeFileSync(${JSON.stringify(result)}, String(process.resourceUsage().maxRSS / 1_024))`;
  writeFileSync(hook, `import { writeFileSync } from 'node:fs';\nprocess.on('exit', () => ${measure});\n`);
  const finished = await runCommand(args, {
    env: { NODE_OPTIONS: `${heapMb === null ? '' : `--max-old-space-size=${heapMb} `}--import=${hook}` },
  });
  return { ...finished, maxRssMb: Number(readFileSync(result, 'utf8')) };
}
