/** Deeper than this no page of a phone nests, unclosed inline tags included. */
const deepest = 5_000;

/** Below this length no markup can nest that deep. */
const shortest = 3 * deepest;

/** Tags that never nest by themselves: without content, or closed where the next one begins. */
const flat = new Set(
  'area base br col embed hr img input link meta param source track wbr td th tr thead tbody tfoot li dt dd p option optgroup'.split(
    ' ',
  ),
);

/** True for markup that nests so deep that parsing it, which costs the square of the depth, would hold up everything else. */
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
