import { expect, it } from '@jest/globals';
import { renderCsv } from '../../../src/report/formats/csv.js';
import { renderJson } from '../../../src/report/formats/json.js';
import { samplePhone } from '../../report/support/sample.js';
import { describeStores, rowsOf } from '../support/open-test-store.js';
import { newRun, storeRun } from '../support/samples.js';
import { testStart } from '../support/standing-clock.js';
import { storedPhone } from '../support/stored-phones.js';

/** What a phone said in the first of two runs, and in the second. */
const before = samplePhone({ outcome: 'done', touched: true, site: 'HQ' });
const after = samplePhone({
  address: '10.0.0.77',
  family: 'enterprise',
  productId: 'CP-8841',
  vid: null,
  serial: 'FCH\u0000\u202e',
  softwareVersion: 'sip88xx.14-2-1-0101-26',
  hardwareVersion: '',
  transitionAuthorizationType: null,
  returnWithoutLicense: 'unknown',
  eligibility: null,
  outcome: 'failed',
  touched: true,
  failure: { code: 'wrong-load', message: 'It runs another.', hint: 'Look.' },
});

/** The row of `phones` as 0.1.0 wrote it. */
const phoneRow = {
  mac: '00CCFC123456',
  address: '10.0.0.77',
  family: 'enterprise',
  model: '8841',
  product_id: 'CP-8841',
  vid: null,
  serial: 'FCH\ufffd\u202e',
  software_version: 'sip88xx.14-2-1-0101-26',
  hardware_version: '',
  transition_authorization_type: null,
  return_without_license: 'unknown',
  verdict: null,
  outcome: 'failed',
  failure_code: 'wrong-load',
  last_run: 'run-2',
  first_seen_at: testStart,
  last_seen_at: testStart,
};

/** The rows of `phone_history`: field, before, after. */
const historyRows = [
  ['address', '10.0.0.5', '10.0.0.77'],
  ['family', 'multiplatform', 'enterprise'],
  ['productId', 'CP-8841-3PCC', 'CP-8841'],
  ['vid', 'V03', null],
  ['serial', 'FCH2012ABCD', 'FCH\ufffd\u202e'],
  ['softwareVersion', 'sip88xx.12-0-3MPP0001-87', 'sip88xx.14-2-1-0101-26'],
  ['hardwareVersion', 'V03', ''],
  ['transitionAuthorizationType', 'Classic', null],
  ['returnWithoutLicense', 'yes', 'unknown'],
  ['verdict', 'eligible', null],
];

/** The JSON of a phone's report in `targets`. */
const reportText =
  '{"address":"10.0.0.77","mac":"00CCFC123456","family":"enterprise","model":"8841","productId":"CP-8841","vid":null,' +
  '"serial":"FCH\\u0000\u202e","softwareVersion":"sip88xx.14-2-1-0101-26","hardwareVersion":"",' +
  '"transitionAuthorizationType":null,"returnWithoutLicense":"unknown","eligibility":null,"plan":[],"changes":[],' +
  '"outcome":"failed","touched":true,"failure":{"code":"wrong-load","message":"It runs another.","hint":"Look."},' +
  '"evidence":[],"startedAt":"2026-01-31T22:14:05.000Z","durationMs":1250,"site":null,"note":null,' +
  '"nextAttemptAt":null,"named":false}';

describeStores('what a store holds of a phone', (useStore) => {
  const test = useStore();
  const rows = <Row extends object>(sql: string, ...values: unknown[]): Promise<Row[]> =>
    rowsOf<Row>(test.path, sql, ...values);

  it('is what 0.1.0 wrote, byte by byte', async () => {
    await storeRun(test.store, 'run-1', [before]);
    await storeRun(test.store, 'run-2', [after]);
    expect(await rows('select * from phones')).toEqual([phoneRow]);
    expect(
      (await rows<Record<string, unknown>>('select * from phone_history'))
        .map(({ field, before: was, after: is }) => [field, was, is])
        .toSorted(),
    ).toEqual(historyRows.toSorted());
    expect(await rows("select report from targets where run_id = 'run-2'")).toEqual([{ report: reportText }]);
  });

  it('gives the same report again, as JSON and CSV', async () => {
    await storeRun(test.store, 'run-1', [before]);
    await storeRun(test.store, 'run-2', [after]);
    const report = await test.store.report('run-2');
    expect([...renderJson(report)].join('')).toContain(
      `"phones": [\n    ${JSON.stringify(JSON.parse(reportText), null, 2).replaceAll('\n', '\n    ').replace('\u202e', '\\u202e')}\n  ]`,
    );
    expect([...renderCsv(report)].join('').split('\r\n')[1]).toBe(
      '10.0.0.77,00CCFC123456,enterprise,8841,CP-8841,,FCH\\x00\\u202e,sip88xx.14-2-1-0101-26,,,unknown,,,,,,,failed,yes,' +
        'wrong-load,It runs another.,Look.,,2026-01-31T22:14:05.000Z,1250,,,no,,,,,,,,,,,,,',
    );
  });

  it('is read from rows that 0.1.0 wrote', async () => {
    await test.store.beginRun(newRun('run-2'));
    const insert = async (table: string, row: object): Promise<void> => {
      const marks = Object.keys(row).map(() => '?');
      await rows(
        `insert into ${table} (${Object.keys(row).join(', ')}) values (${marks.join(', ')})`,
        ...(Object.values(row) as unknown[]),
      );
    };
    await insert('phones', phoneRow);
    const target = { run_id: 'run-2', key: '10.0.0.77', address: '10.0.0.77', mac: phoneRow.mac, state: 'failed' };
    await insert('targets', { ...target, outcome: 'failed', touched: 1, updated_at: testStart, report: reportText });
    expect((await test.store.report('run-2')).phones).toEqual([after]);
    expect(await storedPhone(test.path, phoneRow.mac)).toEqual({
      mac: phoneRow.mac,
      address: '10.0.0.77',
      family: 'enterprise',
      model: '8841',
      productId: 'CP-8841',
      vid: null,
      serial: 'FCH\ufffd\u202e',
      softwareVersion: 'sip88xx.14-2-1-0101-26',
      hardwareVersion: '',
      transitionAuthorizationType: null,
      returnWithoutLicense: 'unknown',
      verdict: null,
      outcome: 'failed',
      failureCode: 'wrong-load',
      lastRun: 'run-2',
      firstSeenAt: testStart,
      lastSeenAt: testStart,
    });
  });
});
