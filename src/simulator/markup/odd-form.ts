import type { MarkupFlags } from '../behavior/markup.js';
import type { Dialect } from '../scenario/scenario.js';
import type { Layout } from './layout.js';

/** A form action that no known phone has. */
const ELSEWHERE = '/admin/save.cgi';

/**
 * Makes the field Upgrade Rule, or its form, one that must not be written to. A page without that field (its scripts fill it in) changes
 * only in where its form goes.
 */
export function withOddForm(page: string, oddForm: MarkupFlags['oddForm'], layout: Layout, action: string): string {
  if (oddForm === 'no') return page;
  const form = tagAt(page, new RegExp(`<form [^>]*action="?${action.replace(/\./g, '\\.')}`, 'i'));
  const inForm = (markup: string): string => insert(page, form.end, markup);
  switch (oddForm) {
    case 'unknown-action':
      return page.slice(0, form.start) + page.slice(form.start).replace(action, ELSEWHERE);
    case 'button-elsewhere':
      return inForm(`<button formaction="${ELSEWHERE}">Save</button>`);
    default: {
      const name = layout.fields.find((field) => field.active === 'upgradeRule')?.name ?? '';
      const isThere = new RegExp(`<input [^>]*name="?${name}[" ]`, 'i').test(page);
      return isThere ? withOddField(page, oddForm, name, inForm) : page;
    }
  }
}

function withOddField(
  page: string,
  oddForm: MarkupFlags['oddForm'],
  name: string,
  inForm: (markup: string) => string,
): string {
  const control = tagAt(page, new RegExp(`<input (?=[^>]*name="?${name}[" ])`, 'i'));
  const row = tagAt(page, /<tr\b/i, control.start);
  switch (oddForm) {
    case 'hidden-field':
      return insert(page, control.start + '<input'.length, ' style="display:none"');
    case 'hidden-row':
      return insert(page, row.start + '<tr'.length, ' style="display:none"');
    case 'hidden-around':
      return inForm('<div style="display:none">');
    case 'name-twice':
      return inForm(`<input type="hidden" name="${name}" value="">`);
    case 'control-first':
      return insert(page, row.end, '<td><input type="checkbox"></td>');
    case 'unknown-heading':
      return insert(page, row.start, '<tr><td colspan="4"><b>Staged Rollout</b></td></tr>');
    case 'label-for-other': {
      const next = /<(?:input|select) /i.exec(page.slice(control.end))?.index ?? 0;
      const marked = insert(page, control.end + next, '<input type="checkbox" id="other">');
      const label = marked.slice(row.end, control.start);
      const named = label.includes('for="')
        ? label.replace(/for="[^"]*"/, 'for="other"')
        : label.replace(/((?:&nbsp;)?Upgrade Rule:?)/, '<label for="other">$1</label>');
      return marked.slice(0, row.end) + named + marked.slice(control.start);
    }
    default:
      return page;
  }
}

/** Whether a post to this page would go to a form or field that cannot be trusted. */
export function isOddForm(oddForm: MarkupFlags['oddForm'], dialect: Dialect): boolean {
  const isOfForm = oddForm === 'unknown-action' || oddForm === 'button-elsewhere';
  return oddForm !== 'no' && (isOfForm || dialect !== 'json');
}

interface Tag {
  start: number;
  /** After its `>`. */
  end: number;
}

/** The first such tag, or the last one before a place. @throws when there is none: a flag must not do nothing */
function tagAt(page: string, pattern: RegExp, before?: number): Tag {
  const text = before === undefined ? page : page.slice(0, before);
  const found = [...text.matchAll(new RegExp(pattern.source, 'gi'))].map(({ index }) => index);
  const start = before === undefined ? found[0] : found.at(-1);
  if (start === undefined) throw new RangeError(`the page has no ${pattern.source}`);
  return { start, end: page.indexOf('>', start) + 1 };
}

function insert(page: string, at: number, markup: string): string {
  return page.slice(0, at) + markup + page.slice(at);
}
