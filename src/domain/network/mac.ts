/** A phone's identity: 12 upper-case hexadecimal digits, no separators. The address may change, this does not. */
export type Mac = string;

/** Reads a MAC written with colons, dashes, dots, blanks or nothing between its digits; `null` when it is not one. */
export function parseMac(text: string): Mac | null {
  const written = text.replace(/[\s:.-]/g, '');
  // Looked at before the change of case, which makes hexadecimal digits of letters that are none (the ligature of ff).
  if (!/^[0-9A-Fa-f]{12}$/.test(written)) return null;
  const digits = written.toUpperCase();
  // All zeros and all ones are what pages show before the phone knows its own: nobody's identity.
  return digits === '000000000000' || digits === 'FFFFFFFFFFFF' ? null : digits;
}
