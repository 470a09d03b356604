import { describe, expect, it } from '@jest/globals';
import { withConfigKeys } from '../../../scripts/docs/config-keys.js';
import { optionTable } from '../../../src/conduct/options/table.js';

describe('the tables of keys in docs/configuration.md', () => {
  it('need their marks', () => {
    expect(() => withConfigKeys('no marks', optionTable)).toThrow('marks');
  });
});
