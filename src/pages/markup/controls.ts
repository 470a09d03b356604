import { attribute, hasAttribute, isElement, type PageElement, textOf, walk } from './dom.js';
import { isBrokenName } from './broken-tags.js';
import { detach } from '../../domain/text/detach.js';
import { collapse } from './text.js';

/** A text control as the page has it now. */
export interface TextField {
  /** The name to post it under: a number that differs by model and firmware. */
  name: string;
  value: string;
}

export interface SelectField extends TextField {
  /** Those that can be chosen. */
  options: { value: string; label: string }[];
}

const textTypes: ReadonlySet<string> = new Set(['text', 'url', 'search']);
const buttonTypes: ReadonlySet<string> = new Set(['submit', 'button', 'reset', 'image']);
const otherTypes: ReadonlySet<string> = new Set(
  'hidden password checkbox radio file number email tel date datetime-local month week time color range'.split(' '),
);

/** `select`, `select-multiple`, `textarea`, `button`, or the type of an `input`: `text` when it has none or an unknown one. */
export function controlType(element: PageElement): string {
  switch (element.name) {
    case 'select':
      return hasAttribute(element, 'multiple') ? 'select-multiple' : 'select';
    case 'input': {
      const type = (attribute(element, 'type') ?? '').trim().toLowerCase();
      return textTypes.has(type) || buttonTypes.has(type) || otherTypes.has(type) ? type : 'text';
    }
    default:
      return element.name;
  }
}

/** A control that can only be pressed. */
export function isButton(element: PageElement): boolean {
  return element.name === 'button' || (element.name === 'input' && buttonTypes.has(controlType(element)));
}

/** A control that a person could fill in: neither hidden nor a button. */
export function isVisibleControl(element: PageElement): boolean {
  const type = controlType(element);
  return type !== 'hidden' && !buttonTypes.has(type) && ['input', 'select', 'textarea'].includes(element.name);
}

/** True when its value would not be posted, or cannot be changed. */
export function isLocked(element: PageElement): boolean {
  return hasAttribute(element, 'disabled') || hasAttribute(element, 'readonly');
}

/** The control as a one-line text field; `null` when it is another kind of control or has no sound name. */
export function textField(element: PageElement): TextField | null {
  const name = detach(attribute(element, 'name') ?? '');
  const type = controlType(element);
  if (name === '' || isBrokenName(name) || !(textTypes.has(type) || type === 'textarea')) return null;
  return { name, value: controlValue(element) };
}

/** The control as a select of one value; `null` when it is another kind of control, has no sound name or offers nothing. */
export function selectField(element: PageElement): SelectField | null {
  const name = detach(attribute(element, 'name') ?? '');
  if (name === '' || isBrokenName(name) || controlType(element) !== 'select') return null;
  const options = optionsOf(element);
  const [value] = selectedValues(element, options);
  if (value === undefined) return null;
  return { name, value, options: options.filter(isEnabled).map(({ value, label }) => ({ value, label })) };
}

/** The current value of an `input` or `textarea`, as a browser would post it. */
export function controlValue(element: PageElement): string {
  if (element.name !== 'textarea') return detach(attribute(element, 'value') ?? '');
  // A line break right after the tag is not part of the text, and line breaks are posted as CR LF.
  return detach(
    textOf(element)
      .replace(/^\r?\n/, '')
      .replace(/\r\n|\r|\n/g, '\r\n'),
  );
}

interface Option {
  value: string;
  label: string;
  selected: boolean;
  disabled: boolean;
}

/** The options of a select. One without a value posts its text. */
export function optionsOf(select: PageElement): Option[] {
  const options: Option[] = [];
  walk(select, {
    enter: (element) => {
      if (element.name !== 'option') return true;
      const text = detach(collapse(textOf(element)));
      const value = attribute(element, 'value');
      options.push({
        value: value === undefined ? text : detach(value),
        label: detach(attribute(element, 'label') || text),
        selected: hasAttribute(element, 'selected'),
        disabled: hasAttribute(element, 'disabled') || isInDisabledGroup(element),
      });
      return false;
    },
  });
  return options;
}

function isInDisabledGroup({ parent }: PageElement): boolean {
  return parent !== null && isElement(parent) && hasAttribute(parent, 'disabled');
}

/** The values a select would post: the last option marked as selected, else the first that can be chosen. */
export function selectedValues(select: PageElement, options: readonly Option[] = optionsOf(select)): string[] {
  const selected = options.filter((option) => option.selected);
  if (controlType(select) === 'select-multiple') return selected.filter(isEnabled).map((option) => option.value);
  const chosen = selected.at(-1) ?? options.find(isEnabled);
  return chosen && !chosen.disabled ? [chosen.value] : [];
}

function isEnabled(option: Option): boolean {
  return !option.disabled;
}
