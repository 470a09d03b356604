import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expandMacros, phoneMacroValues, unexpandedMacros } from '../../../src/domain/plan/macros.js';

const facts = {
  mac: '00CCFC123456',
  productId: 'CP-8841-3PCC',
  serial: 'FCH2012ABCD',
  softwareVersion: 'sip88xx.12-0-3MPP0001-87',
  hardwareVersion: 'V03',
};
const values = phoneMacroValues(facts, '10.0.0.7');

describe('macros in a rule', () => {
  it.each([
    ['$MA', '00ccfc123456'],
    ['$MAU', '00CCFC123456'],
    ['$MAC', '00:cc:fc:12:34:56'],
    ['$PN', 'CP-8841-3PCC'],
    ['$PSN', '8841-3PCC'],
    ['$SN', 'FCH2012ABCD'],
    ['$SWVER', 'sip88xx.12-0-3MPP0001-87'],
    ['$HWVER', 'V03'],
    ['$IP', '10.0.0.7'],
  ])('%s is %s', (text, expected) => {
    expect(expandMacros(text, values)).toBe(expected);
    expect(expandMacros(`$(${text.slice(1)})`, values)).toBe(expected);
  });

  it('expand inside a URL, several at once', () => {
    expect(expandMacros('https://10.0.0.5:6970/$MAU_M2E.lic', values)).toBe(
      'https://10.0.0.5:6970/00CCFC123456_M2E.lic',
    );
    expect(expandMacros('http://h/$PSN/$MA.cfg', values)).toBe('http://h/8841-3PCC/00ccfc123456.cfg');
    expect(expandMacros('http://h/spa$(MAU)config.cfg', values)).toBe('http://h/spa00CCFC123456config.cfg');
  });

  it('take the longest known name', () => {
    expect(expandMacros('$MAUX $MAX $PSNX $PNX', values)).toBe('00CCFC123456X 00ccfc123456X 8841-3PCCX CP-8841-3PCCX');
  });

  it('take a substring by offset and length', () => {
    expect(expandMacros('$(MAU:6)', values)).toBe('123456');
    expect(expandMacros('$(MAU:0:6)/$(MAU:6:2)', values)).toBe('00CCFC/12');
    expect(expandMacros('[$(MAU:12)][$(MAU:99:3)][$(MAU:10:99)][$(MAU:3:0)]', values)).toBe('[][][56][]');
  });

  it('stay as written when the name is unknown, has no value or is not complete', () => {
    for (const text of [
      '$STRANGE',
      '$(NOPE)',
      '$(NOPE:1:2)',
      '$ma',
      '$',
      '$(',
      '$(MAU',
      '$(MAU:)',
      '$(MAU:x)',
      '$(MAU:-1)',
      '',
    ]) {
      expect(expandMacros(text, values)).toBe(text);
    }
    expect(expandMacros('$EXTIP $UPGERR $A', values)).toBe('$EXTIP $UPGERR $A');
  });

  it('leave a pair of dollar signs and what follows it', () => {
    expect(expandMacros('$$MAU', values)).toBe('$$MAU');
  });

  it('are not expanded again inside a value', () => {
    expect(expandMacros('$PN', { PN: '$MAU', MAU: 'x' })).toBe('$MAU');
  });

  it('do not shorten a known name for want of its value', () => {
    expect(expandMacros('$PSN', { P: 'general purpose' })).toBe('$PSN');
  });

  it('take no value from the prototype of the values', () => {
    expect(expandMacros('$(constructor)$constructor', {})).toBe('$(constructor)$constructor');
  });
});

describe('macros that we cannot expand', () => {
  it('are listed as written, each once', () => {
    expect(unexpandedMacros('http://$SERVIP/$A/$A/$(SN:2)/$MAU', { MAU: 'x' })).toEqual(['$SERVIP', '$A', '$(SN:2)']);
    expect(unexpandedMacros('http://h/$$MAU', values)).toEqual(['$$']);
  });

  it('do not include unknown names, which the phone leaves as written too', () => {
    expect(unexpandedMacros('http://h/$STRANGE/$MAU.lic', values)).toEqual([]);
  });
});

describe('properties of expansion', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        '$MA',
        '$MAU',
        '$MAC',
        '$(SN)',
        '$(SN:1:3)',
        '$(MAU:',
        '$$',
        '$',
        '$(',
        '$EXTIP',
        '$nothing',
        '/',
        '.lic',
      ),
      fc.string(),
    ),
  );

  it('text without a dollar sign is unchanged', () => {
    fc.assert(
      fc.property(fc.string(), (text) => expandMacros(text.replaceAll('$', ''), values) === text.replaceAll('$', '')),
    );
  });

  it('with no values at all every text is unchanged', () => {
    fc.assert(fc.property(pieces, (parts) => expandMacros(parts.join(''), {}) === parts.join('')));
  });

  it('what is left over is exactly what is reported', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        for (const macro of unexpandedMacros(text, values)) expect(expandMacros(text, values)).toContain(macro);
      }),
    );
  });

  it('a substring is a part of the value', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(40), fc.nat(40), (value, from, length) => {
        expect(expandMacros(`$(SN:${from}:${length})`, { SN: value })).toBe(value.substring(from, from + length));
      }),
    );
  });
});
