/** A phone's identity: 12 upper-case hexadecimal digits, no separators. The address may change, this does not. */
export type Mac = string;

/** Reads a MAC written with colons, dashes, dots, blanks or nothing between its digits; `null` when it is not one. */
export function parseMac(text: string): Mac | null {
  const written = text.replace(/[\s:.-]/g, '');
  // Checked before the change of case, which turns some other letters into hexadecimal digits (the ligature of ff).
  if (!/^[0-9A-Fa-f]{12}$/.test(written)) return null;
  const digits = written.toUpperCase();
  // Pages show all zeros or all ones before the phone knows its own MAC: that identifies nothing.
  return digits === '000000000000' || digits === 'FFFFFFFFFFFF' ? null : digits;
}
