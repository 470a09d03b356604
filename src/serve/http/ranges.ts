/** The bytes of a file that a request asks for, the end not included; `whole` also where it asks for several parts, or in a way not known. */
export type AskedRange = 'whole' | 'unsatisfiable' | { from: number; to: number };

/** Reads a `Range` header for a file of that size (RFC 9110 §14.1.2). Servers may send the whole instead of several parts. */
export function readRange(header: string | undefined, size: number): AskedRange {
  const [, first = '', last = ''] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { from: size - length, to: size };
  }
  const from = Number(first);
  const to = last === '' ? size : Math.min(Number(last) + 1, size);
  // The wrong way round is no range at all; a beginning behind the end of the file is one that cannot be had.
  if (last !== '' && Number(last) < from) return 'whole';
  return from >= size ? 'unsatisfiable' : { from, to };
}
