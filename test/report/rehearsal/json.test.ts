import { describe, expect, it } from '@jest/globals';
import type { Rehearsal } from '../../../src/domain/rehearsal/rehearsal.js';
import { renderRehearsalJson } from '../../../src/report/rehearsal/json.js';
import { holdToSchema } from '../../support/reports/published-schemas.js';
import { playedRehearsal } from './support/played.js';
import { missingLicenses, onePhone, sampleRehearsal, sampleSpread, tooLong } from './support/sample.js';

const read = (json: string): unknown => JSON.parse(json);

describe('a rehearsal as JSON', () => {
  const whole = tooLong({
    spread: sampleSpread,
    licenses: { needed: 2_000, held: 1_988, missing: missingLicenses(12) },
  });

  it('is as its published schema says, and loses nothing', () => {
    for (const rehearsal of [sampleRehearsal(), whole, onePhone()]) {
      const document = read(renderRehearsalJson(rehearsal));
      expect(() => holdToSchema('rehearsal', document)).not.toThrow();
      expect(document).toEqual(rehearsal);
    }
  });

  it('is so of what the runner itself played', async () => {
    for (const given of [[], ['failed:30%', 'size:75MB', 'duration:12m']]) {
      const [rehearsal] = await playedRehearsal(40, given);
      expect(() => holdToSchema('rehearsal', read(renderRehearsalJson(rehearsal)))).not.toThrow();
    }
  });

  it('is refused by the schema where it is not whole, or has more', () => {
    const { nights: _nights, ...without } = whole;
    for (const wrong of [without, { ...whole, more: 1 }, { ...whole, seed: 'seven' }, { ...whole, nights: [] }])
      expect(() => holdToSchema('rehearsal', wrong)).toThrow('rehearsal.schema.json');
  });

  it('is the same text whatever the order of its keys was, with the schema first', () => {
    const json = renderRehearsalJson(whole);
    expect(renderRehearsalJson(backwards(whole) as Rehearsal)).toBe(json);
    expect(json).toMatch(/^\{\n {2}"schema": "fleet-migrate\/rehearsal@1",\n {2}"id": /);
    expect(json.endsWith('\n}\n')).toBe(true);
  });

  it('holds no character that a terminal would act on', () => {
    const json = renderRehearsalJson(sampleRehearsal({ profile: '\x9b31m\u202e' }));
    expect(json).toContain(String.raw`"profile": "\u009b31m\u202e"`);
  });
});

/** The same with the keys of its own objects the other way round; of records by outcome, code or source the order is what is told. */
function backwards(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => backwards(one));
  if (typeof value !== 'object' || value === null || ['byOutcome', 'failures', 'timesFrom'].includes(key)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, backwards(inner, name)]),
  );
}
