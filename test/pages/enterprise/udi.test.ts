import { describe, expect, it } from '@jest/globals';
import { readUdi } from '../../../src/pages/enterprise/udi.js';
import { enterprise } from '../../support/pages/phone-profiles.js';

const read = (text: string) => readUdi(text, enterprise);
const real = 'phone\nCisco IP Phone 8845, Global\nCP-8845\nV00\nPUC193808O5\n';
const known = { productId: 'CP-8845', vid: 'V00', serial: 'PUC193808O5' };

describe('two numbers where the VID stands', () => {
  it('leave it open which is the label’s', () => {
    expect(read('phone\nCisco IP Phone 8811\nCP-8811\nV31\nV09\nFCH2012ABCD')).toEqual({
      productId: 'CP-8811',
      vid: null,
      serial: null,
    });
  });
});

describe('a UDI', () => {
  it('is type, description, PID, VID and serial, each with a line break after it', () => {
    expect(read(real)).toEqual(known);
  });

  it.each([
    ['without the last line break', real.trim()],
    ['with CR LF', real.replaceAll('\n', '\r\n')],
    ['indented', real.replaceAll('\n', '\n   ')],
    ['on one line', real.trim().replaceAll('\n', ' ')],
    ['on one line with commas', 'phone, Cisco IP Phone 8845, CP-8845, V00, PUC193808O5'],
    ['with -K9', real.replace('CP-8845', 'CP-8845-K9')],
  ])('is read %s', (_, text) => {
    expect(read(text)).toMatchObject({ vid: 'V00', serial: 'PUC193808O5' });
  });

  it('has no VID on 6900 phones: the serial follows the PID', () => {
    expect(read('phone\nCisco Unified IP Phone 6941\nCP-6941\nFCH1234ABCD\n')).toEqual({
      productId: 'CP-6941',
      vid: null,
      serial: 'FCH1234ABCD',
    });
    expect(read('phone Cisco Unified IP Phone 6941 CP-6941 FCH1234ABCD').vid).toBeNull();
  });

  it('has no VID where its line is empty or something else', () => {
    expect(read(real.replace('V00', ''))).toEqual({ ...known, vid: null });
    expect(read(real.replace('V00', '1.0'))).toEqual({ ...known, vid: null, serial: null });
  });

  it.each(['', '\n\n', 'phone', 'V03', 'a\nb\nc\nV03\nd'])('says nothing when it is %j', (text) => {
    expect(read(text)).toEqual({ productId: null, vid: null, serial: null });
  });
});
