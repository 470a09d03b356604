import type { Rehearsal } from '../../domain/rehearsal/rehearsal.js';
import { printable } from '../../domain/text/printable.js';
import { alignColumns, twoColumns, wrap } from '../plain-text.js';
import { answerSentences } from './answer.js';
import { restsOn } from './rests-on.js';
import type { Section } from './section.js';
import { sectionsOf } from './sections.js';

/** It fits any terminal, and a mail. */
const width = 80;

/** A rehearsal for people: what it answers, its numbers, and last what it rests on. Only a word that is longer leaves the 80 columns. */
export function renderRehearsal(rehearsal: Rehearsal): string {
  const answer = `Rehearsal of ${printable(rehearsal.profile, 60)}. ${answerSentences(rehearsal).join(' ')}`;
  const lines = [
    ...wrap(answer, width),
    ...sectionsOf(rehearsal).flatMap((section) => ['', ...sectionLines(section)]),
    ...['', 'What it rests on:', ...twoColumns(restsOn(rehearsal), width)],
  ];
  return `${lines.join('\n')}\n`;
}

function sectionLines({ title, sentences, table, after = [] }: Section): string[] {
  const said = (texts: readonly string[]): string[] => texts.flatMap((text) => wrap(text, width, '  '));
  const right = new Set(table?.columns.flatMap((name, at) => (table.numbers.includes(name) ? [at] : [])));
  const rows = table ? alignColumns([table.columns, ...table.rows], right, width - 2) : [];
  return [`${title}:`, ...said(sentences), ...rows.map((row) => `  ${row}`), ...said(after)];
}
