import { attribute, hasAttribute, isElement, type PageElement, type PageNode } from './dom.js';
import type { LabelIndex } from '../../domain/phone/labels.js';
import { roleOf } from './tags.js';
import { collapse } from './text.js';

/** Text of a tag that may hide its content; most tags have none. */
export const mayHide = /hidden|inert|popover|style|<details|<dialog|<canvas|<video|<audio|<object/i;

/**
 * Declarations of an inline style that take a box out of sight: not drawn, without size, out of the window, or cut away. A later
 * declaration that takes one back is ignored: the tag is odd enough.
 */
const outOfSight = new RegExp(
  [
    String.raw`display:(?:none|var\()`,
    String.raw`(?:content-)?visibility:(?:hidden|collapse|var\()`,
    String.raw`opacity:(?!(?:1(?:\.0*)?|0?\.[5-9]\d*|[5-9]\d%|100%)(?:;|!|$))`,
    String.raw`zoom:(?!normal|[1-9]|0?\.[5-9])`,
    String.raw`(?:-webkit-)?(?:filter|mask[a-z-]*):(?!none)`,
    String.raw`(?:max-)?(?:width|height|block-size|inline-size):(?:calc\()?[0.]+(?:[a-z%)]|;|!|$)`,
    String.raw`font(?:-size)?:[0.]+(?:[a-z%]|;|!|$)`,
    String.raw`(?:left|right|top|bottom|inset|margin[a-z-]*|text-indent):[^;]*-\d{3}`,
    String.raw`(?:left|top|margin[a-z-]*):[^;]*(?:\d{4}|\d{3}(?:vw|vh|%))`,
    String.raw`clip(?:-path)?:(?!auto|none)`,
    String.raw`(?:transform|scale|translate):(?!none)`,
  ]
    .map((declaration) => `(?:^|;)${declaration}`)
    .join('|'),
);

/** A box of a pixel or two that cuts off what does not fit into it. */
const pinhole = /(?=.*(?:^|;)overflow(?:-[xy])?:(?:hidden|clip))(?:^|;)(?:max-)?(?:width|height):[0-2](?:\.\d+)?px/;

/** Their content is shown only by browsers that do not know the tag. */
const replaced: ReadonlySet<string> = new Set(['canvas', 'video', 'audio', 'object']);

/** Whether a tag hides itself and its content, by its attributes. What style sheets and scripts do is not known. */
export function hides(element: PageElement): boolean {
  const { name } = element;
  if (
    roleOf(name) === 'hidden' ||
    replaced.has(name) ||
    ['hidden', 'inert', 'popover'].some((word) => hasAttribute(element, word))
  )
    return true;
  if ((name === 'details' || name === 'dialog') && !hasAttribute(element, 'open')) return true;
  if (attribute(element, 'aria-hidden')?.trim().toLowerCase() === 'true') return true;
  const style = attribute(element, 'style')?.toLowerCase() ?? '';
  // An escaped letter reads as another word than it is.
  const declarations = style.replace(/\/\*[^]*?\*\/|\s/g, '');
  return style.includes('\\') || outOfSight.test(declarations) || pinhole.test(declarations);
}

/** The names of tabs, each shown when its name is clicked and hidden until then. */
export type Tabs = LabelIndex<'tab'>;

/** Whether a block is a tab, whose id is its title (docs/knowledge/multiplatform-pages.md#spa5xx): a hidden one is just another tab. */
export function isTab(element: PageElement, tabs: Tabs): boolean {
  const id = collapse(attribute(element, 'id') ?? '');
  return roleOf(element.name) === 'flow' && id !== '' && tabs.find(id) !== undefined;
}

/** The nearest element around a node, or the node itself, that hides it; `null` where it is in sight, or only in another tab. */
export function hidingAround(node: PageNode, tabs: Tabs): PageElement | null {
  for (let around: PageNode | null = node; around; around = around.parent as PageNode | null) {
    if (isElement(around) && hides(around) && !isTab(around, tabs)) return around;
  }
  return null;
}
