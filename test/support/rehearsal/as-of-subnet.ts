import type { TargetOutcome, TargetSource } from '../../../src/inventory/target.js';
import type { RehearsalParts } from '../../../src/rehearse/parts.js';

/**
 * The same phones as a subnet holds them: nobody named them.
 * @param empty so many addresses after them have no phone
 * @param named as a range (`--target`) holds them, which names each of its addresses
 */
export function asOfSubnet(parts: RehearsalParts, empty = 0, named = false): RehearsalParts {
  const { targets } = parts;
  const most = targets.count + empty;
  const source: TargetSource = {
    ...targets,
    ...{ count: most, atMost: most },
    [Symbol.asyncIterator]: () => scanned(targets, empty, named),
  };
  const nobody = Array.from({ length: empty }, (_, index) => emptyAddress(index));
  return { ...parts, targets: source, asked: new Set([...parts.asked, ...nobody]) };
}

async function* scanned(targets: TargetSource, empty: number, named: boolean): AsyncGenerator<TargetOutcome, void> {
  for await (const { target } of targets) yield { target: { ...target, named } };
  for (let index = 0; index < empty; index += 1) {
    const address = emptyAddress(index);
    yield { target: { address, hint: {}, scope: '10.0.9.0/24', named, source: 'a test' } };
  }
}

function emptyAddress(index: number): string {
  return `10.0.9.${index + 1}`;
}
