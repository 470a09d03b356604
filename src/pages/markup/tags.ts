/**
 * What a tag does to the text around it, for finding cells and headings: `inline` text continues across it (`font`, `b`, unknown tags) ·
 * `cell` begins or ends a cell of the same row · `flow` a block, a row of its own unless it is inside a cell · `row` begins or ends a row ·
 * `control` ends the text before it · `hidden` its content is not markup, or is never shown.
 */
export type TagRole = 'inline' | 'cell' | 'flow' | 'row' | 'control' | 'hidden';

const namesByRole: Readonly<Record<Exclude<TagRole, 'inline'>, string>> = {
  cell: 'td th dd label',
  flow: 'div p center section article main header footer nav aside address blockquote pre',
  row:
    'tr table tbody thead tfoot caption colgroup form fieldset legend h1 h2 h3 h4 h5 h6 ul ol li dl dt hr html head body ' +
    'frameset details summary figure',
  control: 'input select textarea button option optgroup datalist',
  hidden: 'script style title template noscript iframe noembed noframes xmp plaintext svg math',
};

const roles = new Map<string, TagRole>(
  Object.entries(namesByRole).flatMap(([role, names]) => names.split(' ').map((name) => [name, role as TagRole])),
);

/** The role of a tag by its lower-case name. */
export function roleOf(name: string): TagRole {
  return roles.get(name) ?? 'inline';
}

/** Every tag that is more than inline, with its role. */
export function structuralTags(): Iterable<[name: string, role: TagRole]> {
  return roles;
}
