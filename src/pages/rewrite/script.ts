import jsTokens from 'js-tokens';
import { type Splice, spliced, type TextRule } from './text-rule.js';

/** What words stand in, and how many signs around it are none: texts between quotes, backticks or slashes, names, numbers. */
const texts: Readonly<Partial<Record<string, { before: number; after: number }>>> = {
  StringLiteral: { before: 1, after: 1 },
  NoSubstitutionTemplate: { before: 1, after: 1 },
  TemplateHead: { before: 1, after: 2 },
  TemplateMiddle: { before: 1, after: 2 },
  TemplateTail: { before: 1, after: 1 },
  RegularExpressionLiteral: { before: 1, after: 1 },
  NumericLiteral: { before: 0, after: 0 },
  IdentifierName: { before: 0, after: 0 },
  PrivateIdentifier: { before: 1, after: 0 },
  Invalid: { before: 0, after: 0 },
};

/** A script, or a style sheet, with all of its words as the rule has them. Never throws, whatever it is. */
export function rewriteScript(code: string, rule: TextRule): string {
  const splices: Splice[] = [];
  let at = 0;
  const put = (start: number, end: number, made: (text: string) => string): void => {
    const text = code.slice(start, end);
    if (text.trim() !== '') splices.push({ start, end, text: made(text) });
  };
  for (const token of jsTokens(code)) {
    const [start, end] = [at, at + token.value.length];
    at = end;
    const around = texts[token.type];
    if (around) {
      // A text that lacks its second quote.
      const after = 'closed' in token && !token.closed ? 0 : around.after;
      put(start + around.before, Math.max(start + around.before, end - after), (text) => rule.scriptText(text));
    } else if (token.type === 'SingleLineComment' || token.type === 'HashbangComment')
      put(start + 2, end, (text) => rule.comment(text));
    else if (token.type === 'MultiLineComment')
      put(start + 2, token.closed ? end - 2 : end, (text) => rule.comment(text));
  }
  return spliced(code, splices);
}
