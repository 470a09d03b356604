import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { like } from '../../../src/simulator/ucm/sql/like.js';
import { parseQuery } from '../../../src/simulator/ucm/sql/parse.js';
import { SqlError } from '../../../src/simulator/ucm/sql/query.js';
import { type Cluster, cluster, textIn, textsIn } from './support/cluster.js';

let lab: Cluster;
beforeAll(async () => {
  lab = await cluster(
    [
      { model: '8841', mac: '00CCFC000003', load: 'sip88xx.14-1-1MN-366', ucm: { pool: 'HQ', description: "O'Hara" } },
      { model: '7841', mac: '00CCFC000001', load: 'sip78xx.14-2-1-0101-26', ucm: { pool: 'Branch' } },
      { model: '8851', mac: '00CCFC000002', load: 'sip88xx.14-2-1-0101-26', ucm: { pool: 'HQ' } },
    ],
    { devices: [{ name: 'CSFALICE', model: 'Softphone', number: 503, pool: 'HQ', description: '', load: '' }] },
  );
});
afterAll(() => lab.close());

/** As a client lists phones: with model, pool, own and default load. */
const LISTING =
  'select first 10 d.pkid as pkid, d.name as name, tm.name as product, dp.name as devicepool, ' +
  'd.specialloadinformation as ownload, df.loadinformation as defaultload from device as d ' +
  'left outer join typemodel as tm on tm.enum = d.tkmodel left outer join devicepool as dp on dp.pkid = d.fkdevicepool ' +
  'left outer join defaults as df on df.tkmodel = d.tkmodel and df.tkdeviceprotocol = d.tkdeviceprotocol ' +
  "where d.tkmodel in (683, 622) and d.name > 'SEP00CCFC000000' order by d.name";

describe('executeSQLQuery', () => {
  it('joins phones with their model, pool and loads', async () => {
    const { body } = await lab.sql(LISTING);
    expect(textsIn(body, 'name')).toEqual(['SEP00CCFC000001', 'SEP00CCFC000003']);
    expect(textsIn(body, 'product')).toEqual(['Cisco 7841', 'Cisco 8841']);
    expect(textsIn(body, 'devicepool')).toEqual(['Branch', 'HQ']);
    expect(textsIn(body, 'ownload')).toEqual(['', 'sip88xx.14-1-1MN-366']);
    expect(textsIn(body, 'defaultload')).toEqual(['sip78xx.14-2-1-0101-26', 'sip88xx.14-2-1-0101-26']);
    expect(textIn(body, 'pkid')).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  });

  it.each([
    ["select name from device where description = 'O''Hara'", ['SEP00CCFC000003']],
    ['select skip 1 first 1 name from device order by name desc', ['SEP00CCFC000002']],
    ["select name from device where name like 'SEP%2'", ['SEP00CCFC000002']],
    ["select d.name from device d, typemodel t where t.enum = d.tkmodel and t.name = 'Softphone'", ['CSFALICE']],
    ['select name from device where specialloadinformation is not null', ['SEP00CCFC000003']],
    ["select name from device where name = 'CSFALICE' or tkmodel = 684", ['SEP00CCFC000002', 'CSFALICE']],
    [
      'select d.name from device d inner join typeproduct p on p.enum = d.tkproduct where p.enum = 509 and (d.tkmodel <> 1)',
      ['SEP00CCFC000001'],
    ],
    ['select name from device where tkmodel not in (683, 684, 503)', ['SEP00CCFC000001']],
    ['select distinct p.name from device d join devicepool p on p.pkid = d.fkdevicepool', ['HQ', 'Branch']],
  ])('%s', async (query, names) => {
    const answer = await lab.sql(query);
    expect([answer.status, textsIn(answer.body, 'name')]).toEqual([200, names]);
  });

  it('counts, and finds nothing', async () => {
    expect(textIn((await lab.sql('select count(*) from device')).body, 'count')).toBe('4');
    expect((await lab.sql('select name from device where tkmodel = 1')).body).toContain('<return></return>');
  });

  it.each([
    ['drop table device', '201'],
    ['select', '201'],
    ["select name from device where name = 'open", '201'],
    ['update device set name = 1', '201'],
    ['select name from nowhere', '206'],
    ['select nothing from device', '217'],
    ['select d.name from device d order by d.nothing', '217'],
    [
      'select a.name from device a, device b, device c, device d, device e, device f, device g, device h, device i, device j',
      '201',
    ],
  ])('%s is a fault', async (query, code) => {
    expect(textIn((await lab.sql(query)).body, 'axlcode')).toBe(code);
  });

  it('refuses parentheses without an end', async () => {
    const { body } = await lab.sql(`select name from device where ${'('.repeat(5000)}`);
    expect(textIn(body, 'axlcode')).toBe('201');
  });
});

it('reads any text as a query, or refuses it', () => {
  const word = fc.constantFrom(
    'select',
    'first',
    '1',
    '*',
    'from',
    'device',
    'd',
    'where',
    'and',
    'or',
    '(',
    ')',
    "'x'",
    '=',
    ',',
    '.',
    'in',
    'order by',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')),
      ),
      (text) => {
        try {
          parseQuery(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SqlError);
        }
      },
    ),
  );
});

it('matches % and _ in time that does not explode', () => {
  expect([
    like('SEP1', 'sep%'),
    like('SEP1', 'SEP_'),
    like('SEP', 'SEP_'),
    like('', '%%'),
    like('a.c', 'a_c'),
    like('abc', 'a.c'),
  ]).toEqual([true, true, false, true, true, false]);
  expect(like('a'.repeat(2000), `${'%a'.repeat(300)}%b`)).toBe(false);
});
