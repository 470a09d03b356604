import type { MarkupFlags } from '../behavior/markup.js';

/** The flags that change how a finished page is spelled. */
export type Style = Pick<
  MarkupFlags,
  'tagCase' | 'attributeQuotes' | 'endTags' | 'entityLabels' | 'labelColons' | 'labelDecoration'
>;

/** What is put after a label's text. */
const DECORATIONS: Readonly<Record<MarkupFlags['labelDecoration'], string>> = {
  none: '',
  'help-button': '<button type="button" class="tip" aria-label="Help">?</button>',
  'help-link': ' <a href="#help">[?]</a>',
  'word-link': ' <a href="/help.html">Help</a>',
  'required-mark': '<sup class="required">*</sup>',
  'required-word': ' <em>(required)</em>',
  'optional-word': ' <small>(optional)</small>',
  footnote: '<sup>1</sup>',
  details: '<details><summary>?</summary>Ask your service provider</details>',
  tooltip: '<span class="tooltip" role="tooltip">Ask your service provider, then set it</span>',
  'hidden-span': '<span style="display:none">1 of 2</span>',
  comment: '<!-- label <b>ends</b> -->',
};

/** The ends of labels and headings in every dialect: none of them ends a value. */
const LABEL_END =
  /:(?=<\/td>|<td)|(?<=[^>])(?=<\/(?:th|label|h3|legend)>)|(?<=<td class="label">[^<]+)(?=<\/td>)|(?<=&nbsp;[A-Z][^<:]*|<tr class="head"><td colspan="4"><b>[^<]+)(?=<\/b>)/gi;

/** End tags that HTML allows to be omitted. */
const OPTIONAL_END = /^(td|th|tr|tbody|option|p|li)$/i;
/** Scripts and comments keep their spelling: they are not markup. */
const PIECES = /(<script[^]*?<\/script>|<!--[^]*?-->)/i;
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/g;
const BARE_VALUE = /="([A-Za-z0-9_.#%]+)"/g;
const ATTRIBUTE_NAME = /(\s)([a-z-]+)(?==|\s|$)/g;

/** Rewrites a page, or a part of one, in another spelling. Slots and meaning stay the same. */
export function restyle(markup: string, style: Style): string {
  if (isPlain(style)) return markup;
  return markup
    .split(PIECES)
    .map((piece, index) => (index % 2 === 1 ? piece : restylePiece(piece, style)))
    .join('');
}

function isPlain(style: Style): boolean {
  const { tagCase, attributeQuotes, endTags, entityLabels, labelColons, labelDecoration } = style;
  return (
    tagCase === 'dialect' &&
    attributeQuotes === 'dialect' &&
    endTags === 'dialect' &&
    labelColons === 'dialect' &&
    labelDecoration === 'none' &&
    !entityLabels
  );
}

function restylePiece(piece: string, style: Style): string {
  const decoration = DECORATIONS[style.labelDecoration];
  let restyled =
    decoration === ''
      ? piece
      : piece.replace(LABEL_END, (end) => (style.labelColons === 'without' ? '' : end) + decoration);
  if (style.labelColons === 'without') restyled = restyled.replace(/:(?=<\/(?:td|label)>|<td)/gi, '');
  if (style.labelColons === 'with') restyled = restyled.replace(/([^:>])<\/(th|label)>/gi, '$1:</$2>');
  if (style.entityLabels) restyled = withEntities(restyled);
  return restyled.replace(TAG, (_whole, slash: string, name: string, attributes: string) => {
    if (slash !== '' && style.endTags === 'unclosed' && OPTIONAL_END.test(name)) return '';
    let rest = attributes;
    if (style.attributeQuotes === 'unquoted') rest = rest.replace(BARE_VALUE, '=$1');
    if (style.tagCase === 'dialect') return `<${slash}${name}${rest}>`;
    return `<${slash}${name.toUpperCase()}${upperNames(rest)}>`;
  });
}

/** Attribute names in capitals, values as they are. */
function upperNames(attributes: string): string {
  return attributes
    .split(/("[^"]*"|'[^']*')/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replace(ATTRIBUTE_NAME, (_all, blank: string, name: string) => blank + name.toUpperCase()),
    )
    .join('');
}

/** First letters and blanks as character references. An option's blanks stay: without a value, its text is posted. */
function withEntities(markup: string): string {
  return markup.replace(
    /(<(\w+)[^<>]*>(?:&nbsp;)*)([A-Za-z][^<>\u0001]*)/g,
    (_all, tag: string, name: string, text: string) => {
      const first = `&#${text.charCodeAt(0)};${text.slice(1)}`;
      const isOption = name.toLowerCase() === 'option';
      return tag + (isOption ? first : first.replace(/ /g, '&nbsp;'));
    },
  );
}
