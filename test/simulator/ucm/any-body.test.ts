import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWellFormed, rawInside } from '../../../src/simulator/ucm/soap/tags.js';
import { readXml } from '../../../src/simulator/ucm/soap/read.js';
import { axlEnvelope, type Cluster, cluster, serviceEnvelope } from './support/cluster.js';

let lab: Cluster;
beforeAll(async () => {
  lab = await cluster([{ model: '8841', mac: '00CCFC123456', load: 'sip88xx.14-2-1-0101-26' }], {
    flags: { risPerMinute: 0 },
  });
});
afterAll(() => lab.close());

const authorization = `Basic ${Buffer.from('fleet-migrate:cucm-axl-1').toString('base64')}`;
const PATHS = [
  '/axl/',
  '/realtimeservice2/services/RISService70',
  '/controlcenterservice2/services/ControlCenterServices',
];
const piece = fc.constantFrom(
  '<a>',
  '</a>',
  '<name>',
  '</name>',
  'SEP00CCFC123456',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '&',
  '&amp;',
  '<!DOCTYPE x [',
  '<__proto__/>',
  '<constructor x="1"/>',
  '\0',
  '<vendorConfig>',
  '</vendorConfig>',
  '<uuid/>',
);
const inner = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const operation = fc.constantFrom(
  'getPhone',
  'updatePhone',
  'listPhone',
  'executeSQLQuery',
  'constructor',
  'selectCmDevice',
);
const body = fc.oneof(
  fc.string(),
  fc.tuple(operation, inner).map(([name, xml]) => axlEnvelope(name, xml)),
  fc.tuple(operation, inner).map(([name, xml]) => serviceEnvelope(`<s:${name}>${xml}</s:${name}>`)),
);

it('answers whatever it is sent, and goes on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...PATHS), body, async (path, text) => {
      const { status } = await lab.send(path, text, { authorization, soapaction: 'CUCM:DB ver=14.0' });
      expect(status).toBeGreaterThanOrEqual(200);
    }),
    { numRuns: 60 },
  );
  expect((await lab.axl('getPhone', '<name>SEP00CCFC123456</name>')).status).toBe(200);
}, 20_000);

it('answers what is deep, long or cut off', async () => {
  const texts = [
    '<a>'.repeat(100_000),
    `${'<a>'.repeat(500)}${'</a>'.repeat(500)}`,
    axlEnvelope('getPhone', '<name>x').slice(0, 200),
    '&a;'.repeat(10_000),
    `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`,
  ];
  for (const text of texts) expect((await lab.send('/axl/', text, { authorization })).status).toBe(500);
});

it('reads what is well-formed, and nothing else', () => {
  fc.assert(
    fc.property(inner, (text) => {
      const document = `<r>${text}</r>`;
      if (readXml(document) !== null) expect(isWellFormed(document)).toBe(true);
      expect(() => rawInside(document, 'r', 'vendorConfig')).not.toThrow();
    }),
  );
  expect(['<a/>', '<?xml version="1.0"?>\n<a b=\'"\'>&lt;<!-- <b> --></a>\n'].every(isWellFormed)).toBe(true);
  expect(
    ['', '<a>', '<a/><b/>', '<a></b>', 'x<a/>', '<a>&x</a>', '<a b=c/>', '<a b="<"/>', '</a>'].some(isWellFormed),
  ).toBe(false);
});
