import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { childOf, childrenOf, type Element, parseXml, textOf } from '../../../src/ucm/soap/element.js';
import { escaped } from '../../../src/ucm/soap/escape.js';
import { innerXmlAt } from '../../../src/ucm/soap/inner-xml.js';
import { tagsOf } from '../../../src/ucm/soap/tags.js';
import { UcmError } from '../../../src/ucm/ucm.js';
import { anyText } from '../../support/any-text.js';

const impossible = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const xmlText = anyText({ maxLength: 20 }).filter((text) => !impossible.test(text));
const name = fc.constantFrom('a', 'item', 'ns:b', 'return', 'text', 'x-y.z');

/** A document as text, with what its root holds. */
const document = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    xmlText.map(escaped),
    fc
      .tuple(name, xmlText, fc.array(tie('node'), { maxLength: 4 }))
      .map(([tag, text, inside]) => `<${tag} x="${escaped(text).replace(/[\t\n]/g, ' ')}">${inside.join('')}</${tag}>`),
  ),
})).node;

describe('a document', () => {
  it('reads alike with one of something and with several, whatever the prefixes', () => {
    const one = parseXml('<e:r xmlns:e="x"><e:item>1</e:item></e:r>');
    const two = parseXml('<?xml version="1.0"?><r><item>1</item> <item>2</item></r>');
    expect(childrenOf(one, 'item').map(({ text }) => text)).toEqual(['1']);
    expect(childrenOf(two, 'item').map(({ text }) => text)).toEqual(['1', '2']);
  });

  it('has texts with their entities, and without what is nil', () => {
    const root = parseXml(
      '<r><a> &lt;b&gt; &amp;amp; &#45;&#x2D; <![CDATA[<c>]]></a><n nil="true">x</n><m xsi:nil="1"><o>1</o></m><p/></r>',
    );
    expect(textOf(root, 'a')).toBe('<b> &amp; -- <c>');
    expect(textOf(root, 'n')).toBeNull();
    expect(childOf(root, 'm', 'o')).toBeNull();
    expect(textOf(root, 'p')).toBeNull();
  });

  it.each([
    ['', 'nothing'],
    ['text', 'no XML'],
    ['<a><b></a></b>', 'closed in another order'],
    ['<a><b>', 'cut off'],
    ['<a>1</a', 'cut off in a tag'],
    ['<a/><b/>', 'two roots'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'entities of its own'],
    ['<a b></a>', 'an attribute without a value'],
    ['<a>&</a>', 'a bare ampersand'],
    ['<a><__proto__/></a>', 'a name that is none of any answer'],
    ['<a><!-- </a>', 'a comment without an end'],
  ])('is none: %s (%s)', (text) => {
    expect(parseXml(text)).toBeNull();
  });

  it('is whole: without its last characters it is none', () => {
    fc.assert(
      fc.property(document, fc.nat(), (inside, cut) => {
        const whole = `<root>${inside}</root>`;
        const root = parseXml(whole);
        expect(root?.name).toBe('root');
        expect(parseXml(whole.slice(0, cut % whole.length))).toBeNull();
      }),
    );
  });

  it('gives back a text that was escaped', () => {
    fc.assert(
      fc.property(xmlText, (text) => {
        expect(parseXml(`<a>${escaped(text)}</a>`)?.text).toBe(text.trim());
      }),
    );
  });

  it('of any text is an element or none, and never throws', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<a',
      '/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '&lt;',
      '"',
      ' x="',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, anyText({ maxLength: 4 }))), (parts) => {
        const text = parts.join('');
        const root: Element | null = parseXml(text);
        if (root !== null) expect(tagsOf(text)).not.toBeNull();
        expect(Array.isArray(innerXmlAt(text, ['a']))).toBe(true);
      }),
    );
  });

  it('nested as deep as an attack is none, or an element', () => {
    const deep = '<a>'.repeat(200_000) + '</a>'.repeat(200_000);
    expect(() => parseXml(deep)).not.toThrow();
  });
});

describe('what an element holds', () => {
  it('is cut out as it stands there', () => {
    fc.assert(
      fc.property(document, document, (before, inside) => {
        const xml = `<?xml version="1.0"?><s:E><r>${before.replaceAll('<r', '<q').replaceAll('</r', '</q')}</r><r><v>${inside}</v></r></s:E>`;
        expect(innerXmlAt(xml, ['E', 'r', 'v'])).toEqual([inside]);
      }),
    );
  });

  it('is told for each, also where it is empty or nil', () => {
    const xml = '<r><v/><v></v><v xsi:nil="true"/><w><v>no</v></w><v> 1<!-- </v> --><![CDATA[</v>]]> </v></r>';
    expect(innerXmlAt(xml, ['r', 'v'])).toEqual(['', '', null, ' 1<!-- </v> --><![CDATA[</v>]]> ']);
  });
});

it('a text that XML cannot hold is refused', () => {
  expect(() => escaped('a\u0000b')).toThrow(UcmError);
  expect(() => escaped('\ud800')).toThrow(UcmError);
});
