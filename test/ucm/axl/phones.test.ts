import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import type { Ucm, UcmPhone } from '../../../src/ucm/ucm.js';
import { axl, axlFault, htmlError, innerOf, refusal, talk } from '../support/cluster.js';

afterEach(() => {
  nock.cleanAll();
});

const macOf = (nth: number): string => `0011220${nth.toString(16).padStart(5, '0').toUpperCase()}`;
const uuidOf = (nth: number): string => `b4fa8ba2-ccc1-419b-9c3b-${nth.toString(16).padStart(12, '0')}`;

/** A row, as the database gives it: what is empty is an empty element. */
const row = (nth: number, columns: Readonly<Record<string, string>> = {}): string => {
  const all = {
    pkid: uuidOf(nth),
    name: `SEP${macOf(nth)}`,
    description: 'Desk &amp; chair',
    tkmodel: '683',
    devicepool: 'Berlin',
    ownload: '',
    defaultload: 'sip88xx.14-2-1-0101-26',
    ...columns,
  };
  const cells = Object.entries(all).map(([name, text]) => (text === '' ? `<${name}/>` : `<${name}>${text}</${name}>`));
  return `<row>${cells.join('')}</row>`;
};
const rows = (...all: string[]): ReturnType<typeof axl> => axl('executeSQLQuery', all.join(''));

async function listed(ucm: Ucm): Promise<UcmPhone[]> {
  const phones: UcmPhone[] = [];
  for await (const phone of ucm.phones()) phones.push(phone);
  return phones;
}

