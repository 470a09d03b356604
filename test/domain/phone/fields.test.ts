import { describe, expect, it } from '@jest/globals';
import { fieldNames, phoneFields, shownNames } from '../../../src/domain/phone/fields.js';

describe('the fields of a phone', () => {
  it('stand in the order of the report, which readers of CSV count on', () => {
    expect(fieldNames).toEqual([
      ...['address', 'mac', 'family', 'model', 'productId', 'vid', 'serial', 'softwareVersion', 'hardwareVersion'],
      ...['transitionAuthorizationType', 'returnWithoutLicense'],
    ]);
  });

  it('each have a column of their own in the store', () => {
    const columns = fieldNames.map((name) => phoneFields[name].column);
    expect(new Set(columns).size).toBe(columns.length);
  });

  it('are bounded where a phone may say what it likes', () => {
    for (const name of shownNames) expect(phoneFields[name].longest).toBeGreaterThan(0);
  });
});
