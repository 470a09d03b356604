import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml';

/** A parsed document that keeps the position of everything in it. */
export interface YamlSource {
  document: Document;
  lines: LineCounter;
}

/** Keys and list positions from the root of a document inwards. */
export type KeyPath = readonly (string | number)[];

/** Something wrong at a path of a document. */
export interface PathProblem {
  path: KeyPath;
  problem: string;
}

/** Where a path begins, counted from 1: at its key. For a missing path, the nearest thing around it. */
export function locate({ document, lines }: YamlSource, path: KeyPath): { line: number; column: number } | null {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0];
  for (const key of path) {
    const child = childOf(resolve(document, node), key);
    if (!child) break;
    offset = child.offset ?? offset;
    node = child.node;
  }
  if (offset === undefined) return null;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** `timing.pollInterval`, `models[2].vid`, `loads["sip 88"]`. */
export function pathText(path: KeyPath): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}

function resolve(document: Document, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

function childOf(node: Node | null, key: string | number): { node: Node | null; offset: number | undefined } | null {
  if (isMap(node)) {
    const pair = node.items.find((item: Pair) => keyText(item.key) === String(key));
    return pair ? { node: asNode(pair.value), offset: asNode(pair.key)?.range?.[0] } : null;
  }
  if (isSeq(node) && typeof key === 'number') {
    const item = asNode(node.items[key]);
    return item ? { node: item, offset: item.range?.[0] } : null;
  }
  return null;
}

function asNode(value: unknown): Node | null {
  return isNode(value) ? value : null;
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}
