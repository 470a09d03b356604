import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatEvent, renderNdjson } from '../../../src/report/formats/ndjson.js';
import { samplePhone, sampleReport } from '../support/sample.js';
import { anyText } from '../../support/any-text.js';

const at = '2026-01-31T22:14:05.000Z';

describe('an event line', () => {
  it('has the fixed keys first and one line feed at the end', () => {
    expect(formatEvent({ model: '8841', mac: '00CCFC123456', address: '10.0.0.5', at, event: 'identified' })).toBe(
      `{"event":"identified","at":"${at}","address":"10.0.0.5","mac":"00CCFC123456","model":"8841"}\n`,
    );
  });

  it('shows errors and big integers, which JSON cannot', () => {
    const error = Object.assign(new Error('gone'), { code: 'ECONNRESET' });
    expect(formatEvent({ event: 'lost', at, address: null, mac: null, error, bytes: 10n })).toBe(
      `{"event":"lost","at":"${at}","address":null,"mac":null,"error":{"code":"ECONNRESET","message":"gone"},"bytes":"10"}\n`,
    );
  });

  it('is one line whatever a phone says', () => {
    fc.assert(
      fc.property(anyText(), (says) => {
        const line = formatEvent({ event: 'status', at, address: '10.0.0.5', mac: null, says });
        expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(line.endsWith('}\n')).toBe(true);
      }),
    );
  });
});

describe('the end of an event stream', () => {
  it('is one line with the run and its totals', () => {
    const report = sampleReport([samplePhone()], { noAnswer: { 'connect-timeout': 2 } });
    const [line = '', ...others] = [...renderNdjson(report)];
    expect(others).toEqual([]);
    const { run, totals } = report;
    expect(JSON.parse(line)).toEqual({ event: 'report', at: run.finishedAt, address: null, mac: null, run, totals });
  });
});
