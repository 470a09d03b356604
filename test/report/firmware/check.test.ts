import { describe, expect, it } from '@jest/globals';
import type { LoadCheck } from '../../../src/domain/firmware/load-check.js';
import { renderFirmwareCheck, renderFirmwareCheckJson } from '../../../src/report/firmware/check.js';

const load: LoadCheck = {
  ...{ load: 'sip88xx.14-2-1-0101-26', loadFamily: 'sip88xx', models: ['8841'], url: 'http://10.0.0.5/x.loads' },
  ...{ ok: true, why: null, warnings: [], images: [{ name: 'a.sbn', bytes: 61e6 }], bytes: 61e6 },
  isSilent: false,
  isUnknown: false,
  signatureVerified: false,
};

describe('the firmware on a file server', () => {
  it('tells what cannot be told of a load although all of it is there', () => {
    const warnings = ['It carries no load name inside.'];
    const check = { files: null, loads: [{ ...load, warnings }] };
    expect(renderFirmwareCheck(check)).toMatch(
      /sip88xx\.14-2-1-0101-26 +8841 +yes +1 +61 MB +It carries no load name inside\.$/m,
    );
    expect(JSON.parse(renderFirmwareCheckJson(check))).toMatchObject({ loads: [{ ok: true, why: null, warnings }] });
  });

  it('counts what cannot be relied on, and says that no signature was verified', () => {
    const missing: LoadCheck = { ...load, ok: false, why: 'It is not there.', images: [], bytes: null };
    const text = renderFirmwareCheck({ files: null, loads: [load, missing] });
    expect(text).toMatch(/no +- +- +It is not there\.$/m);
    expect(text).toMatch(
      /1 of 2 loads cannot be relied on\. Signatures were not verified: only phones hold the keys\.$/m,
    );
  });
});
