type Method = (this: unknown, ...given: unknown[]) => unknown;

/** What a call has cost: elements or characters that were gone through. */
type Cost = (self: unknown, result: unknown, given: readonly unknown[]) => number;

const lengthOf = (value: unknown): number => (value as { length?: number } | null)?.length ?? 0;
const itself: Cost = (self) => lengthOf(self);
const copied: Cost = (_self, result) => 1 + lengthOf(result);
const one: Cost = () => 1;
/** A search goes from where it begins to where it finds something, or to the end. */
const searched: Cost = (self, result, [, from]) => {
  const end = typeof result === 'number' && result >= 0 ? result : lengthOf(self);
  return 1 + Math.max(0, end - (typeof from === 'number' ? from : 0));
};

type Builtins = Pick<typeof globalThis, 'Array' | 'String' | 'RegExp'>;
/** Ours, and those of the libraries (test/support/libraries). */
const realms: readonly Builtins[] = [
  globalThis,
  (globalThis as unknown as { librariesGlobal: Builtins }).librariesGlobal,
];

const withCallback = 'map filter flatMap find findIndex findLast findLastIndex some every forEach reduce'.split(' ');
const costsIn = ({
  Array,
  String,
}: Builtins): readonly (readonly [prototype: object, cost: Cost, names: readonly string[]])[] => [
  [Array.prototype, copied, 'slice concat flat toReversed splice'.split(' ')],
  [Array.prototype, itself, 'includes join reverse sort'.split(' ')],
  [Array.prototype, searched, ['indexOf']],
  [Array.prototype, one, 'push pop at'.split(' ')],
  [String.prototype, itself, 'replace replaceAll split trim trimEnd toLowerCase includes'.split(' ')],
  [String.prototype, searched, ['indexOf']],
  [String.prototype, one, 'charCodeAt startsWith endsWith'.split(' ')],
  [String.prototype, copied, ['slice']],
];

/**
 * How much is done while something runs, as a count that is the same on every machine: elements that arrays go through, copy or hand out,
 * characters that texts go through or are searched for. What loops over a tree by its links is not counted.
 */
export function workOf(run: () => void): number {
  let work = 0;
  const undo: (() => void)[] = [];
  const replace = (prototype: object, name: PropertyKey, made: (original: Method) => Method): void => {
    const known = Object.getOwnPropertyDescriptor(prototype, name);
    if (!known) throw new Error(`there is no ${String(name)}`);
    Object.defineProperty(prototype, name, { ...known, value: made(known.value as Method) });
    undo.unshift(() => void Object.defineProperty(prototype, name, known));
  };
  for (const realm of realms) {
    for (const [prototype, cost, names] of costsIn(realm)) {
      for (const name of names) {
        replace(prototype, name, (original) => {
          return function counted(this: unknown, ...given) {
            const result = Reflect.apply(original, this, given);
            work += cost(this, result, given);
            return result;
          };
        });
      }
    }
    for (const name of withCallback) {
      replace(realm.Array.prototype, name, (original) => {
        return function counted(this: unknown, ...given) {
          const [visit, ...rest] = given as [Method, ...unknown[]];
          const counting: Method = (...visited) => {
            work += 1;
            return visit(...visited);
          };
          return Reflect.apply(original, this, [counting, ...rest]);
        };
      });
    }
    replace(realm.Array.prototype, Symbol.iterator, (original) => {
      return function counted(this: unknown) {
        const inner = Reflect.apply(original, this, []) as Iterator<unknown>;
        const next = inner.next.bind(inner);
        inner.next = () => {
          work += 1;
          return next();
        };
        return inner;
      };
    });
    replace(realm.RegExp.prototype, 'exec', (original) => {
      return function counted(this: unknown, ...given) {
        const [text] = given as [string];
        const from = (this as RegExp).lastIndex;
        const result = Reflect.apply(original, this, given) as RegExpExecArray | null;
        // A sticky one looks at one place and no further.
        const end = result ? result.index + lengthOf(result[0]) : (this as RegExp).sticky ? from : lengthOf(text);
        work += 1 + Math.max(0, end - from);
        return result;
      };
    });
  }
  try {
    run();
  } finally {
    for (const restore of undo) restore();
  }
  return work;
}
