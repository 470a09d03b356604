import type { RunReport } from '../../domain/report/report.js';
import { cutLines, linesOf } from './cut-lines.js';
import { factsOf, headline } from './headline.js';

/** A message of Slack's Block Kit, as its incoming webhooks take it. */
export interface SlackMessage {
  /** For notifications, and where blocks are not shown. */
  text: string;
  blocks: SlackBlock[];
}

type SlackText = { type: 'mrkdwn'; text: string } | { type: 'plain_text'; text: string; emoji: false };
type SlackBlock =
  | { type: 'header'; text: SlackText }
  | { type: 'section'; text: SlackText }
  | { type: 'context'; elements: SlackText[] };

/** Slack refuses a whole message with a longer header or text (characters). */
const mostInHeader = 150;
const mostInText = 3_000;
/** Nobody reads more in a chat; even of the longest lines this takes fewer blocks than the 50 that Slack allows (characters). */
const mostInAll = 10_000;
const fence = '```';
const mostInFence = mostInText - 2 * (fence.length + 1);
const longestLine = 500;

/** A run that has ended, for Slack: its line, its summary as it is printed, and what it was. */
export function slackMessage(report: RunReport, summary: string): SlackMessage {
  const title = headline(report);
  const size = (line: string): number => line.length + 1;
  const lines = cutLines(
    // Escaped first: what an escape adds counts.
    linesOf(summary, longestLine).map((line) => fenced(escaped(line))),
    mostInAll,
    size,
    report.run.id,
  );
  const facts = factsOf(report).map(([name, value]) => `*${name}* ${escaped(value)}`);
  return {
    text: escaped(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(title, mostInHeader), emoji: false } },
      ...sections(lines),
      { type: 'context', elements: [{ type: 'mrkdwn', text: facts.join('   ') }] },
    ],
  };
}

/** Lines in as few sections as hold them. */
function sections(lines: readonly string[]): SlackBlock[] {
  const parts: string[][] = [];
  let left = 0;
  for (const line of lines) {
    if (line.length + 1 > left) {
      parts.push([]);
      left = mostInFence;
    }
    parts.at(-1)?.push(line);
    left -= line.length + 1;
  }
  return parts.map((part) => ({
    type: 'section',
    text: { type: 'mrkdwn', text: `${fence}\n${part.join('\n')}\n${fence}` },
  }));
}

/** What controls a message (links, mentions of everybody) stands for itself. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A text that cannot end the block it stands in. */
function fenced(text: string): string {
  return text.replaceAll('`', "'");
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
