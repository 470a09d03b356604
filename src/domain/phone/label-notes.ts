/** Words by which forms everywhere say something about a label. */
const words =
  'optional|required|mandatory|read[ -]?only|help|info|information|hint|tip|more|more info(?:rmation)?|learn more|details|' +
  "what(?:\u2019|'| i)s this|facultatif|optionnel|obligatoire|requis|aide|hilfe|pflichtfeld|erforderlich|opcional|obligatorio|ayuda";

const note = new RegExp(`^[^\\p{L}\\p{N}]*(?:${words})[^\\p{L}\\p{N}]*$`, 'iu');

/** Signs alone, as `*` or `[?]`. */
const signs = /^[^\p{L}\p{N}]{1,4}$/u;

/** The same at the end of a label's own text, where only brackets tell a note from the label. */
export const bracketedNote = new RegExp(`[([](?:[*?i†‡ℹ]{1,2}|${words})[)\\]]$`, 'i');
export const longestBracketedNote = 24;

/** A superscript is a mark of a footnote, or as short a badge. */
const longestFootnote = 4;

/** Whether a text in a tag of its own (`name`) is a note about the label beside it. Any other may be part of the label. */
export function isNoteText(text: string, name: string): boolean {
  if (text === '') return false;
  return signs.test(text) || note.test(text) || (name === 'sup' && text.length <= longestFootnote);
}
