import { attribute, isElement, parsePage, hasAttribute } from './dom.js';
import type { TagMark } from './scan.js';
import { detach } from './text.js';

export interface Span {
  start: number;
  end: number;
}

/** A form from its opening tag to its closing one, or to the end of the page. */
export interface FormSpan extends Span {
  action: string;
  method: string;
  enctype: string;
  id: string | null;
}

/**
 * The forms of a page as a browser pairs their tags: a form inside a form does not exist, and the first closing tag ends
 * the open one, wherever it stands between table cells.
 */
export function formSpans(html: string, tags: readonly TagMark[]): FormSpan[] {
  const spans: FormSpan[] = [];
  let open: FormSpan | null = null;
  for (const tag of tags) {
    if (tag.name !== 'form') continue;
    if (tag.opens) {
      if (open) continue;
      open = formSpan(html, tag);
      spans.push(open);
    } else if (open) {
      open.end = tag.start;
      open = null;
    }
  }
  return spans;
}

function formSpan(html: string, tag: TagMark): FormSpan {
  const element = parsePage(html.slice(tag.start, tag.end))?.children.find(isElement);
  const read = (name: string): string | undefined => {
    const value = element && attribute(element, name);
    return value === undefined ? undefined : detach(value);
  };
  return {
    start: tag.start,
    end: html.length,
    action: read('action') ?? '',
    method: (read('method') ?? 'get').trim().toLowerCase(),
    enctype: (read('enctype') ?? 'application/x-www-form-urlencoded').trim().toLowerCase(),
    id: read('id') ?? null,
  };
}

/** The fieldsets of a page that are disabled: nothing in them is posted. */
export function disabledSpans(html: string, tags: readonly TagMark[]): Span[] {
  const spans: (Span & { disabled: boolean })[] = [];
  const open: (Span & { disabled: boolean })[] = [];
  for (const tag of tags) {
    if (tag.name !== 'fieldset') continue;
    if (tag.opens) {
      const element = parsePage(html.slice(tag.start, tag.end))?.children.find(isElement);
      const disabled = element !== undefined && hasAttribute(element, 'disabled');
      const span = { start: tag.start, end: html.length, disabled };
      spans.push(span);
      open.push(span);
    } else {
      const closed = open.pop();
      if (closed) closed.end = tag.start;
    }
  }
  return spans.filter((span) => span.disabled);
}

/** True for a place inside any of the spans. */
export function isInside(spans: readonly Span[], at: number): boolean {
  return spans.some((span) => span.start < at && at < span.end);
}
