import { attribute, isElement, parsePage, hasAttribute } from './dom.js';
import { pageLimits } from './limits.js';
import type { TagMark } from '../admin/section-scanner.js';
import { detach } from '../../domain/text/detach.js';

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
 * the open one, wherever it stands between table cells. In the order of the page; none for a page with more than any phone's.
 */
export function formSpans(html: string, tags: readonly TagMark[]): FormSpan[] {
  if (countOf('form', tags) > pageLimits.forms) return [];
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

/**
 * The fieldsets of a page that are disabled: nothing in them is posted. One inside another is part of it. The whole page where it has
 * more of them than any phone's.
 */
export function disabledSpans(html: string, tags: readonly TagMark[]): Span[] {
  if (countOf('fieldset', tags) > pageLimits.fieldsets) return [{ start: -1, end: html.length }];
  const spans: (Span & { disabled: boolean })[] = [];
  const open: (Span & { disabled: boolean })[] = [];
  for (const tag of tags) {
    if (tag.name !== 'fieldset') continue;
    if (tag.opens) {
      const text = html.slice(tag.start, tag.end);
      const element = /disabled/i.test(text) ? parsePage(text)?.children.find(isElement) : undefined;
      const disabled = element !== undefined && hasAttribute(element, 'disabled');
      const span = { start: tag.start, end: html.length, disabled };
      spans.push(span);
      open.push(span);
    } else {
      const closed = open.pop();
      if (closed) closed.end = tag.start;
    }
  }
  return outermost(spans.filter((span) => span.disabled));
}

function countOf(name: string, tags: readonly TagMark[]): number {
  return tags.filter((tag) => tag.opens && tag.name === name).length;
}

function outermost(spans: readonly Span[]): Span[] {
  const outer: Span[] = [];
  for (const { start, end } of spans) {
    const last = outer.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else outer.push({ start, end });
  }
  return outer;
}

/** The span around a place, of spans in the order of the page that do not overlap. */
export function spanAround<S extends Span>(spans: readonly S[], at: number): S | undefined {
  let [from, to] = [0, spans.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((spans[middle]?.start ?? 0) < at) from = middle + 1;
    else to = middle;
  }
  const last = spans[from - 1];
  return last && at < last.end ? last : undefined;
}

/** True for a place inside any of the spans, which are in the order of the page and do not overlap. */
export function isInside(spans: readonly Span[], at: number): boolean {
  return spanAround(spans, at) !== undefined;
}
