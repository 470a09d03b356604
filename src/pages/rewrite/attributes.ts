import type { Piece } from './rows-of-pieces.js';
import { rewriteScript } from './script.js';
import type { TextRule } from './text-rule.js';

const links: ReadonlySet<string> = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'background',
  'cite',
  'data',
  'codebase',
  'poster',
  'ping',
  'longdesc',
]);
/** Attributes that readers go by: names of controls and blocks, and what hides them. */
const marks: ReadonlySet<string> = new Set([
  'id',
  'class',
  'name',
  'for',
  'style',
  'type',
  'method',
  'enctype',
  'role',
]);
/** Texts for people in attributes. */
const captions: ReadonlySet<string> = new Set([
  'title',
  'alt',
  'placeholder',
  'summary',
  'label',
  'aria-label',
  'abbr',
  'content',
]);
const buttons: ReadonlySet<string> = new Set(['submit', 'button', 'reset', 'image']);

/** The text of an attribute that is no value, as the rule has it. */
export function rewrittenAttribute(name: string, text: string, rule: TextRule): string {
  if (links.has(name)) return rule.link(text);
  if (captions.has(name)) return rule.label(text, 'alone');
  if (/^on[a-z]/.test(name)) return rewriteScript(text, rule);
  if (name.startsWith('data-')) return rule.value(text, name);
  return marks.has(name) ? rule.mark(text) : rule.option(text, name);
}

/** What the value of a tag is; hidden ones apart. */
export function kindOfValue(tag: string, type: string): Piece['kind'] {
  if (tag === 'option' || tag === 'button' || (tag === 'input' && buttons.has(type))) return 'caption';
  return tag === 'input' && type === 'password' ? 'password' : 'value';
}
