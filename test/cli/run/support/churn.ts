/** A process of its own that keeps much for a short while, as an audit does, and tells the most that V8 held for what is new (MB). */
import { getHeapSpaceStatistics } from 'node:v8';
import { tuneV8 } from '../../../../src/cli/run/tune-v8.js';

const [, , command] = process.argv;
if (command === 'audit' || command === 'migrate') tuneV8(command);
const kept: object[] = [];
let most = 0;
for (let round = 0; round < 400; round += 1) {
  for (let one = 0; one < 2_000; one += 1) kept.push({ round, row: [one] });
  kept.splice(0, kept.length - 200_000);
  // As an audit does, it gives the timers their turn.
  await new Promise((resolve) => setTimeout(resolve, round % 20 === 0 ? 25 : 0));
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  most = Math.max(most, young?.space_size ?? 0);
}
console.log(most / 1024 / 1024);
