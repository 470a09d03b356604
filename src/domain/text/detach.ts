/**
 * A copy that does not keep the page alive: V8 makes a slice of 13 and more characters point into the text it was cut from,
 * so that one kept serial number would hold 150 KB.
 */
export function detach(text: string): string {
  if (text.length < 13) return text;
  const narrow = Buffer.from(text, 'latin1').toString('latin1');
  // V8 holds it with two bytes a letter otherwise.
  return narrow === text ? narrow : Buffer.from(text, 'utf16le').toString('utf16le');
}
