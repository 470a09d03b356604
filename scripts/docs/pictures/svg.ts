import Anser from 'anser';

/** A picture of a terminal. */
export interface Screen {
  /** What it is a picture of, in a few words. */
  title: string;
  /** The command as it is typed. */
  command: string;
  /** What the terminal shows, with its colors as control sequences. */
  painted: string;
}

/** A stretch of one line in one manner. */
interface Stretch {
  text: string;
  column: number;
  classes: readonly string[];
}

const cell = { width: 8.4, height: 18 };
const margin = { left: 16, top: 44, bottom: 14 };

/** Text colors have a contrast of at least 4.5 to the window, which is dark on a light page and on a dark one. */
const style = `
  text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d6deeb; white-space: pre }
  .frame { fill: #0f1720; stroke: #5b6b7d }
  .command { fill: #ffffff }
  .bold { font-weight: bold } .dim { fill: #9aa7b5 } .underline { text-decoration: underline } .italic { font-style: italic }
  .red { fill: #ff8a80 } .green { fill: #7ee787 } .yellow { fill: #f2cc60 } .blue { fill: #79c0ff } .magenta { fill: #d2a8ff }
  .cyan { fill: #76e3ea } .black { fill: #9aa7b5 } .white { fill: #ffffff }`;

/**
 * A screen as SVG. Every stretch of text has its place and its length by columns, so that tables and bars stand as they do in the terminal,
 * whatever font is there. What it shows can be read in its description, too.
 */
export function svgOf({ title, command, painted }: Screen, columns: number): string {
  const lines = stretchesOf(painted);
  const width = Math.ceil(columns * cell.width + 2 * margin.left);
  const height = margin.top + lines.length * cell.height + margin.bottom;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title shows">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="shows">${escaped(textOf({ command, painted }))}</desc>`,
    `<style>${style}\n</style>`,
    `<rect class="frame" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    drawn({ text: `$ ${command}`, column: 0, classes: ['command', 'bold'] }, 26),
    ...lines.flatMap((stretches, row) =>
      stretches.map((stretch) => drawn(stretch, margin.top + (row + 0.75) * cell.height)),
    ),
    '</svg>',
    '',
  ].join('\n');
}

/** What a screen shows, as plain text: the description of its picture. */
function textOf({ command, painted }: Pick<Screen, 'command' | 'painted'>): string {
  const lines = stretchesOf(painted).map((stretches) =>
    stretches.reduce((line, { text, column }) => line.padEnd(column) + text, ''),
  );
  return [`$ ${command}`, ...lines].join('\n');
}

/** What a picture shows, as it was when it was made. @throws RangeError for a file that is none of these pictures */
export function textIn(svg: string): string {
  const description = /<desc id="shows">([\s\S]*?)<\/desc>/.exec(svg)?.[1];
  if (description === undefined) throw new RangeError('this is no picture of ours: it has no description');
  return description.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The stretches of each line that hold more than blanks. A manner lasts until it is changed, beyond the end of a line, too. */
function stretchesOf(painted: string): Stretch[][] {
  const lines: Stretch[][] = [[]];
  let column = 0;
  for (const { content, fg, decorations } of Anser.ansiToJson(painted, { use_classes: true, remove_empty: true })) {
    const classes = [...(fg ? [fg.replace(/^ansi-(?:bright-)?/, '')] : []), ...decorations];
    for (const [nth, part] of content.replaceAll('\r', '').split('\n').entries()) {
      if (nth > 0) {
        lines.push([]);
        column = 0;
      }
      const text = part.trim();
      if (text !== '') lines.at(-1)?.push({ text, column: column + part.indexOf(text), classes });
      column += part.length;
    }
  }
  return lines;
}

function drawn({ text, column, classes }: Stretch, y: number): string {
  const [x, length] = [margin.left + column * cell.width, text.length * cell.width].map((at) => at.toFixed(1));
  const manner = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
  return `<text x="${x ?? ''}" y="${y}" textLength="${length ?? ''}" lengthAdjust="spacingAndGlyphs" xml:space="preserve"${manner}>${escaped(text)}</text>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
