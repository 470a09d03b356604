import { readFileSync, writeFileSync } from 'node:fs';
import { type Finished, runCommand } from './command.js';
import type { temporaryFolder } from './temporary-folder.js';
import { runs } from '../depth.js';

/** How a run with limited memory ended, and the most it held. */
export interface BoundedRun extends Finished {
  /** The most held at once, in MB: what is left on and off the heap right after a collection, checked several times a second. */
  mostHeldMb: number;
}

/**
 * Runs the built command with a heap of this many MB: V8 ends one that needs more with a signal. `null`: V8's default. Memory taken from
 * the system is not measured: it depends on when V8 and the allocator give something back.
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
