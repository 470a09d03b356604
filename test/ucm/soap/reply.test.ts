import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSelectAnswer } from '../../../src/ucm/ris/answer.js';
import { readReply } from '../../../src/ucm/soap/reply.js';
import { UcmError } from '../../../src/ucm/ucm.js';
import { anyText } from '../../support/any-text.js';
import { knowledge, soap } from '../support/cluster.js';

const words = fc.constantFrom(
  '<item>',
  '</item>',
  '<CmNodes>',
  '</CmNodes>',
  '<CmNodes xsi:nil="1"/>',
  '<TotalDevicesFound>3</TotalDevicesFound>',
  '<Name>SEP001122AABBCC</Name>',
  '<Status>Registered</Status>',
  '<CmDevices>',
  '</CmDevices>',
  '<IPAddress>10.0.0.1</IPAddress>',
  '<soapenv:Fault>',
  '</soapenv:Fault>',
  '<faultstring>Query request too large, less than 999999999999 rows</faultstring>',
  '<detail><axlError><axlcode>x</axlcode></axlError></detail>',
);
const inside = fc.array(fc.oneof(words, anyText({ maxLength: 3 }))).map((parts) => parts.join(''));
const text = fc.oneof(
  anyText(),
  inside.map(soap),
  inside.map((xml) =>
    soap(
      `<selectCmDeviceResponse><selectCmDeviceReturn><SelectCmDeviceResult>${xml}</SelectCmDeviceResult></selectCmDeviceReturn></selectCmDeviceResponse>`,
    ),
  ),
);

describe('any response', () => {
  it('is read or refused, and no registration is made of what is none', () => {
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 200, max: 599 }),
        fc.boolean(),
        fc.boolean(),
        (body, status, changes, isTooLong) => {
          const answer = { status, contentType: 'text/xml', text: body, isTooLong, isDamaged: false, cookies: [] };
          try {
            const reply = readReply(answer, { host: 'cucm:8443', operation: 'x', changes }, knowledge);
            if (reply.kind !== 'body') return;
            expect(status).toBeLessThan(300);
            expect(isTooLong).toBe(false);
            const read = readSelectAnswer(reply.body, knowledge);
            for (const { name } of read?.devices ?? []) expect(name).not.toBe('');
          } catch (error) {
            expect(error).toBeInstanceOf(UcmError);
            // A status says it before anything was done; all else leaves open whether a change was made.
            const isRefused = [401, 403, 599].includes(status) || (status >= 300 && status < 400);
            expect((error as UcmError).nothingChanged).toBe(!changes || isRefused);
          }
        },
      ),
    );
  });
});
