import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UcmError } from '../../src/ucm/ucm.js';
import { vendorSetting, vendorTag, withVendorSetting } from '../../src/ucm/vendor-config.js';
import { anyText } from '../support/any-text.js';

/** What stands around a setting, as any phone might have it. */
const around = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n  ',
        '<!-- <webAccess>7</webAccess> -->',
        '<![CDATA[<webAccess>]]>',
        '<group><webAccess>8</webAccess></group>',
        '<webAccessX>1</webAccessX>',
        "<sshAccess a='>'>0</sshAccess>",
        '<empty/>',
        '<x a="&lt;webAccess&gt;" />',
        '&#233;',
      ),
      anyText({ maxLength: 8 }).map((text) => text.replace(/[<&]/g, '')),
    ),
  )
  .map((parts) => parts.join(''));
const value = anyText({ maxLength: 8 }).map((text) => text.replace(/[<&]/g, ''));

describe('one setting of the vendor configuration', () => {
  it.each([
    ['<webAccess>1</webAccess>', '1'],
    ['<a/><webAccess >0</webAccess >', '0'],
    ['<webAccess/>', ''],
    ['<webAccess></webAccess>', ''],
    ['<webAccess>\n 1 &amp; </webAccess>', '\n 1 &amp; '],
  ])('in %s is %j', (xml, expected) => {
    expect(vendorSetting(xml, 'webAccess')).toBe(expected);
  });

  it.each(['', '<webaccess>1</webaccess>', '<g><webAccess>1</webAccess></g>', '<!--<webAccess>1</webAccess>-->'])(
    'is not in %j',
    (xml) => {
      expect(vendorSetting(xml, 'webAccess')).toBeNull();
    },
  );

  it('is read where it was put, and every other byte stays', () => {
    fc.assert(
      fc.property(around, around, value, value, (before, behind, old, next) => {
        const xml = `${before}<webAccess>${old}</webAccess>${behind}`;
        const changed = withVendorSetting(xml, 'webAccess', next);
        expect(changed).toBe(`${before}<webAccess>${next}</webAccess>${behind}`);
        expect(vendorSetting(changed, 'webAccess')).toBe(next);
        expect(withVendorSetting(changed, 'webAccess', old)).toBe(xml);
      }),
    );
  });

  it('is added at the end where there is none', () => {
    fc.assert(
      fc.property(around, value, (xml, next) => {
        const changed = withVendorSetting(xml, 'webAccess', next);
        expect(changed).toBe(`${xml}<webAccess>${next}</webAccess>`);
        expect(vendorSetting(changed, 'webAccess')).toBe(next);
      }),
    );
  });

  it('is opened where it is one empty tag, with what else that says', () => {
    expect(withVendorSetting('<a/><webAccess x="/>" /><b/>', 'webAccess', '0')).toBe(
      '<a/><webAccess x="/>">0</webAccess><b/>',
    );
  });

  it.each([
    ['twice', '<webAccess>0</webAccess><webAccess/>', /holds webAccess more than once, so it is left alone/],
    ['in what is cut off', '<webAccess>0</webAcc', /not well-formed XML, so it is left alone/],
    ['in what is closed in another order', '<a><webAccess></a></webAccess>', /not well-formed/],
  ])('%s is left alone', (_, xml, expected) => {
    expect(() => withVendorSetting(xml, 'webAccess', '1')).toThrow(expected);
    expect(() => vendorSetting(xml, 'webAccess')).toThrow(UcmError);
  });

  it('is a value, or that there is none, or a refusal, of any text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), around), (xml) => {
        try {
          withVendorSetting(xml, 'webAccess', '0');
        } catch (error) {
          expect(error).toBeInstanceOf(UcmError);
        }
      }),
    );
  });

  it('has the name that is used, of several', () => {
    expect(vendorTag('<b>1</b>', ['a', 'b'])).toBe('b');
    expect(vendorTag('<c/>', ['a', 'b'])).toBe('a');
    expect(() => vendorTag('<a/><b/>', ['a', 'b'])).toThrow(/a and b more than once/);
  });
});
