// What it costs to write a run down, per phone: the plans of a fleet told to the real store, without any network, against the same
// rows written once by hand, one commit per phone.
import { many, measure } from './support.mjs';
import { say } from './table.mjs';

const settings = { phones: many(5_000, 50), perSecond: 64 };
const told = await measure('./one-store.mjs', { ...settings, remember: true });
const silent = await measure('./one-store.mjs', { ...settings, remember: false });
if (told.stored.targets !== settings.phones || told.outcomes.join() !== 'done')
  throw new Error(`${JSON.stringify(told)}: not all phones are done`);
const per = (told.cpuMs - silent.cpuMs) / settings.phones;
const byHand = told.byHandMs / settings.phones;
const events = (told.stored.events / settings.phones).toFixed(0);
say({
  ...{ what: `store, CPU a phone of a whole run (${events} events)`, value: per, unit: 'ms' },
  baseline: { what: 'the same rows by hand', value: byHand },
  // Beyond what the same rows take by hand.
  goal: { of: 'value', most: Number((byHand + 0.3).toFixed(2)) },
});
