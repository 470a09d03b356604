import { describe, expect, it } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { svgOf, textIn } from '../../../../scripts/docs/pictures/svg.js';

const screen = {
  title: 'A <screen>',
  command: 'fleet-migrate "x" & y',
  painted: '\u001b[1mRun 1\u001b[0m · \u001b[32m█▒\n  still green\u001b[39m  far <b>\n',
};

describe('the picture of a screen', () => {
  const svg = svgOf(screen, 40);
  const drawn = (new XMLParser({ ignoreAttributes: false }).parse(svg) as { svg: { text: object[] } }).svg.text;

  it('is good XML that says what it is and what it shows', () => {
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).toContain('<title id="title">A &lt;screen&gt;</title>');
    expect(textIn(svg)).toBe('$ fleet-migrate "x" & y\nRun 1 · █▒\n  still green  far <b>\n');
  });

  it('has each stretch at its column and as wide as its columns, in the manner that is on', () => {
    const at = (column: number, columns: number) => ({
      '@_x': (16 + 8.4 * column).toFixed(1),
      '@_textLength': (8.4 * columns).toFixed(1),
    });
    expect(drawn.slice(1)).toMatchObject([
      { '#text': 'Run 1', '@_class': 'bold', ...at(0, 5) },
      { '#text': '·', ...at(6, 1) },
      { '#text': '█▒', '@_class': 'green', ...at(8, 2) },
      { '#text': 'still green', '@_class': 'green', ...at(2, 11) },
      { '#text': 'far <b>', ...at(15, 7) },
    ]);
  });

  it('is told from other pictures', () => {
    expect(() => textIn('<svg/>')).toThrow(RangeError);
  });
});
