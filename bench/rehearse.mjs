// A night that is only rehearsed, as a whole process: the planner and the runner over modeled phones.
import { cpuInTurn, cpuOf, main, many, measure, peakOf, scratch } from './support.mjs';
import { say } from './table.mjs';

const file = scratch();
// Thresholds that no draw of luck trips: a night that stops itself would measure nothing.
const pace = '--waves 1,10,10%,50%,100% --abort-after 50% --max-upgrading';
const command = (db, slots) =>
  `--db ${db} --no-config --profile mpp-to-enterprise ${pace} ${slots} --max-targets 200000 --nights 1`;

for (const [phones, slots, goal] of [
  [many(10_000, 50), 200, [{ of: 'value', most: 30 }]],
  [many(100_000, 60), 2_000, []],
]) {
  const db = file(`${phones}.db`);
  await measure('./audited-store.mjs', { path: db, phones });
  const args = command(db, slots);
  const node = process.execPath;
  const what = `${phones} phones, one night rehearsed`;
  const [ours, report] = await cpuInTurn(
    [`${node} ${main} rehearse ${args}`, `${node} ${main} report --db ${db} --no-config --output json`],
    many(phones > 50_000 ? 1 : 3, 1),
    [0, 1],
  );
  const baseline = { what: 'report --output json', value: report / 1_000 };
  say({ what: `${what}: CPU`, value: ours / 1_000, unit: 's', baseline, goal });
  say({ what: `${what}: memory`, value: await peakOf([main, 'rehearse', ...args.split(' ')]), unit: 'MB' });
  if (phones > 50_000) continue;
  const whole = await cpuOf(`${node} ${main} rehearse ${args.replace('--nights 1', '--nights 3')}`, [0, 1]);
  say({ what: `${phones} phones, up to three nights: CPU`, value: whole?.cpu ?? NaN, unit: 's', goal });
}
