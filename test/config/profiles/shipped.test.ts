import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { shippedProfilesDir } from '../../../src/config/profiles/shipped.js';

it('the shipped profiles lie beside package.json', () => {
  expect(existsSync(join(shippedProfilesDir(), 'models.yaml'))).toBe(true);
  expect(existsSync(join(shippedProfilesDir(), '..', 'package.json'))).toBe(true);
});
