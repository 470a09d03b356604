import { describe, expect, it } from '@jest/globals';
import { readStatusXml } from '../../../src/pages/cross-check/status-xml.js';
import { readXml, wholeXmlPart } from '../../../src/pages/xml/read.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

describe('XML whose tags do not pair', () => {
  const xml = (product: string): string => `<status><Product_Name>CP-8841-3PCC</Product_Name>${product}</status>`;

  it('is not read: a text would stand under the name of another', () => {
    const read = (product: string) =>
      readStatusXml(xml(`<MAC_Address>00CCFC123456</MAC_Address>${product}`), multiplatform);
    expect(read('<Serial_Number>FCH1</Serial_Number>')?.admin.productInformation.serial).toBe('FCH1');
    expect(read('<Serial_Number>V07</Hardware_Version>')).toBeNull();
  });

  it.each([
    ['<a><b/><c x="1>2"></c></a>', { b: '', c: '' }],
    ['<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b>">]><a><!-- <b> --><![CDATA[<c>]]></a>', { a: '<c>' }],
    ['<!DOCTYPE x [<!ENTITY a "<b></b>">]><a>&a;</a>', { a: '&a;' }],
    ['<a>1<?php if (2 > 1) ?> > 0 & more</a><n:B c=1 d>2</n:B>', { a: '1 > 0 & more', b: '2' }],
    ['<a><b>1</b><c>cut off', { b: '1' }],
    ['<a><b>1</b><c x="cut off', { b: '1' }],
  ])('is not this: %s', (text, leaves) => {
    expect(Object.fromEntries(readXml(text).map((leaf) => [leaf.tag, leaf.text]))).toEqual(leaves);
  });

  it.each([
    'no tag at all',
    '<a></b>',
    '<a></a></a>',
    '<a <b></b>',
    '<a x="></a>',
    '<a x="<"></a>',
    '<a x=1">1</a>',
    '<a">1</a>',
    '<a/b="2">1</a>',
    '<a>1</ a>',
    '<a>1</></a>',
    '<a>1<//b></a>',
    '<a>1 < 2</a>',
    '<a>1<!-- 2</a>',
    '<a>1<!-->2</a>',
    '<a>1<!>2</a>',
    '<a>1<![CDATA[2</a>',
    '<a>1<?php 2</a>',
    '<!DOCTYPE a [<a>1</a>',
    `${'<a>'.repeat(500)}${'</a>'.repeat(500)}`,
  ])('%s', (text) => {
    expect(readXml(text)).toEqual([]);
  });

  it('costs time in proportion to its length', () => {
    for (const piece of ['<!--', '<a>', '<a x="', '<!DOCTYPE [', '<![CDATA[', '</a>', '<?', '<a b', '<a/>']) {
      const begin = process.cpuUsage();
      readXml(`${piece.repeat(150_000)}</a>`);
      expect(process.cpuUsage(begin).user / 1000).toBeLessThan(2_000);
    }
  });
});

describe('the part of an XML document that is surely whole', () => {
  it.each([
    ['<a><b>x</b><c>y', '<a><b>x</b>'],
    ['<a><b>x</b><c>y</', '<a><b>x</b>'],
    ['<a><b>x</b></a>\n', '<a><b>x</b></a>'],
    ['<a>', ''],
  ])('%s', (xml, expected) => {
    expect(wholeXmlPart(xml)).toBe(expected);
  });
});
