/** A block of code in a page of Markdown. */
export interface Block {
  /** After the marks that begin it; empty when there is none. */
  language: string;
  text: string;
  /** The line of its first mark, counted from 1. */
  line: number;
  /** The name in the comment `sample: NAME` before it, which says that it is made; `null` without one. */
  sample: string | null;
}

/** As Prettier leaves them; in a list both stand further right. */
const form =
  /(?<mark>^(?<left> *)<!-- sample: (?<sample>[\w-]+) -->\n\n?)?^(?<indent> *)```(?<language>[\w-]*)\n(?<text>[\s\S]*?)^\k<indent>```$/gm;

/** All blocks of a page. */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(form)].map((found) => {
    const { mark = '', sample, indent = '', language = '', text = '' } = found.groups ?? {};
    const before = page.slice(0, found.index) + mark;
    return { language, text: movedLeft(text, indent), line: before.split('\n').length, sample: sample ?? null };
  });
}

/** A page with its samples as they are made now. Those that nobody makes stay as they are. */
export function withSamples(page: string, made: ReadonlyMap<string, string>): string {
  return page.replace(form, (whole, ...rest) => {
    const { mark = '', sample, indent = '', language = '' } = rest.at(-1) as Record<string, string>;
    const now = sample === undefined ? undefined : made.get(sample);
    if (now === undefined) return whole;
    const lines = now.split('\n').map((line) => `${indent}${line}`.trimEnd());
    return [`${mark}${indent}\`\`\`${language}`, ...lines, `${indent}\`\`\``].join('\n');
  });
}

function movedLeft(text: string, indent: string): string {
  return text.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trimEnd();
}
