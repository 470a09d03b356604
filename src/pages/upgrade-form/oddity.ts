import { brief } from '../markup/text.js';

/** What makes the fields or the form of a page unclear, so that nothing is written to it. */
export interface Oddity {
  /** `fields`: which control is which is not sure. `form`: where they would be posted to is not. */
  about: 'fields' | 'form';
  /** The end of a sentence that begins with the page. */
  text: string;
}

/** A page's own text within a message. */
export function quoted(text: string): string {
  return `"${brief(text, 60)}"`;
}

export function oddFields(text: string): Oddity {
  return { about: 'fields', text };
}

export function oddForm(text: string): Oddity {
  return { about: 'form', text };
}
