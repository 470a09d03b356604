import type { RawRow } from '../row.js';
import { cutOff } from '../text/cut-off.js';

const names = ['address', 'mac', 'hostname'] as const;
/** A text in quotes, a comment, a sign, a word. */
const token = /"(?:[^"\\\n]|\\.)*"?|#[^\n]*|[{};]|[^\s{};"#]+/g;

/** A block that is open: a lease, or something else (`failover peer`, `host`). */
interface Block {
  address: string | null;
  line: number;
  mac: string;
  uid: string;
  host: string;
  state: string | null;
  abandoned: boolean;
}

/**
 * Reads ISC dhcpd's leases: blocks `lease A { … }`, in the order they were written. A lease without a binding state is of a version that wrote
 * none, and counts as active. Source: dhcpd.leases(5).
 * @throws UsageError for a file that ends within a block
 */
export function* readDhcpd(text: string, path: string): Generator<RawRow, void, undefined> {
  let words: string[] = [];
  let line = 1;
  let counted = 0;
  const open: Block[] = [];
  for (const match of text.matchAll(token)) {
    for (; counted < match.index; counted += 1) if (text.charCodeAt(counted) === 10) line += 1;
    const [word] = match;
    if (word.startsWith('#')) continue;
    if (word === '{') {
      const address = open.length === 0 && words[0] === 'lease' ? (words[1] ?? '') : null;
      open.push({ address, line, mac: '', uid: '', host: '', state: null, abandoned: false });
    } else if (word === ';') {
      const block = open.at(-1);
      if (block) statement(block, words);
    } else if (word === '}') {
      const block = open.pop();
      if (block && block.address !== null) yield rowOf(block);
    } else {
      words.push(word);
      continue;
    }
    words = [];
  }
  const [block] = open;
  if (block) throw cutOff(path, block.line, block.address === null ? 'this block' : 'this lease');
  if (words.length > 0) throw cutOff(path, line, 'this statement');
}

function statement(block: Block, words: readonly string[]): void {
  const [first = '', second = '', third = ''] = words;
  if (first === 'hardware') block.mac = third;
  else if (first === 'uid') block.uid = second;
  else if (first === 'client-hostname') block.host = second.replace(/^"|"$/g, '');
  else if (first === 'binding' && second === 'state') block.state = third;
  else if (first === 'abandoned') block.abandoned = true;
}

function rowOf({ address, line, mac, uid, host, state, abandoned }: Block): RawRow {
  const isActive = state === null ? !abandoned : state === 'active';
  return {
    names,
    cells: [address ?? '', mac === '' ? macOfUid(uid) : mac, host],
    line,
    ...(isActive ? {} : { skip: 'inactive' as const }),
  };
}

/** A client identifier `"\001\000\021…"`: the type byte of Ethernet and the MAC, in octal and letters; empty for another. */
function macOfUid(uid: string): string {
  const bytes = [...uid.replace(/^"|"$/g, '').matchAll(/\\([0-7]{3})|\\(.)|([^\\])/g)].map(
    ([, octal, escaped, plain]) => (octal === undefined ? (escaped ?? plain ?? '').charCodeAt(0) : parseInt(octal, 8)),
  );
  if (bytes.length !== 7 || bytes[0] !== 1 || bytes.some((byte) => byte > 255)) return '';
  return bytes
    .slice(1)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(':');
}
