import { Tokenizer } from 'htmlparser2';
import { spliced, type TextRule } from './text-rule.js';
import { ignoreAll } from './tokens.js';

/** With what the tags of the page cut apart replaced, piece by piece. */
export function rewriteAcross(html: string, rule: TextRule): string {
  const texts: { start: number; end: number }[] = [];
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: false },
    {
      ...ignoreAll,
      ontext: (start, end) => {
        if (start >= (texts.at(-1)?.end ?? 0)) texts.push({ start, end });
      },
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  const made = rule.across(texts.map(({ start, end }) => html.slice(start, end)).join(''));
  let at = 0;
  return spliced(
    html,
    texts.map(({ start, end }) => ({ start, end, text: made.slice(at, (at += end - start)) })),
  );
}
