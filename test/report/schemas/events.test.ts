import { expect, it } from '@jest/globals';
import { runEvents } from '../../../src/domain/report/events.js';
import { holdToSchema } from '../../support/reports/published-schemas.js';
import { publishedSchema } from '../../../src/report/schemas/published.js';

it('every event that there is has its place in the published schema', () => {
  const { oneOf } = publishedSchema('events') as { oneOf: { properties: { event: { const: string } } }[] };
  expect(oneOf.map(({ properties }) => properties.event.const).sort()).toEqual(Object.keys(runEvents).sort());
  const paused = { event: 'paused', at: '2026-01-31T22:14:05.000Z', address: null, mac: null, by: 'the dashboard' };
  expect(() => holdToSchema('events', paused)).not.toThrow();
});
