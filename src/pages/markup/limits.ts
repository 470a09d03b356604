/** No page of a phone exceeds these. One that does is not read where it matters: nothing is guessed from a part. */
export const pageLimits = {
  /** Cells in one row; phones have four. */
  cells: 2_000,
  /** Known headings; a phone with sixteen lines has some three hundred. */
  headings: 2_000,
  forms: 100,
  fieldsets: 2_000,
} as const;

/** No page of a phone nests deeper than this, unclosed inline tags included. */
const deepest = 5_000;

/** Below this length no markup can nest that deep. */
const shortest = 3 * deepest;

/** Tags that never nest by themselves: without content, or closed where the next one begins. */
const flat = new Set(
  'area base br col embed hr img input link meta param source track wbr td th tr thead tbody tfoot li dt dd p option optgroup'.split(
    ' ',
  ),
);

/** Whether markup nests so deep that parsing it, which costs the square of the depth, would hold up everything else. */
export function nestsTooDeep(html: string): boolean {
  if (html.length < shortest) return false;
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]{0,15})/gi)) {
    if (flat.has(name.toLowerCase())) continue;
    depth = slash === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > deepest) return true;
  }
  return false;
}
