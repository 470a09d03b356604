/**
 * True when every closing tag of an XML document closes the tag that was opened last. Elements that are open at the end are allowed: a
 * file may be cut off. Where it is false the parser would give one element's text under another's name. Linear in the text.
 */
export function isBalanced(xml: string): boolean {
  const open: string[] = [];
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
    const after = markupEnd(xml, at);
    if (after !== null) {
      at = after;
      continue;
    }
    const end = tagEnd(xml, at + 1);
    const name = /^<(\/?)([^\s/<>]+)/.exec(xml.slice(at, Math.min(end, at + longestName)));
    if (end < 0 || !name) return false;
    const [, slash, tag = ''] = name;
    if (slash === '/') {
      if (open.pop() !== tag) return false;
    } else if (xml[end - 2] !== '/') open.push(tag);
    at = end;
  }
  return true;
}

/** No tag of ours comes near it. */
const longestName = 200;

/** Position after a comment, CDATA, declaration or instruction that begins at `at`; `null` when a tag does. */
function markupEnd(xml: string, at: number): number | null {
  const after = (end: string, from: number): number => {
    const found = xml.indexOf(end, from);
    return found < 0 ? xml.length : found + end.length;
  };
  if (xml.startsWith('<!--', at)) return after('-->', at + 4);
  if (xml.startsWith('<![CDATA[', at)) return after(']]>', at + 9);
  if (xml.startsWith('<?', at)) return after('?>', at + 2);
  if (!xml.startsWith('<!', at)) return null;
  const close = after('>', at);
  return xml.slice(at, close).includes('[') ? after(']>', at) : close;
}

/** Position after the `>` of a tag, passing over quoted values; -1 where there is none before the next `<`. */
function tagEnd(xml: string, from: number): number {
  let quote = '';
  for (let at = from; at < xml.length; at++) {
    const character = xml[at] ?? '';
    if (character === '<') return -1;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
  }
  return -1;
}
