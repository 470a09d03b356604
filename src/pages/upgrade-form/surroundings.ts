import { attribute, hasAttribute, isElement, type PageElement, parsePage, walk } from '../markup/dom.js';
import { type FormSpan, isInside } from '../markup/form-tags.js';
import { hides, hidingAround, isTab, mayHide, type Tabs } from '../markup/hidden.js';
import { oddFields, oddForm, type Oddity, quoted, type FoundControl } from './fields.js';
import { eachOpenTag } from '../markup/tag-scanner.js';

/** Where the fields were found. */
export interface Surroundings {
  html: string;
  form: FormSpan;
  controls: readonly FoundControl[];
  /** Where the parsed part of the page begins: elements around it are not among the ancestors of the controls. */
  parsedFrom: number;
  tabs: Tabs;
}

/**
 * What in the rest of the page makes sound fields or a sound form unclear: another control of the same name in the form, ids and labels
 * that cross, whatever hides a field, and whatever posts the form elsewhere. `null` if nothing does. Linear.
 */
export function oddSurroundings(around: Surroundings): Oddity | null {
  const tags = new TagsOfNote(around);
  const { oddity, mayBeHidden } = tags.look();
  return oddity ?? tags.oddLabel() ?? hiddenField(around, mayBeHidden);
}

/** Tags to look at: those that may hide, that may move the form elsewhere, or that have character references. */
const usually = [
  mayHide.source,
  '<base',
  'formaction',
  'formmethod',
  'formenctype',
  String.raw`\s(?:name|id|for)\s*=\s*["']?[^"'\s>]*&`,
];

class TagsOfNote {
  readonly #around: Surroundings;
  readonly #names: ReadonlySet<string>;
  readonly #ids: ReadonlySet<string>;
  /** How often each was met: controls of the form by name, elements by id, labels by what they are for. */
  readonly #named = new Map<string, number>();
  readonly #withId = new Map<string, number>();
  readonly #labels = new Map<string, number>();

  constructor(around: Surroundings) {
    const { controls } = around;
    this.#around = around;
    this.#names = new Set(controls.map(({ element }) => attribute(element, 'name') ?? '').filter(Boolean));
    this.#ids = new Set(
      controls.flatMap(({ element, label }) => [attribute(element, 'id') ?? '', label.owner ?? '']).filter(Boolean),
    );
  }

  /** Goes through all tags up to the first oddity. */
  look(): { oddity: Oddity | null; mayBeHidden: boolean } {
    const { html, parsedFrom, tabs } = this.#around;
    let oddity: Oddity | null = null;
    let mayBeHidden = false;
    // Few tags matter, so the page is searched for those that may, and only they are read.
    const ofNote = new RegExp([...usually, ...[...this.#names, ...this.#ids].map(escaped)].join('|'), 'gi');
    const nextOfNote = (): number => ofNote.exec(html)?.index ?? html.length;
    let next = nextOfNote();
    eachOpenTag(html, (start, end, tag) => {
      if (oddity || end <= next) return;
      while (next < start) next = nextOfNote();
      if (end <= next) return;
      const element = parsePage(html.slice(start, end))?.children.find(isElement);
      if (!element) return;
      // A control hides only itself, and elements hidden by their kind are skipped anyway.
      if (start < parsedFrom && tag.role !== 'control' && tag.role !== 'hidden')
        mayBeHidden ||= hides(element) && !isTab(element, tabs);
      oddity = this.#count(element, start);
    });
    return { oddity, mayBeHidden };
  }

  #count(element: PageElement, at: number): Oddity | null {
    const { form } = this.#around;
    if (element.name === 'base' && hasAttribute(element, 'href'))
      return oddForm(`it has a base address, ${quoted(attribute(element, 'href') ?? '')}, that forms are relative to`);
    const id = attribute(element, 'id');
    if (id !== undefined && this.#ids.has(id) && add(this.#withId, id) > 1)
      return oddFields(`it has the id ${quoted(id)} more than once`);
    const owner = element.name === 'label' ? attribute(element, 'for') : undefined;
    if (owner !== undefined && this.#ids.has(owner) && add(this.#labels, owner) > 1)
      return oddFields(`two labels are for ${quoted(owner)}`);
    const name = attribute(element, 'name');
    const isControl = ['input', 'select', 'textarea', 'button'].includes(element.name);
    if (!isControl || !isOf(form, element, at)) return null;
    if (name !== undefined && this.#names.has(name) && add(this.#named, name) > 1)
      return oddFields(`its form has the name ${quoted(name)} more than once`);
    return postsElsewhere(element, form);
  }

  /** A label that is for another control than the one beside it, or a control that another label is for. */
  oddLabel(): Oddity | null {
    for (const { element, label } of this.#around.controls) {
      const [id, name] = [attribute(element, 'id'), attribute(element, 'name')];
      const { owner, text } = label;
      if (owner === null) {
        if (id !== undefined && this.#labels.has(id))
          return oddFields(`another label than ${quoted(text)} is for the control beside it`);
      } else if (owner !== id && (owner !== name || this.#withId.has(owner)))
        return oddFields(`the label ${quoted(text)} is for ${quoted(owner)}, not for the control beside it`);
    }
    return null;
  }
}

function add(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function isOf(form: FormSpan, element: PageElement, at: number): boolean {
  const owner = attribute(element, 'form');
  return owner === undefined ? isInside([form], at) : owner === form.id;
}

/** A button may send its form elsewhere, or in another way, than the form says. */
function postsElsewhere(button: PageElement, { action, method, enctype }: FormSpan): Oddity | null {
  const said = { formaction: action, formmethod: method, formenctype: enctype };
  for (const [name, usual] of Object.entries(said)) {
    const own = attribute(button, name)?.trim();
    const isSame = name === 'formaction' ? own === usual.trim() : own?.toLowerCase() === usual;
    if (own !== undefined && !isSame) return oddForm(`a button of its form has ${name}=${quoted(own)}`);
  }
  return null;
}

/** A field or its label that is hidden by itself or by what is around it. */
function hiddenField({ html, controls, tabs }: Surroundings, mayBeHidden: boolean): Oddity | null {
  for (const { element, label } of controls) {
    const hiding = hidingAround(element, tabs) ?? (label.origin && hidingAround(label.origin, tabs));
    if (hiding) return oddFields(`${quoted(label.text)} is hidden by a ${hiding.name} tag`);
  }
  return mayBeHidden ? hiddenInPage(html, controls, tabs) : null;
}

/** The same by parsing the page up to the last field: only that shows what a tag far above contains. */
function hiddenInPage(html: string, controls: readonly FoundControl[], tabs: Tabs): Oddity | null {
  const waiting = new Map(controls.map(({ at, label }) => [at, label.text]));
  const last = Math.max(...waiting.keys());
  const document = parsePage(html.slice(0, html.indexOf('>', last) + 1));
  let oddity: Oddity | null = null;
  if (document) {
    walk(document, {
      enter: (element) => {
        const text = waiting.get(element.startIndex ?? -1);
        if (text === undefined) return true;
        waiting.delete(element.startIndex ?? -1);
        const hiding = hidingAround(element, tabs);
        if (hiding) oddity ??= oddFields(`${quoted(text)} is hidden by a ${hiding.name} tag`);
        return true;
      },
    });
  }
  const [unseen] = waiting.values();
  return unseen === undefined ? oddity : oddFields(`whether ${quoted(unseen)} is hidden is not known`);
}
