import type { FlagGroup } from './flag-group.js';

/** How the admin pages are written, over and above their dialect. */
export interface MarkupFlags {
  /** Encoding of pages; `dialect`: what the dialect usually has. `unsaid`: that one, without saying so in the header. */
  charset: 'dialect' | 'utf-8' | 'iso-8859-1' | 'unsaid';
  /** `upper`: names of elements and attributes in capitals. */
  tagCase: 'dialect' | 'upper';
  /** `unquoted`: attribute values without quotes where they need none. */
  attributeQuotes: 'dialect' | 'unquoted';
  /** `unclosed`: no end tags for cells, rows, options, paragraphs. */
  endTags: 'dialect' | 'unclosed';
  /** First letters and blanks of texts as character references. */
  entityLabels: boolean;
  labelColons: 'dialect' | 'with' | 'without';
  /** What a password field shows: nothing, or eight asterisks whether one is set or not. */
  passwordsShown: 'blank' | 'masked';
  /**
   * What makes the field Upgrade Rule, or its form, one that nobody should write to: its row begins with a control, its label is for
   * another one, it is hidden (by itself, its row, or all of the form), it is under a heading of which nobody knows, its name is there
   * twice, or the form goes elsewhere (by itself or by a button). A post to it is noted.
   */
  oddForm:
    | 'no'
    | 'control-first'
    | 'label-for-other'
    | 'hidden-field'
    | 'hidden-row'
    | 'hidden-around'
    | 'unknown-heading'
    | 'name-twice'
    | 'unknown-action'
    | 'button-elsewhere';
  /** Dialect `json`: whether the objects carry the field's name (`id`) and a select's `options`. */
  jsonIds: 'with' | 'without';
  /**
   * Texts a phone or anything else shows that are meant for who reads the report: terminal escapes, markup, a
   * spreadsheet formula, forged log lines, 64 KB, marks that turn the reading direction; `all`: one after the other.
   */
  hostileText: 'no' | 'terminal' | 'html' | 'csv' | 'lines' | 'long' | 'bidi' | 'all';
}

/** The dialect as it is, and everything else it can be. */
export const MARKUP: FlagGroup<MarkupFlags> = {
  usual: {
    charset: 'dialect',
    tagCase: 'dialect',
    attributeQuotes: 'dialect',
    endTags: 'dialect',
    entityLabels: false,
    labelColons: 'dialect',
    passwordsShown: 'blank',
    oddForm: 'no',
    jsonIds: 'with',
    hostileText: 'no',
  },
  others: {
    charset: ['utf-8', 'iso-8859-1', 'unsaid'],
    tagCase: ['upper'],
    attributeQuotes: ['unquoted'],
    endTags: ['unclosed'],
    entityLabels: [true],
    labelColons: ['with', 'without'],
    passwordsShown: ['masked'],
    oddForm: [
      'control-first',
      'label-for-other',
      'hidden-field',
      'hidden-row',
      'hidden-around',
      'unknown-heading',
      'name-twice',
      'unknown-action',
      'button-elsewhere',
    ],
    jsonIds: ['without'],
    hostileText: ['terminal', 'html', 'csv', 'lines', 'long', 'bidi', 'all'],
  },
};
