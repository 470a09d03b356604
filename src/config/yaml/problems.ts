import { type Document, isScalar, LineCounter, visit, type YAMLError } from 'yaml';
import { lowerFirst } from '../../domain/text/error-reason.js';
import { wholeFile } from './config-error.js';
import { type Finding, parsedDocument } from './read.js';

/**
 * Why a text is not one YAML document with plain keys: at most one problem per line, as one mistake causes several parser errors. No text
 * of the file is repeated, as it may be a password.
 */
export function yamlProblems(text: string, file: string): Finding[] {
  const whole = (problem: string): Finding[] => [{ place: wholeFile(file), problem }];
  if (/[\0\uFFFD]/.test(text)) return whole('this is not a text in UTF-8; save it as UTF-8');
  const lines = new LineCounter();
  let slips: { offset: number; problem: string }[];
  try {
    const document = parsedDocument(text, lines, true);
    slips = [...document.errors, ...document.warnings].map((error) => ({
      offset: error.pos[0],
      problem: inOurWords(error),
    }));
    if (slips.length === 0) slips = unusableKeys(document);
  } catch {
    return whole('this is not valid YAML: it is nested too deeply');
  }
  const byLine = new Map<number, Finding>();
  for (const { offset, problem } of slips.sort((a, b) => a.offset - b.offset)) {
    const { line, col } = lines.linePos(offset);
    if (!byLine.has(line)) byLine.set(line, { place: { file, path: '', line, column: col }, problem });
  }
  return [...byLine.values()];
}

function unusableKeys(document: Document): { offset: number; problem: string }[] {
  const slips: { offset: number; problem: string }[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      const offset = (key as { range?: [number, number, number] } | null)?.range?.[0] ?? 0;
      if (!isScalar(key))
        slips.push({ offset, problem: 'a key must be one word; quote a text that begins with { or [' });
      else if (key.value === '__proto__') slips.push({ offset, problem: 'this key cannot be used' });
    },
  });
  return slips;
}

/** Common mistakes with their remedy; otherwise the parser's message, if it quotes nothing from the file. */
const knownSlips: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'indent with blanks, not tabs',
  DUPLICATE_KEY: 'this key occurs twice; keep one of them',
  MULTIPLE_DOCS: 'a second document begins here (---); keep one',
  TAG_RESOLVE_FAILED: 'a text that begins with ! must be quoted',
  BAD_SCALAR_START: 'a text that begins with @ or ` must be quoted',
  BAD_DQ_ESCAPE: 'a backslash in double quotes must be doubled; or use single quotes',
  BAD_ALIAS: 'a text that begins with * or & must be quoted',
  UNEXPECTED_TOKEN: 'something here does not belong; quote a text that contains any of { } [ ] , : #',
};

function inOurWords({ code, message }: YAMLError): string {
  const own = knownSlips[code];
  return `this is not valid YAML: ${own ?? (code === 'RESOURCE_EXHAUSTION' ? 'it is nested too deeply' : lowerFirst(message))}`;
}
