/** A tag, and where it stands in its text. */
export interface Tag {
  kind: 'open' | 'close' | 'empty';
  /** With its prefix. */
  name: string;
  /** As written. */
  attributes: string;
  from: number;
  to: number;
}

/** Text, a reference to a character, a comment, CDATA, an instruction; or a tag. Each from where the one before ended. */
const piece =
  /[^<&]+|&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|[A-Za-z]\w{0,30});|<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<\/(?<closed>[^\s/>"'=<&]+)\s*>|<(?<name>[^\s/>"'=<&!?]+)(?<attributes>(?:\s+[^\s/>"'=<&]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/?)>/y;

/**
 * The tags of a piece of XML, which may have no or several roots, in their order. The text is not changed by it, so that what stands between two
 * tags can be cut out as it is.
 * @returns `null` for what is not well-formed: cut off, not closed, closed in another order
 */
export function tagsOf(xml: string): Tag[] | null {
  const tags: Tag[] = [];
  const open: string[] = [];
  for (let from = 0; from < xml.length;) {
    piece.lastIndex = from;
    const match = piece.exec(xml);
    if (!match) return null;
    const to = piece.lastIndex;
    const { closed, name, attributes = '', empty } = match.groups ?? {};
    if (closed !== undefined) {
      if (open.pop() !== closed) return null;
      tags.push({ kind: 'close', name: closed, attributes: '', from, to });
    } else if (name !== undefined) {
      if (empty === '') open.push(name);
      tags.push({ kind: empty === '' ? 'open' : 'empty', name, attributes, from, to });
    }
    from = to;
  }
  return open.length === 0 ? tags : null;
}
