import type { PageElement } from './dom.js';

/** A quote that was left out makes an attribute run over whole cells, up to the next quote. */
const tagsAfterText =
  /^[^<]*>[^]*<\/?(?:t[dhr]|table|d[dlt]|div|li|ul|label|span|font|input|select|h[1-6]|form|fieldset|legend)\b/i;

/**
 * True for a tag that holds others in one of its attributes: a label before it would stand beside the value of another. Scripts and
 * `title` texts may hold markup.
 */
export function hasSwallowed({ attribs }: PageElement): boolean {
  for (const name in attribs) {
    const value = attribs[name] ?? '';
    if (value.includes('<') && name !== 'title' && !name.startsWith('on') && tagsAfterText.test(value)) return true;
  }
  return false;
}

/** True for a control name with stray quotes: the phone does not know such a name. */
export function isBrokenName(name: string): boolean {
  return /["'<>=`]/.test(name);
}

/** The same for where and how a form posts. */
export function isBrokenForm({ action, method }: { action: string; method: string }): boolean {
  return /[\s"'<>`]/.test(action.trim()) || !/^[a-z]+$/.test(method);
}
