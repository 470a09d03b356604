/** Whether a whole text matches a glob (`*`: any characters, `?`: one), whatever the case. In time that grows with the product of both. */
export function matchesGlob(glob: string, text: string): boolean {
  const wanted = Array.from(glob.toLowerCase());
  const given = Array.from(text.toLowerCase());
  let at = 0;
  let star = -1;
  let from = 0;
  for (let next = 0; next < given.length;) {
    if (wanted[at] === '*') {
      star = at;
      from = next;
      at += 1;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[next])) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      at = star + 1;
      from += 1;
      next = from;
    } else return false;
  }
  while (wanted[at] === '*') at += 1;
  return at === wanted.length;
}
