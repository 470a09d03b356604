import { UcmError } from '../ucm.js';

/** Characters that no XML 1.0 document may hold, escaped or not. */
const impossible = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // Would otherwise be read as line feeds.
  '\r': '&#13;',
};

/** Text as it may stand in an element or an attribute. @throws UcmError (`ucm-refused`) for characters that XML cannot hold */
export function escaped(text: string): string {
  if (impossible.test(text))
    throw new UcmError(
      'ucm-refused',
      'A text for Unified CM holds a character that XML cannot hold; nothing was sent.',
      true,
    );
  return text.replace(/[&<>"'\r]/g, (character) => entities[character] ?? character);
}
