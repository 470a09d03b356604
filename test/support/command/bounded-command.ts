import { readFileSync, writeFileSync } from 'node:fs';
import { type Finished, runCommand } from './command.js';
import type { temporaryFolder } from './temporary-folder.js';
import { runs } from '../depth.js';

/** How a run ended that was given only so much memory, and what it held at most. */
export interface BoundedRun extends Finished {
  /** Most that was held at once, MB: what is left on and off the heap right after a collection, looked at several times a second. */
  mostHeldMb: number;
}

/**
 * Runs the built command with a heap of so many MB: one that needs more is ended by V8 with a signal. `null`: with what V8 takes by itself.
 * How much the process has from the system is not asked: that depends on when V8 and the allocator care to give something back.
 */
export async function runBounded(
  heapMb: number | null,
  args: readonly string[],
  folder: ReturnType<typeof temporaryFolder>,
): Promise<BoundedRun> {
  const [hook, result] = [folder.file('measure.mjs'), folder.file('most-held')];
  writeFileSync(
    hook,
    `import { writeFileSync } from 'node:fs';
     import { setFlagsFromString } from 'node:v8';
     import { runInNewContext } from 'node:vm';
     setFlagsFromString('--expose-gc');
     const collect = runInNewContext('gc');
     let most = 0;
     const look = () => {
       collect();
       const { heapUsed, external } = process.memoryUsage();
       most = Math.max(most, heapUsed + external);
     };
     setInterval(look, ${runs(500, 300)}).unref();
     process.on('exit', () => {
       look();
       writeFileSync(${JSON.stringify(result)}, String(most / 1_048_576));
     });`,
  );
  const finished = await runCommand(args, {
    env: { NODE_OPTIONS: `${heapMb === null ? '' : `--max-old-space-size=${heapMb} `}--import=${hook}` },
  });
  return { ...finished, mostHeldMb: Number(readFileSync(result, 'utf8')) };
}
