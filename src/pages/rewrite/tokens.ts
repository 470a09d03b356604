import type { TokenizerCallbacks } from 'htmlparser2';
import type { TextRule } from './text-rule.js';

const nothing = (): void => {};

/** Hears nothing of a page: for those who want to hear a part of it only. */
export const ignoreAll: TokenizerCallbacks = {
  onattribdata: nothing,
  onattribend: nothing,
  onattribentity: nothing,
  onattribname: nothing,
  oncdata: nothing,
  onclosetag: nothing,
  oncomment: nothing,
  ondeclaration: nothing,
  onend: nothing,
  onopentagend: nothing,
  onopentagname: nothing,
  onprocessinginstruction: nothing,
  onselfclosingtag: nothing,
  ontext: nothing,
  ontextentity: nothing,
};

/** What is to stand between `<!` and `>`; null where it may be left: a document's type without anything of its own. */
export function declarationInstead(text: string, rule: TextRule): string | null {
  if (/^doctype\s[^[\]]*$/i.test(text)) return null;
  const comment = rule.comment(text);
  return /^doctype\b/i.test(text) ? 'DOCTYPE removed' : comment;
}

/** What is to stand between `<?` and `>`, in XML as in HTML; null where it may be left: that this is XML. */
export function instructionInstead(text: string, rule: TextRule): string | null {
  if (/^xml\s/i.test(text)) return null;
  return `removed${rule.comment(text.replace(/^removed(?= removed: )/, '').replace(/\?$/, ''))}?`;
}
