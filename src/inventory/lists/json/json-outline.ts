/** What `JSON.parse` does not tell about a JSON text: where it breaks, and where its rows begin. */
export interface JsonOutline {
  /** Offset of the first character that is not allowed where it is; null for valid JSON. */
  brokenAt: number | null;
  /** Offsets of the elements of the outermost array, or of the array under the outermost object's last key of the given name. */
  rowsAt: number[];
}

/** Inventories nest three deep; the limit keeps a file full of brackets from exhausting the stack. */
const MAX_DEPTH = 64;

const BLANKS = /[ \t\r\n]*/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Walks over a JSON text to find positions. The values themselves come from `JSON.parse`, which does not say where they are, and for some
 * errors not even where the text breaks.
 * @param key of the outermost object: where the rows are; null: the object itself is the only row
 */
export function outlineJson(text: string, key: string | null): JsonOutline {
  const walk = new JsonWalk(text, key);
  try {
    walk.document();
    return { brokenAt: null, rowsAt: walk.rowsAt };
  } catch (broken) {
    if (broken instanceof BrokenAt) return { brokenAt: broken.offset, rowsAt: walk.rowsAt };
    throw broken;
  }
}

/** The number, from 1, of the line that holds an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

class BrokenAt extends Error {
  constructor(readonly offset: number) {
    super(`broken at ${offset}`);
  }
}

class JsonWalk {
  rowsAt: number[] = [];
  #at = 0;

  constructor(
    readonly text: string,
    readonly key: string | null,
  ) {}

  document(): void {
    this.#value(0, 'root');
    if (this.#peek() !== '') throw new BrokenAt(this.#at);
  }

  #value(depth: number, role: 'root' | 'rows' | 'other'): void {
    const first = this.#peek();
    if (depth > MAX_DEPTH) throw new BrokenAt(this.#at);
    if (first === '{') this.#object(depth, role);
    else if (first === '[') this.#array(depth, role);
    else if (first === '"') this.#string();
    else this.#skip(SCALAR);
  }

  #array(depth: number, role: 'root' | 'rows' | 'other'): void {
    const rows: number[] = [];
    this.#at += 1;
    if (!this.#take(']')) {
      do {
        this.#peek();
        rows.push(this.#at);
        this.#value(depth + 1, 'other');
      } while (this.#take(','));
      this.#need(']');
    }
    if (role !== 'other') this.rowsAt = rows;
  }

  #object(depth: number, role: 'root' | 'rows' | 'other'): void {
    this.#at += 1;
    if (this.#take('}')) return;
    do {
      if (this.#peek() !== '"') throw new BrokenAt(this.#at);
      const key = this.#string();
      this.#need(':');
      this.#value(depth + 1, role === 'root' && key === this.key ? 'rows' : 'other');
    } while (this.#take(','));
    this.#need('}');
  }

  /** Character by character: a regular expression over a long unterminated string would take too long, or too much stack. */
  #string(): string {
    const start = this.#at;
    for (this.#at += 1; ;) {
      const code = this.text.charCodeAt(this.#at);
      if (code === 0x22) break;
      if (code === 0x5c) this.#skip(ESCAPE);
      else if (code >= 0x20) this.#at += 1;
      // A control character, or the end of the text (NaN compares false).
      else throw new BrokenAt(this.#at);
    }
    this.#at += 1;
    return this.text.slice(start + 1, this.#at - 1);
  }

  /** The next character that is not blank, without consuming it; '' at the end. */
  #peek(): string {
    this.#skip(BLANKS);
    return this.text.charAt(this.#at);
  }

  #take(sign: string): boolean {
    if (this.#peek() !== sign) return false;
    this.#at += 1;
    return true;
  }

  #need(sign: string): void {
    if (!this.#take(sign)) throw new BrokenAt(this.#at);
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.text)) throw new BrokenAt(this.#at);
    this.#at = pattern.lastIndex;
  }
}
