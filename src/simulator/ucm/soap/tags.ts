/** A tag of a document, and where it stands. */
interface Tag {
  /** As written, with its prefix. */
  name: string;
  kind: 'open' | 'close' | 'empty';
  start: number;
  /** Behind its `>`. */
  end: number;
}

/** What ends each kind of markup that holds no elements, by how it begins. */
const SKIPPED: readonly (readonly [begin: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

/** The tags of a document in turn. The last one is `null` where something is not closed or is no tag. */
function* tagsOf(text: string): Generator<Tag | null> {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const skipped = SKIPPED.find(([begin]) => text.startsWith(begin, at));
    if (skipped !== undefined) {
      const [begin, ending] = skipped;
      const end = text.indexOf(ending, at + begin.length);
      if (end < 0) {
        yield null;
        return;
      }
      at = end + ending.length;
      continue;
    }
    const tag = tagAt(text, at);
    yield tag;
    if (tag === null) return;
    at = tag.end;
  }
}

const TAG = /<(\/?)([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;

function tagAt(text: string, at: number): Tag | null {
  TAG.lastIndex = at;
  const found = TAG.exec(text);
  if (found === null) return null;
  const [whole, slash, name = '', attributes, empty] = found;
  if (slash === '/' && (attributes !== '' || empty === '/')) return null;
  return {
    name,
    kind: slash === '/' ? 'close' : empty === '/' ? 'empty' : 'open',
    start: at,
    end: at + whole.length,
  };
}

/** Whether tags close each other, one element is around all of them, and every `&` begins an entity. */
export function isWellFormed(text: string): boolean {
  const open: string[] = [];
  let roots = 0;
  let end = 0;
  for (const tag of tagsOf(text)) {
    if (tag === null) return false;
    if (open.length === 0 && /[^\s\ufeff]/.test(withoutMarkup(text.slice(end, tag.start)))) return false;
    if (tag.kind === 'close' && open.pop() !== tag.name) return false;
    if (tag.kind !== 'close' && open.length === 0) roots += 1;
    if (tag.kind === 'open') open.push(tag.name);
    end = tag.end;
  }
  const isAlone = roots === 1 && open.length === 0 && withoutMarkup(text.slice(end)).trim() === '';
  return isAlone && !/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/i.test(withoutMarkup(text));
}

/** Without comments, CDATA and instructions. */
function withoutMarkup(text: string): string {
  return text.includes('<') ? text.replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>/g, '') : text;
}

/**
 * What stands inside the first element of that name (without prefix) that stands in the element `parent`, byte for byte as it was sent.
 * Of a well-formed document. `null`: there is none.
 */
export function rawInside(text: string, parent: string, name: string): string | null {
  const open: string[] = [];
  let from = -1;
  let depth = 0;
  for (const tag of tagsOf(text)) {
    if (tag === null) return null;
    if (tag.kind === 'close') {
      if (from >= 0 && open.length === depth) return text.slice(from, tag.start);
      open.pop();
      continue;
    }
    const isIt = from < 0 && local(tag.name) === name && local(open.at(-1) ?? '') === parent;
    if (isIt && tag.kind === 'empty') return '';
    if (tag.kind === 'empty') continue;
    open.push(tag.name);
    if (!isIt) continue;
    from = tag.end;
    depth = open.length;
  }
  return null;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