describe('the phones of a cluster', () => {
  it('are asked for by one query, by the numbers of their models', async () => {
    const { ucm, sent } = talk([rows()]);
    expect(await listed(ucm)).toEqual([]);
    expect(sent[0]!.headers['soapaction']).toBe('"CUCM:DB ver=14.0 executeSQLQuery"');
    expect(innerOf(sent[0]!, 'executeSQLQuery')).toBe(
      '<sql>select first 1000 d.pkid as pkid, d.name as name, d.description as description, d.tkmodel as tkmodel, ' +
        'dp.name as devicepool, d.specialloadinformation as ownload, df.loadinformation as defaultload ' +
        'from device as d ' +
        'left outer join devicepool as dp on dp.pkid = d.fkdevicepool ' +
        'left outer join defaults as df on df.tkmodel = d.tkmodel and df.tkdeviceprotocol = d.tkdeviceprotocol ' +
        'where d.tkmodel in (621, 622, 623, 683, 684, 685, 36213, 36217, 36224, 36225, 36232, 36247, 36248, 36258, 36260) order by d.name</sql>',
    );
  });

  it('are told with the load in force', async () => {
    const { ucm } = talk([rows(row(1), row(2, { ownload: 'sip88xx.12-5-1SR1-4', description: '', devicepool: '' }))]);
    expect(await listed(ucm)).toEqual([
      {
        name: `SEP${macOf(1)}`,
        mac: macOf(1),
        model: '8841',
        devicePool: 'Berlin',
        description: 'Desk & chair',
        load: 'sip88xx.14-2-1-0101-26',
        defaultLoad: 'sip88xx.14-2-1-0101-26',
      },
      expect.objectContaining({ description: '', devicePool: null, load: 'sip88xx.12-5-1SR1-4' }),
    ]);
  });

  it('are named SEP and a MAC; templates and others are passed over', async () => {
    const { ucm } = talk([
      rows(row(1, { name: 'Auto-registration Template' }), row(2, { name: 'SEPAGENT1' }), row(3, { pkid: '' }), row(4)),
    ]);
    expect((await listed(ucm)).map(({ mac }) => mac)).toEqual([macOf(4)]);
  });

  it('have an unknown load where two rows of one differ', async () => {
    const { ucm } = talk([rows(row(1), row(1, { defaultload: 'sip88xx.12-8-1' }), row(2), row(2))]);
    expect((await listed(ucm)).map(({ load }) => load)).toEqual([null, 'sip88xx.14-2-1-0101-26']);
  });

  it('come page by page, each behind the last name of the one before', async () => {
    const page = Array.from({ length: 1_000 }, (_, nth) => row(nth));
    const { ucm, sent } = talk([rows(...page), rows(row(5_000))]);
    expect(await listed(ucm)).toHaveLength(1_001);
    expect(sent).toHaveLength(2);
    expect(sent[1]!.body).toContain(` and d.name &gt; &apos;SEP${macOf(999)}&apos; order by d.name</sql>`);
  });

  it('begin behind a last name of any kind, quoted', async () => {
    const page = Array.from({ length: 999 }, (_, nth) => row(nth));
    const { ucm, sent } = talk([rows(...page, row(9, { name: "it's' or 1=1 --" })), rows()]);
    expect(await listed(ucm)).toHaveLength(999);
    expect(sent[1]!.body).toContain('d.name &gt; &apos;it&apos;&apos;s&apos;&apos; or 1=1 --&apos; order');
  });

  it('are not asked for forever by a cluster that sends the same page again', async () => {
    const page = rows(...Array.from({ length: 1_000 }, (_, nth) => row(nth)));
    const { ucm, sent } = talk([page, page, page]);
    expect(await refusal(listed(ucm))).toMatchObject({ code: 'ucm-unreadable' });
    expect(sent).toHaveLength(2);
  });

  it('come in smaller pages where the result is called too large', async () => {
    const fault = axlFault(
      'Query request too large. Total rows matched: 2816 rows. Suggestive Row Fetch: less than 844 rows',
      -1,
    );
    const { ucm, sent, clock } = talk([fault, rows(row(1))]);
    expect(await listed(ucm)).toHaveLength(1);
    expect(sent.map(({ body }) => /first \d+/.exec(body)?.[0])).toEqual(['first 1000', 'first 843']);
    expect(clock.waits).toEqual([]);
  });

  it('end with a refusal where not even one fits', async () => {
    const fault = (rows: number): ReturnType<typeof axlFault> =>
      axlFault(`Query request too large. Total rows matched: 9 rows. Suggestive Row Fetch: less than ${rows} rows`, -1);
    const { ucm, sent } = talk([fault(5_000), fault(2), fault(0)]);
    expect(await refusal(listed(ucm))).toMatchObject({ code: 'ucm-refused' });
    expect(sent.map(({ body }) => /first \d+/.exec(body)?.[0])).toEqual(['first 1000', 'first 500', 'first 1']);
  });

  it('are waited for while the memory of AXL is taken, within bounds', async () => {
    const fault = axlFault(
      'Maximum AXL Memory Allocation Consumed. Please retry once requests in progress have completed',
      -1,
    );
    const once = talk([fault, fault, rows(row(1))]);
    expect(await listed(once.ucm)).toHaveLength(1);
    expect(once.clock.waits).toEqual([5_000, 10_000]);
    nock.cleanAll();
    const never = talk(
      Array.from({ length: 9 }, () => fault),
      { patienceMs: 40_000 },
    );
    const error = await refusal(listed(never.ucm));
    expect(error).toMatchObject({ code: 'ucm-busy' });
    expect(error.message).toMatch(/did not take executeSQLQuery within 35 s and 4 attempts: Maximum AXL Memory/);
  });

  it.each([
    ['an unknown column', axlFault('Column (loadinformation) not found in any table in the query', 217), 'ucm-refused'],
    ['a query that is not allowed', htmlError(403), 'ucm-role-missing'],
    ['a row without a name', rows(row(1, { name: '' })), 'ucm-unreadable'],
  ])('end with an error for %s', async (_, answer, code) => {
    expect(await refusal(listed(talk([answer]).ucm))).toMatchObject({ code });
  });
});
