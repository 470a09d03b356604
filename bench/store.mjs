// What it costs to write a run down, per phone: the plans of a fleet told to the real store, without any network, against the same
// rows written once by hand, one commit per phone.
import { measure, say } from './support.mjs';

const settings = { phones: 5_000, perSecond: 64 };
const told = await measure('./one-store.mjs', { ...settings, remember: true });
const silent = await measure('./one-store.mjs', { ...settings, remember: false });
if (told.stored.targets !== settings.phones || told.outcomes.join() !== 'done')
  throw new Error(`${JSON.stringify(told)}: not all phones are done`);
const per = (told.cpuMs - silent.cpuMs) / settings.phones;
const byHand = told.byHandMs / settings.phones;
say(
  `store, CPU per phone of a whole run (${(told.stored.events / settings.phones).toFixed(0)} events)`,
  `${per.toFixed(2)} ms`,
  `rows by hand ${byHand.toFixed(2)} ms`,
  `${(per / byHand).toFixed(1)}x`,
  '< 0.3 ms',
);
