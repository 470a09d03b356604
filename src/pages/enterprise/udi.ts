import type { EnterprisePages } from '../../domain/phone/page-profile.js';
import { detach } from '../../domain/text/detach.js';
import { collapse, compile } from '../markup/text.js';

/** What the unique device identifier says; `null` where it does not. */
export interface Udi {
  productId: string | null;
  /** Major hardware version, `V03`. Not the page's hardware revision, which is the minor one. */
  vid: string | null;
  serial: string | null;
}

/**
 * Reads a UDI: type, description, PID, VID and serial, one line each (docs/knowledge/enterprise-pages.md#udi). The VID is the line after
 * the PID or nowhere: 6900 phones leave it out, and then the serial follows at once. All on one line is read too.
 */
export function readUdi(text: string, { udi }: EnterprisePages): Udi {
  // Only blank lines at the ends are dropped: one in the middle is an unknown value.
  const lines = text
    .trim()
    .split(/\r\n|\r|\n/)
    .map(collapse);
  const isPid = compile(udi.productIdPattern);
  const at = lines.findIndex((line) => isPid.test(line));
  if (at < 0) return lines.length === 1 ? singleLine(lines[0] ?? '', udi.singleLinePattern) : nothing;
  const [productId, ...rest] = lines.slice(at);
  const isVid = compile(udi.vidPattern);
  // Two in a row: it is not known which of them is the label's.
  if (isVid.test(rest[0] ?? '') && isVid.test(rest[1] ?? '')) return { ...nothing, productId: detach(productId ?? '') };
  const vid = rest[0] !== undefined && isVid.test(rest[0]) ? rest[0] : null;
  const serial = (vid !== null || rest[0] === '' ? rest[1] : rest[0]) ?? '';
  return {
    productId: detach(productId ?? ''),
    vid: vid?.toUpperCase() ?? null,
    serial: compile(udi.serialPattern).test(serial) ? detach(serial) : null,
  };
}

const nothing: Udi = { productId: null, vid: null, serial: null };

function singleLine(line: string, pattern: string): Udi {
  const found = compile(pattern).exec(line)?.groups;
  if (!found) return nothing;
  const part = (name: string): string | null => (found[name] === undefined ? null : detach(found[name]));
  return { productId: part('productId'), vid: part('vid')?.toUpperCase() ?? null, serial: part('serial') };
}
