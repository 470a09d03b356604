import type { RunReport } from '../../domain/report/report.js';
import { safeJson } from '../../domain/text/printable.js';
import { cutLines, linesOf } from './cut-lines.js';
import { factsOf, headline, isQuietNight } from './headline.js';

/** A message with an Adaptive Card, as workflows of Power Automate ("when a Teams webhook request is received") and Teams take it. */
export interface TeamsMessage {
  type: 'message';
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive'; contentUrl: null; content: AdaptiveCard }];
}

interface AdaptiveCard {
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  type: 'AdaptiveCard';
  /** What Teams shows on all its clients. */
  version: '1.4';
  msteams: { width: 'Full' };
  body: CardElement[];
}

/** Runs of text have no Markdown, unlike blocks: nothing that a phone says can make a link. */
interface TextRun {
  type: 'TextRun';
  text: string;
  weight?: 'Bolder';
  size?: 'Small' | 'Large';
  fontType?: 'Monospace';
  isSubtle?: true;
}

type CardElement =
  | { type: 'Container'; style: 'good' | 'attention'; bleed: true; items: CardElement[] }
  | { type: 'RichTextBlock'; spacing?: 'None' | 'Medium'; inlines: TextRun[] };

/** Teams refuses messages over 28 KB; the workflow before it adds a little (bytes of the lines as JSON). */
const mostBytes = 24_000;
const longestLine = 300;

/** A run that has ended, for Teams: its line, its summary as it is printed, and what it was. */
export function teamsMessage(report: RunReport, summary: string): TeamsMessage {
  const size = (line: string): number => Buffer.byteLength(safeJson(lineOf(line)), 'utf8') + 1;
  const lines = cutLines(linesOf(summary, longestLine), mostBytes, size, report.run.id);
  const facts = factsOf(report).map(([name, value]) => `${name} ${value}`);
  const content: AdaptiveCard = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body: [
      {
        type: 'Container',
        style: isQuietNight(report) ? 'good' : 'attention',
        bleed: true,
        items: [textOf({ type: 'TextRun', text: headline(report), weight: 'Bolder', size: 'Large' })],
      },
      ...lines.map(lineOf),
      { ...textOf({ type: 'TextRun', text: facts.join(' · '), size: 'Small', isSubtle: true }), spacing: 'Medium' },
    ],
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function textOf(run: TextRun): Extract<CardElement, { type: 'RichTextBlock' }> {
  return { type: 'RichTextBlock', inlines: [run] };
}

/** A line of its own, as a run of text keeps no line breaks; its indent is kept by blanks that do not fall together. */
function lineOf(line: string): CardElement {
  const text = line.replace(/^ +/, (blanks) => '\u00a0'.repeat(blanks.length)) || '\u00a0';
  return { ...textOf({ type: 'TextRun', text, fontType: 'Monospace', size: 'Small' }), spacing: 'None' };
}
