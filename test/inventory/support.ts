import { UsageError } from '../../src/domain/text/usage-error.js';
import { openTargets } from '../../src/inventory/open-targets.js';
import type { InventoryIo } from '../../src/inventory/io.js';
import type { TargetOutcome, TargetSpec } from '../../src/inventory/target.js';

/** A clock that waits for nothing and notes what it was asked to wait, in milliseconds. */
export function notingClock(waits: number[] = []): InventoryIo['clock'] {
  return {
    after: (ms, run) => {
      waits.push(ms);
      queueMicrotask(run);
      return () => {};
    },
  };
}

/** A world of files and host names; whatever is not in it does not exist. Lookups are counted in `asked`. */
export function worldOf(
  files: Record<string, string | Uint8Array> = {},
  hosts: Record<string, string[]> = {},
): InventoryIo & { asked: string[]; lookup: NonNullable<InventoryIo['lookup']> } {
  const asked: string[] = [];
  return {
    asked,
    async *readFile(path) {
      const content = Object.hasOwn(files, path) ? files[path] : undefined;
      if (content === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      // In small pieces, so that rows, quotes and characters are cut in two.
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    },
    async lookup(host) {
      asked.push(host);
      const addresses = Object.hasOwn(hosts, host) ? hosts[host] : undefined;
      if (addresses === undefined) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
      return addresses;
    },
    clock: notingClock(),
  };
}

export function specOf(parts: Partial<TargetSpec>): TargetSpec {
  return { subnets: [], targets: [], inventories: [], excludes: [], maxTargets: 65_536, ...parts };
}

/** Opens a spec and reads all of its outcomes. */
export async function outcomesOf(parts: Partial<TargetSpec>, io: InventoryIo = worldOf()): Promise<TargetOutcome[]> {
  const outcomes: TargetOutcome[] = [];
  for await (const outcome of await openTargets(specOf(parts), io)) outcomes.push(outcome);
  return outcomes;
}

export async function addressesOf(parts: Partial<TargetSpec>, io: InventoryIo = worldOf()): Promise<string[]> {
  return (await outcomesOf(parts, io)).map(({ target }) => target.address);
}

/** The message of the UsageError that opening a spec ends with. */
export async function usageErrorOf(parts: Partial<TargetSpec>, io: InventoryIo = worldOf()): Promise<string> {
  try {
    await openTargets(specOf(parts), io);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('there was no usage error');
}
