import { expect, it } from '@jest/globals';
import type { PageColumn } from '../../../../src/report/html/page-row.js';
import { inOrder } from '../../../../src/report/html/page/order.js';
import { pageRow } from '../../../../src/report/html/rows.js';
import { phonesByReport } from '../../../../src/domain/report/story/story.js';
import { samplePhone } from '../../support/sample.js';

/** The values of a column, ordered by it. */
function ordered(column: PageColumn, values: readonly string[], isDescending = false): string[] {
  const [row] = phonesByReport({ phones: [samplePhone()] }).map((told) => pageRow(told));
  const rows = values.map(
    (value) => ({ ...row, cells: { ...row?.cells, [column]: value } }) as NonNullable<typeof row>,
  );
  return inOrder(rows, column, isDescending).map(({ cells }) => cells[column]);
}

it.each<[PageColumn, string[]]>([
  // Hexadecimal digits: no run of them is a number of its own.
  ['mac', ['00CCFC0A12E8', '00CCFC0A8EB0', '00CCFC0AA000', '00CCFC100000', 'A0F84900B349']],
  ['address', ['10.0.0.9', '10.0.0.10', '10.0.0.10:8080', '10.0.1.1', 'phone-9.example.com', 'phone-10.example.com']],
  [
    'firmware',
    [
      'sip78xx.11-0-1MPP-376',
      'sip88xx.11-3-2MPP0001-609',
      'sip8845_65.12-0-3MPP0001-87',
      'sip88xx.12-0-3MPP0101-92',
      'sip78xx.14-1-1MN-366',
      'sip88xx.14-2-1-0101-26',
      'some other text',
    ],
  ],
  ['wave', ['1', '2', '10']],
  ['site', ['Building 9', 'Building 10']],
])('orders a column by what it is: %s', (column, values) => {
  expect(ordered(column, [...values].reverse())).toEqual(values);
  expect(ordered(column, values, true)).toEqual([...values].reverse());
});

it('has those of which it is not known last, whichever way', () => {
  expect(ordered('verdict', ['-', 'needs-upgrade', '', 'eligible'])).toEqual(['eligible', 'needs-upgrade', '-', '']);
  expect(ordered('verdict', ['-', 'eligible', 'needs-upgrade'], true)).toEqual(['needs-upgrade', 'eligible', '-']);
});
