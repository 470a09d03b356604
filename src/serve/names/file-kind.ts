import type { Transfer } from '../../store/store-rows.js';

/** By the end of the name (docs/knowledge/firmware.md#the-loads-file, docs/knowledge/file-server.md). */
const kinds: readonly [RegExp, Transfer['kind']][] = [
  [/\.loads$/i, 'firmware'],
  [/\.sbn$/i, 'image'],
  [/\.lic$/i, 'license'],
  [/\.(?:xml|cfg|tlv|xml\.sgn)$/i, 'settings'],
];

/** What a file is, by its name alone. */
export function kindOf(path: string): Transfer['kind'] {
  return kinds.find(([form]) => form.test(path))?.[1] ?? 'other';
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
