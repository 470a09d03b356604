import type { Dialect } from '../scenario/scenario.js';
import type { DialectWriter } from './dialects/dialect.js';
import { bcisco } from './dialects/bcisco.js';
import { json } from './dialects/json.js';
import { legacy } from './dialects/legacy.js';
import { fieldset, modern } from './dialects/modern.js';
import type { Layout, LayoutTraits } from './layout.js';
import type { PlacedField } from './page-parts.js';
import { layoutFor, MASK } from './layout.js';
import { slot } from './page-parts.js';
import { withOddForm } from './odd-form.js';
import type { Style } from './restyle.js';
import { restyle } from './restyle.js';

/** A page as fixed bytes and the names of the slots between them. */
export interface Template {
  layout: Layout;
  writer: DialectWriter;
  fixed: Buffer[];
  slots: string[];
  charset: 'utf-8' | 'iso-8859-1';
  /** The spelling of what goes into the slots, too. */
  style: Style;
}

/**
 * Real pages are assumed to be 100 KB at least (docs/knowledge/multiplatform-pages.md#titles-headers-and-sizes); ours are never below 150,
 * slots empty or not, unless short ones are asked for.
 */
const LEAST_BYTES = 153 * 1024;
/** A page has 150 KB and more, and a fleet many kinds of pages. */
const MOST_KEPT = 48;
const WRITERS: Readonly<Record<Dialect, DialectWriter>> = { legacy, bcisco, modern, fieldset, json };

/** The writer of a dialect. */
export function writerOf(dialect: Dialect): DialectWriter {
  return WRITERS[dialect];
}

/** Templates by what they depend on, the least recently used dropped. */
export class TemplateCache {
  readonly #templates = new Map<string, Template>();
  readonly #layouts = new Map<string, Layout>();
  readonly #leastBytes: number;

  /** `short`: pages have few tabs, and nothing fills them up. */
  constructor(private readonly short: boolean) {
    this.#leastBytes = short ? 0 : LEAST_BYTES;
  }

  /** The layout for these traits. */
  layout(traits: LayoutTraits): Layout {
    return remember(this.#layouts, keyOf(traits), () => layoutFor(traits, this.short));
  }

  /** The page of a phone. `changed` holds values that differ from what a phone has out of the box, by field key. */
  template(
    traits: LayoutTraits,
    dialect: Dialect,
    charset: 'utf-8' | 'iso-8859-1',
    changed: ReadonlyMap<string, string>,
  ): Template {
    const layout = this.layout(traits);
    // Pages with changed values are rare (a whole form was posted), so they are not cached.
    if (changed.size > 0) return compile(layout, writerOf(dialect), charset, changed, traits, this.#leastBytes);
    const key = `${keyOf(traits)}|${dialect}|${charset}`;
    return remember(this.#templates, key, () =>
      compile(layout, writerOf(dialect), charset, changed, traits, this.#leastBytes),
    );
  }
}

function keyOf(traits: LayoutTraits): string {
  const { model, style, ...others } = traits;
  return [model.model, ...Object.values(others), ...Object.values(style)].join('|');
}

function remember<T>(kept: Map<string, T>, key: string, make: () => T): T {
  const found = kept.get(key) ?? make();
  kept.delete(key);
  kept.set(key, found);
  const oldest = kept.keys().next();
  if (kept.size > MOST_KEPT && oldest.done !== true) kept.delete(oldest.value);
  return found;
}

function compile(
  layout: Layout,
  writer: DialectWriter,
  charset: Template['charset'],
  changed: ReadonlyMap<string, string>,
  { style, oddForm }: Pick<LayoutTraits, 'style' | 'oddForm'>,
  leastBytes: number,
): Template {
  const valueOf = (field: PlacedField): string => {
    if (field.type === 'password') return layout.masked ? MASK : '';
    return field.active === null ? (changed.get(field.key) ?? field.initial) : slot(field.active);
  };
  const bare = writer.page(layout, valueOf, '');
  const page = bare.length >= leastBytes ? bare : writer.page(layout, valueOf, filler(leastBytes - bare.length));
  const parts = restyle(withOddForm(page, oddForm, layout, writer.action), style).split('\u0001');
  return {
    layout,
    writer,
    charset,
    style,
    fixed: parts.filter((_, index) => index % 2 === 0).map((part) => encode(part, charset)),
    slots: parts.filter((_, index) => index % 2 === 1),
  };
}

/** The bytes of a page: fixed parts, with each slot's markup between them. */
export function fill(template: Template, markupOf: (slotName: string) => string): Buffer {
  const parts: Buffer[] = [];
  for (const [index, fixed] of template.fixed.entries()) {
    parts.push(fixed);
    const name = template.slots[index];
    if (name !== undefined) parts.push(encode(markupOf(name), template.charset));
  }
  return Buffer.concat(parts);
}

/** Text in the encoding a page is sent in. */
export function encode(text: string, charset: Template['charset']): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  // Characters beyond Latin-1 become character references.
  const known = text.replace(/[^\u0000-\u00ff]/gu, (sign) => `&#x${(sign.codePointAt(0) ?? 0).toString(16)};`);
  return Buffer.from(known, 'latin1');
}

/** At least that many characters of dictionary: these pages carry their languages in script. */
function filler(length: number): string {
  const lines: string[] = [];
  let size = 0;
  for (let index = 0; size < length; index += 1) {
    const line = `dict["k${index}"]="Text number ${index} of the dictionary for this page";`;
    lines.push(line);
    size += line.length + 1;
  }
  return `var dict={};\n${lines.join('\n')}\n`;
}
