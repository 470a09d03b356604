import type { FlagGroup } from './flag-group.js';

/** How the admin pages are written, in addition to their dialect. */
export interface MarkupFlags {
  /** Encoding of pages. `dialect`: the dialect's usual one; `unsaid`: the same, not named in the header. */
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
  /** What stands beside the text of labels and headings: it is neither a control nor part of the label. */
  labelDecoration:
    | 'none'
    | 'help-button'
    | 'help-link'
    | 'word-link'
    | 'required-mark'
    | 'required-word'
    | 'optional-word'
    | 'footnote'
    | 'details'
    | 'tooltip'
    | 'hidden-span'
    | 'comment';
  /** What a password field shows: nothing, or always eight asterisks. */
  passwordsShown: 'blank' | 'masked';
  /**
   * Why the field Upgrade Rule or its form must not be written to: its row begins with a control, its label is for another field,
   * it is hidden (by itself, its row, or the whole form), its heading is unknown, its name occurs twice, or the form goes elsewhere
   * (by itself or by a button). A post to it is noted.
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
   * Texts shown to attack a reader of the report: terminal escapes, markup, a spreadsheet formula, forged log lines,
   * 64 KB, marks that turn the reading direction; `all`: one after the other.
   */
  hostileText: 'no' | 'terminal' | 'html' | 'csv' | 'lines' | 'long' | 'bidi' | 'all';
}

/** The plain dialect, and every other value. */
export const MARKUP: FlagGroup<MarkupFlags> = {
  usual: {
    charset: 'dialect',
    tagCase: 'dialect',
    attributeQuotes: 'dialect',
    endTags: 'dialect',
    entityLabels: false,
    labelColons: 'dialect',
    labelDecoration: 'none',
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
    labelDecoration: [
      'help-button',
      'help-link',
      'word-link',
      'required-mark',
      'required-word',
      'optional-word',
      'footnote',
      'details',
      'tooltip',
      'hidden-span',
      'comment',
    ],
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
