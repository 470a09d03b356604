import { expect, it } from '@jest/globals';
import { everything, hashOf, viewOf } from '../../../../src/report/html/page/choose.js';

it('says all that is shown in an address, and reads it back', () => {
  const told = {
    view: { ...everything, q: 'a & b', is: { outcome: 'failed' }, code: 'busy', isUrgent: true, sort: 'mac' as const },
    phones: ['00CCFC000001', '10.0.0.7'],
  };
  expect(hashOf(told)).toBe(
    '#q=a+%26+b&outcome=failed&code=busy&urgent=yes&sort=mac&phone=00CCFC000001&phone=10.0.0.7',
  );
  expect(viewOf(hashOf(told))).toEqual(told);
});

it('takes an address without a choice for everything, and the name of a place for none', () => {
  expect(hashOf({ view: everything, phones: [] })).toBe('');
  expect(viewOf('')).toEqual({ view: everything, phones: [] });
  expect(viewOf('#phones')).toBeNull();
});

it('knows a phone by its MAC, however that is written', () => {
  expect(viewOf('#phone=00:cc:fc:00:00:0a')?.phones).toEqual(['00CCFC00000A']);
});
