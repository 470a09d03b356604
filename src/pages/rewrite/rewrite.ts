import { Tokenizer } from 'htmlparser2';
import type { JsonTabs } from '../../domain/phone/page-profile.js';
import { decodeReferences } from '../markup/text.js';
import { rewriteHtml } from './html.js';
import { escaped, type Splice, spliced, type TextRule } from './text-rule.js';
import { declarationInstead, ignoreAll, instructionInstead } from './tokens.js';

export type { TextRule };

/** What a text is written in. */
export type PageFormat = 'html' | 'xml' | 'json';

/** The format of a text, by its beginning; HTML for whatever is neither XML nor JSON, and for pages written as XML. */
export function formatOf(text: string): PageFormat {
  if (/^\ufeff?\s*<\?xml/i.test(text))
    return /<(?:!doctype\s+html|html)[\s>]/i.test(text.slice(0, 2_000)) ? 'html' : 'xml';
  if (/^\ufeff?\s*[[{]/.test(text) && parsed(text) !== undefined) return 'json';
  return 'html';
}

/** A page in whatever format with every text as the rule has it. Never throws. */
export function rewritePage(text: string, rule: TextRule, keys: JsonTabs): string {
  switch (formatOf(text)) {
    case 'xml':
      return rewriteXml(text, rule);
    case 'json':
      return JSON.stringify(rewriteJson(parsed(text), rule, keys, '', 0));
    case 'html':
      return rewriteHtml(text, rule);
  }
}

/** No phone's JSON nests deeper; what does is left out. */
const deepest = 100;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch {
    return undefined;
  }
}

/** Tags and names of attributes are labels, texts are values under them, values of attributes are options. */
function rewriteXml(xml: string, rule: TextRule): string {
  const splices: Splice[] = [];
  const open: string[] = [];
  let tag = '';
  let attribute = '';
  let tagAt = -1;
  /** Where the last comment, CDATA, declaration or instruction ends: a `<` in it begins no tag. */
  let asideUntil = 0;
  const replace = (start: number, end: number, made: (text: string) => string): void => {
    const text = decodeReferences(xml.slice(start, end));
    const instead = text.trim() === '' ? text : made(text);
    if (instead !== text) splices.push({ start, end, text: escaped(instead) });
  };
  const label = (): string => (open.at(-1) ?? '').replace(/_/g, ' ');
  const nameAsLabel = (name: string): string => rule.label(name, 'beside');
  const put =
    (instead: (text: string, rule: TextRule) => string | null) =>
    (start: number, end: number): void => {
      asideUntil = end;
      const text = instead(xml.slice(start, end), rule);
      if (text !== null) splices.push({ start, end, text });
    };
  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: false },
    {
      ...ignoreAll,
      onopentagname: (start, end) => {
        tagAt = start;
        tag = xml.slice(start, end);
        replace(start, end, nameAsLabel);
      },
      onattribname: (start, end) => {
        attribute = xml.slice(start, end);
        replace(start, end, nameAsLabel);
      },
      onattribdata: (start, end) => replace(start, end, (text) => rule.option(text, attribute)),
      onopentagend: () => {
        tagAt = -1;
        open.push(tag);
      },
      onselfclosingtag: () => void (tagAt = -1),
      onclosetag: (start, end) => {
        open.pop();
        replace(start, end, nameAsLabel);
      },
      ontext: (start, end) => replace(start, end, (text) => rule.value(text, label())),
      oncdata: (start, end, offset) => {
        asideUntil = end;
        splices.push({ start, end: end - offset, text: rule.value(xml.slice(start, end - offset), label()) });
      },
      oncomment: (start, end, offset) => {
        asideUntil = end;
        splices.push({ start, end: Math.max(start, end - offset), text: rule.comment(xml.slice(start, end - offset)) });
      },
      ondeclaration: put(declarationInstead),
      onprocessinginstruction: put(instructionInstead),
    },
  );
  tokenizer.write(xml);
  tokenizer.end();
  const last = xml.lastIndexOf('<');
  /** Where a tag begins that the text ends in. */
  const cutAt = tagAt >= 0 ? tagAt : last >= asideUntil && !/[!?>]/.test(xml.slice(last)) ? last : -1;
  if (cutAt < 0) return spliced(xml, splices);
  // What it would have become is not known.
  const whole = splices.filter(({ start }) => start < cutAt);
  return spliced(xml.slice(0, cutAt), whole) + rule.value(xml.slice(cutAt), '');
}

/** In a tab's objects the name is a label, the id a mark, options are captions; any other text is a value under its key. */
function rewriteJson(value: unknown, rule: TextRule, keys: JsonTabs, label: string, depth: number): unknown {
  if (depth > deepest) return null;
  if (typeof value === 'string') return rule.value(value, label);
  if (typeof value === 'number') {
    const made = rule.value(String(value), label);
    return made === String(value) ? value : /^-?\d+$/.test(made) ? Number(made) : made;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => rewriteJson(one, rule, keys, label, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>);
  const name = entries.find(([key]) => key === keys.nameKey)?.[1];
  const own = typeof name === 'string' ? name : label;
  return Object.fromEntries(
    entries.map(([key, one]): [string, unknown] => {
      const shown = rule.label(key, 'beside');
      if (typeof one === 'string' && key === keys.nameKey) return [shown, rule.label(one, 'beside')];
      if (typeof one === 'string' && keys.idKeys.includes(key)) return [shown, rule.mark(one)];
      if (key === keys.optionsKey) return [shown, captions(one, rule, own, depth + 1)];
      return [shown, rewriteJson(one, rule, keys, key === keys.valueKey ? own : key, depth + 1)];
    }),
  );
}

function captions(value: unknown, rule: TextRule, label: string, depth: number): unknown {
  if (depth > deepest) return null;
  if (typeof value === 'string') return rule.option(value, label);
  if (Array.isArray(value)) return value.map((one: unknown) => captions(one, rule, label, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]): [string, unknown] => [
      rule.option(key, label),
      captions(one, rule, label, depth + 1),
    ]),
  );
}
