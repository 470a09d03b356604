// A night that is only rehearsed, as a whole process: the planner and the runner over modeled phones.
import { costOf, cpuInTurn, main, many, measure, peakOf, scratch } from './support.mjs';
import { say } from './table.mjs';

const file = scratch();
const node = process.execPath;
// Thresholds that no draw of luck trips: a night that stops itself would measure nothing.
const usual =
  '--no-config --profile mpp-to-enterprise --waves 1,10,10%,50%,100% --abort-after 50% --max-targets 200000 --at 22:00';
const command = (db, slots, others = '--nights 1') => `rehearse --db ${db} ${usual} --max-upgrading ${slots} ${others}`;

async function audited(phones) {
  const db = file(`${phones}.db`);
  await measure('./audited-store.mjs', { path: db, phones });
  return { db, what: `${phones} phones, one night rehearsed` };
}

{
  const phones = many(10_000, 50);
  const { db, what } = await audited(phones);
  // The last one leaves most phones, so that further nights are played, and others to find out what would fit.
  const leaves = command(db, many(100, 2), '--window 22:00-05:00 --nights 3');
  const [one, three, report] = await cpuInTurn(
    [command(db, 200), leaves, `report --db ${db} --no-config --output json`].map(
      (words) => `${node} ${main} ${words}`,
    ),
    many(3, 1),
    [0, 1],
  );
  const baseline = { what: 'report --output json', value: report / 1_000 };
  const goal = [{ of: 'value', most: 30 }];
  say({ what: `${what}: CPU`, value: one / 1_000, unit: 's', baseline, goal });
  say({ what: `${what}: memory`, value: await peakOf([main, ...command(db, 200).split(' ')]), unit: 'MB' });
  say({
    what: `${phones} phones, three nights that leave some, and advice: CPU`,
    value: three / 1_000,
    unit: 's',
    goal,
  });
}

{
  const { db, what } = await audited(many(100_000, 60));
  const { cpu, peak } = await costOf([main, ...command(db, 2_000).split(' ')]);
  say({ what: `${what}: CPU`, value: cpu, unit: 's' });
  say({ what: `${what}: memory`, value: peak, unit: 'MB' });
}
