import { expect, it } from '@jest/globals';
import { phonesByReport } from '../../../../src/domain/report/story/story.js';
import { searched, searchFor } from '../../../../src/report/html/page/search.js';
import { pageRow } from '../../../../src/report/html/rows.js';
import { samplePhone } from '../../support/sample.js';

/** Whether a search finds a phone with that MAC. */
function finds(q: string, mac = '70F096D1768C'): boolean {
  const phones = [samplePhone({ mac, address: '10.0.0.5', serial: 'FCH2012ABCD' })];
  return phonesByReport({ phones })
    .map((told) => pageRow(told))
    .map(searched)
    .every(searchFor(q));
}

it.each([
  ...['70F096D1768C', '70f096d1768c', '70:F0:96:D1:76:8C', '70f0.96d1.768c', '70-F0-96-d1-76-8c', '70 F0 96 D1 76 8C'],
  // While it is typed, or where only its beginning is known.
  ...['70:', '70:f', '70:f0:', '70:f0:96', '70-f0-96', '70-f0-96-', '70f0.', '70f0.96', '96:d1'],
  ...['SEP70F096D1768C', 'sep70f096', '70:f0:96 fch2012 10.0.0.5'],
])('finds a MAC as it is written on labels, switches and Unified CM: %j', (q) => {
  expect(finds(q)).toBe(true);
});

it.each([
  ...['70:F0:96:D1:76:8D', '70f0.96d2', '70-f0-97', 'SEP70F097', '70:f0:96 nobody'],
  // These are versions and addresses, though all of their digits are in the MAC.
  ...['96-d1', '70.f0.96'],
])('does not find another one by %j', (q) => {
  expect(finds(q)).toBe(false);
});

it('takes a version for a version, and no part of a MAC', () => {
  expect(finds('12-0', '00CCFC120000')).toBe(true);
  expect(finds('12-5', '00CCFC125000')).toBe(false);
});
