import type { Column, Condition, Operand, Query, Source } from './query.js';
import { syntaxError, type Token, tokensOf } from './tokens.js';

const ENDS = new Set(['left', 'inner', 'outer', 'join', 'on', 'where', 'order', 'from', 'as', 'and', 'or']);

/** Reads a `select` over joined tables. @throws SqlError for everything else */
export function parseQuery(sql: string): Query {
  const reader = new Reader(tokensOf(sql));
  const query = reader.query();
  reader.end();
  return query;
}

class Reader {
  #at = 0;
  #depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  end(): void {
    if (this.#at < this.tokens.length) throw syntaxError();
  }

  query(): Query {
    this.#expect('select');
    let skip = 0;
    let first: number | null = null;
    for (;;) {
      if (this.#take('skip')) skip = this.#number();
      else if (this.#take('first') || this.#take('limit')) first = this.#number();
      else break;
    }
    const distinct = this.#take('distinct') || this.#take('unique');
    const selected = this.#selected();
    this.#expect('from');
    const sources = this.#sources();
    const where = this.#take('where') ? this.#conditions() : [];
    const order = this.#order();
    return { skip, first, distinct, selected, sources, where, order };
  }

  #selected(): Query['selected'] {
    if (this.#take('*')) return 'all';
    if (this.#take('count')) {
      for (const sign of ['(', '*', ')']) this.#expect(sign);
      return { count: this.#alias('count') };
    }
    return this.#list(() => {
      const column = this.#column();
      return { column, as: this.#alias(column.name) };
    });
  }

  #alias(otherwise: string): string {
    if (this.#take('as')) return this.#word();
    const next = this.#peek();
    return next?.kind === 'word' && !ENDS.has(next.text) ? this.#word() : otherwise;
  }

  #sources(): Source[] {
    const sources = this.#list(() => this.#table('inner'));
    for (;;) {
      const isOuter = this.#take('left');
      if (isOuter) this.#take('outer');
      else this.#take('inner');
      if (!this.#take('join')) {
        if (isOuter) throw syntaxError();
        return sources;
      }
      const source = this.#table(isOuter ? 'outer' : 'inner');
      this.#expect('on');
      sources.push({ ...source, on: this.#conditions() });
    }
  }

  #table(join: Source['join']): Source {
    const table = this.#word();
    return { table, alias: this.#alias(table), join, on: [] };
  }

  /** Conditions with `and` between them. */
  #conditions(): Condition[] {
    const all: Condition[] = [];
    do {
      all.push(...this.#condition());
    } while (this.#take('and'));
    if (this.#take('or')) return [{ kind: 'any', of: [all, this.#conditions()] }];
    return all;
  }

  #condition(): Condition[] {
    if (this.#take('(')) {
      // A statement of nothing but parentheses must not exhaust the stack.
      if ((this.#depth += 1) > 50) throw syntaxError();
      const inner = this.#conditions();
      this.#expect(')');
      this.#depth -= 1;
      return inner;
    }
    const left = this.#operand();
    if (this.#take('is')) {
      const not = this.#take('not');
      this.#expect('null');
      return [{ kind: 'null', left, not }];
    }
    const not = this.#take('not');
    if (this.#take('in')) {
      this.#expect('(');
      const values = this.#list(() => this.#value());
      this.#expect(')');
      return [{ kind: 'in', left, values, not }];
    }
    if (this.#take('like')) return [{ kind: 'like', left, pattern: this.#value(), not }];
    if (not) throw syntaxError();
    for (const operator of ['=', '<>', '<=', '>=', '<', '>'] as const)
      if (this.#take(operator)) return [{ kind: 'compare', left, operator, right: this.#operand() }];
    throw syntaxError();
  }

  /** A column or a value. */
  #operand(): Operand {
    const next = this.#peek();
    if (next?.kind === 'text' || next?.kind === 'number') return { value: this.#value() };
    return { column: this.#column() };
  }

  #column(): Column {
    const first = this.#word();
    if (!this.#take('.')) return { table: '', name: first };
    return { table: first, name: this.#take('*') ? '*' : this.#word() };
  }

  #order(): Query['order'] {
    if (!this.#take('order')) return [];
    this.#expect('by');
    return this.#list(() => {
      const column = this.#column();
      const down = this.#take('desc');
      if (!down) this.#take('asc');
      return { column, down };
    });
  }

  #list<Item>(one: () => Item): Item[] {
    const items = [one()];
    while (this.#take(',')) items.push(one());
    return items;
  }

  #peek(): Token | undefined {
    return this.tokens[this.#at];
  }

  /** Goes on if the next token is that word or sign. */
  #take(text: string): boolean {
    const next = this.#peek();
    const isIt = next !== undefined && next.text === text && (next.kind === 'word' || next.kind === 'sign');
    if (isIt) this.#at += 1;
    return isIt;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw syntaxError();
  }

  #word(): string {
    return this.#of('word');
  }

  #number(): number {
    return Number(this.#of('number'));
  }

  #value(): string {
    return this.#peek()?.kind === 'number' ? this.#of('number') : this.#of('text');
  }

  #of(kind: Token['kind']): string {
    const next = this.#peek();
    if (next?.kind !== kind) throw syntaxError();
    this.#at += 1;
    return next.text;
  }
}
