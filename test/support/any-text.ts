import fc from 'fast-check';

/** This many code points from U+D800 on are surrogate halves, not characters by themselves. */
const halves = 0x800;

const character = fc.integer({ min: 0, max: 0x10ffff - halves }).map(
  (nth) => String.fromCodePoint(nth < 0xd800 ? nth : nth + halves),
  (text) => {
    const point = typeof text === 'string' ? text.codePointAt(0) : undefined;
    if (point === undefined || text !== String.fromCodePoint(point)) throw new RangeError('not one character');
    return point < 0xd800 ? point : point - halves;
  },
);

/**
 * Any text of any characters. fast-check's own unit for it, `binary`, first lists a million characters, which takes a second in each test
 * file.
 */
export function anyText(bounds: { minLength?: number; maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ ...bounds, unit: character });
}
