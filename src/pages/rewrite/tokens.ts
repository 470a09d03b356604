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

/** What is to stand in place of a declaration or an instruction for other programs; null where it may be left: a document's type, XML. */
export function declarationInstead(text: string, rule: TextRule): string | null {
  if (/^[!?]?(?:doctype|xml)\s[^[\]]*$/i.test(text)) return null;
  const sign = /^[!?]/.exec(text)?.[0] ?? '';
  return sign + rule.comment(text.slice(sign.length));
}
