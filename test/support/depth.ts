import { type Combination, covering } from './covering.js';

/**
 * At which depth the tests run: `npm test` touches every behavior in minutes, `npm run test:deep` tries each as often and in as many
 * combinations as we know. Both run the same tests; they differ only where one of these is called.
 */
export const isDeep = process.env['FLEET_MIGRATE_TEST_DEPTH'] === 'deep';

/** A number, a size or a choice: at quick and at full depth. */
export function runs<const Quick, const Deep>(quick: Quick, deep: Deep): Quick | Deep {
  return isDeep ? deep : quick;
}

/** All combinations at full depth; else as few as contain every two settings that occur together in any of them. */
export function cover<Row extends Combination>(rows: readonly Row[]): readonly Row[] {
  return isDeep ? rows : covering(rows, 2);
}

/** All combinations at full depth; else as few as contain every setting. */
export function coverEach<Row extends Combination>(rows: readonly Row[]): readonly Row[] {
  return isDeep ? rows : covering(rows, 1);
}
