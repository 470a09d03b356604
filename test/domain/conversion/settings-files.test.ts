import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { loadSettingsFiles } from '../../../src/config/profiles/settings-files.js';
import {
  askedSettings,
  defaultLoadsXml,
  multiplatformXml,
  phoneXml,
} from '../../../src/domain/conversion/settings-files.js';

const files = loadSettingsFiles();

describe('the settings file that a path names', () => {
  it.each([
    ['XMLDefault.cnf.xml', 'default-loads', null, null],
    ['some/folder/xmldefault.CNF.xml', 'default-loads', null, null],
    ['SEP00CCFC123456.cnf.xml', 'phone', '00CCFC123456', null],
    ['sep00ccfc123456.cnf.xml', 'phone', '00CCFC123456', null],
    ['8851-3PCC.xml', 'multiplatform', null, '8851'],
    ['8851nr-3pcc.xml', 'multiplatform', null, '8851NR'],
    ['CP-8832-3PCC-NR.xml', 'multiplatform', null, '8832'],
    ['Cisco/CP-8851-3PCC/001234ab45de.cfg', 'multiplatform', '001234AB45DE', '8851'],
    ['SEP00CCFC123456.cnf.xml.sgn', 'signed', '00CCFC123456', null],
    ['SEP00CCFC123456.cnf.xml.enc.sgn', 'signed', '00CCFC123456', null],
    ['XMLDefault.cnf.xml.sgn', 'signed', null, null],
  ])('%s', (path, kind, mac, model) => {
    expect(askedSettings(path, files)).toEqual({ kind, mac, model });
  });

  it.each([
    'sip88xx.12-0-3MPP0001-87.loads',
    'ITLSEP00CCFC123456.tlv',
    '00CCFC123456.lic',
    'SEP00CCFC.cnf.xml',
    '8851.xml',
    '001234ab45de.cfg',
    '',
  ])('%s is another file', (path) => {
    expect(askedSettings(path, files)).toBeNull();
  });

  it('is read from any path, and never throws', () => {
    fc.assert(fc.property(fc.string(), (path) => void askedSettings(path, files)));
  });
});

describe('what is written into it', () => {
  const load = 'sip88xx.12-0-3MPP0001-87';

  it('is the load of one model, under the number that Unified CM gives it', () => {
    expect(defaultLoadsXml(files, { model: '8841', number: 683, load })).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Default>\n  <loadInformation683 model="Cisco 8841">${load}</loadInformation683>\n</Default>\n`,
    );
  });

  it('is the load of one phone', () => {
    expect(phoneXml(files, load)).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<device>\n  <loadInformation>${load}</loadInformation>\n</device>\n`,
    );
  });

  it('is what a Multiplatform phone is to fetch, with macros left to it', () => {
    const rules = [
      { tag: 'Upgrade_Rule', text: `http://10.0.0.5:6970/${load}.loads` },
      { tag: 'Trans_Auth_Rule', text: 'http://10.0.0.5:6970/$MAU.lic?a=1&b=2' },
      { tag: 'Trans_Auth_Type', text: 'Classic' },
    ];
    expect(multiplatformXml(files, rules)).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<device>',
        '  <flat-profile>',
        `    <Upgrade_Rule ua="na">http://10.0.0.5:6970/${load}.loads</Upgrade_Rule>`,
        '    <Trans_Auth_Rule ua="na">http://10.0.0.5:6970/$MAU.lic?a=1&amp;b=2</Trans_Auth_Rule>',
        '    <Trans_Auth_Type ua="na">Classic</Trans_Auth_Type>',
        '  </flat-profile>',
        '</device>',
        '',
      ].join('\n'),
    );
  });

  it('is read back as it was, whatever it is', () => {
    const readBack = (xml: string) => {
      const document = parseDocument(xml, { xmlMode: true });
      const texts: string[] = [];
      const walk = (nodes: typeof document.children): void => {
        for (const node of nodes) {
          if (node.type === 'tag') {
            texts.push(node.name, ...Object.values(node.attribs));
            walk(node.children);
          } else if (node.type === 'text' && node.data.trim() !== '') texts.push(node.data);
        }
      };
      walk(document.children);
      return texts;
    };
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~äß$&<>"']{1,40}$/), (any) => {
        fc.pre(any.trim() !== '');
        expect(readBack(phoneXml(files, any))).toEqual(['device', 'loadInformation', any]);
        expect(readBack(defaultLoadsXml(files, { model: any, number: 1, load: 'x' }))).toEqual([
          'Default',
          'loadInformation1',
          `Cisco ${any}`,
          'x',
        ]);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        // What XML cannot have at all.
        expect(phoneXml(files, any)).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
      }),
    );
  });
});
