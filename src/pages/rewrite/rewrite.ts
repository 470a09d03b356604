import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import type { JsonTabs } from '../../domain/phone/page-profile.js';
import { decodeReferences } from '../markup/text.js';
import { rewriteHtml } from './html.js';
import { escaped, type Splice, spliced, type TextRule } from './text-rule.js';

export type { TextRule };

/** What a text is written in. */
export type PageFormat = 'html' | 'xml' | 'json';

/** The format of a text, by its beginning; HTML for whatever is neither XML nor JSON. */
export function formatOf(text: string): PageFormat {
  if (/^\ufeff?\s*<\?xml/i.test(text)) return 'xml';
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

/** Texts are values under their tag, attributes are marks. */
function rewriteXml(xml: string, rule: TextRule): string {
  const splices: Splice[] = [];
  const open: string[] = [];
  let tag = '';
  let attribute = '';
  const replace = (start: number, end: number, made: (text: string) => string): void => {
    const text = decodeReferences(xml.slice(start, end));
    const instead = text.trim() === '' ? text : made(text);
    if (instead !== text) splices.push({ start, end, text: escaped(instead) });
  };
  const nothing = (): void => {};
  const callbacks: TokenizerCallbacks = {
    onopentagname: (start, end) => void (tag = xml.slice(start, end)),
    onattribname: (start, end) => void (attribute = xml.slice(start, end)),
    onattribdata: (start, end) => replace(start, end, (text) => rule.mark(text, attribute)),
    onattribend: nothing,
    onopentagend: () => void open.push(tag),
    onselfclosingtag: nothing,
    onclosetag: () => void open.pop(),
    ontext: (start, end) => replace(start, end, (text) => rule.value(text, (open.at(-1) ?? '').replace(/_/g, ' '))),
    oncdata: (start, end, offset) =>
      splices.push({ start, end: end - offset, text: rule.value(xml.slice(start, end - offset), open.at(-1) ?? '') }),
    oncomment: (start, end, offset) =>
      splices.push({ start, end: Math.max(start, end - offset), text: rule.comment(xml.slice(start, end - offset)) }),
    ondeclaration: nothing,
    onprocessinginstruction: nothing,
    onattribentity: nothing,
    ontextentity: nothing,
    onend: nothing,
  };
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, callbacks);
  tokenizer.write(xml);
  tokenizer.end();
  return spliced(xml, splices);
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
      if (typeof one === 'string' && key === keys.nameKey) return [key, rule.label(one, 'beside')];
      if (typeof one === 'string' && keys.idKeys.includes(key)) return [key, rule.mark(one, key)];
      if (key === keys.optionsKey) return [key, captions(one, rule, depth + 1)];
      return [key, rewriteJson(one, rule, keys, key === keys.valueKey ? own : key, depth + 1)];
    }),
  );
}

function captions(value: unknown, rule: TextRule, depth: number): unknown {
  if (depth > deepest) return null;
  if (typeof value === 'string') return rule.label(value, 'beside');
  if (Array.isArray(value)) return value.map((one: unknown) => captions(one, rule, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]): [string, unknown] => [key, captions(one, rule, depth + 1)]),
  );
}
