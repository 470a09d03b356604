/** Whether a text matches a pattern with `%` (any characters) and `_` (one), whatever the case. In time that grows with the product of both. */
export function like(text: string, pattern: string): boolean {
  const given = text.toLowerCase();
  const wanted = pattern.toLowerCase();
  let at = 0;
  // Where the last `%` stands, and from where on the text is what it took.
  let any = -1;
  let restart = 0;
  for (let next = 0; next < given.length;) {
    if (wanted[at] === '%') {
      any = at;
      restart = next;
      at += 1;
    } else if (at < wanted.length && (wanted[at] === '_' || wanted[at] === given[next])) {
      at += 1;
      next += 1;
    } else if (any >= 0) {
      restart += 1;
      at = any + 1;
      next = restart;
    } else return false;
  }
  return /^%*$/.test(wanted.slice(at));
}
