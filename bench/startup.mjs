// How long the command takes to say something, against Node starting at all.
import { cpuOf, main, say } from './support.mjs';

async function best(command) {
  const times = [];
  for (let round = 0; round < 7; round += 1) times.push((await cpuOf(command)).real);
  return Math.min(...times) * 1_000;
}

const node = await best(`${process.execPath} -e 0`);
for (const [option, target] of [
  ['--version', 3],
  ['--help', 5],
]) {
  const time = await best(`${process.execPath} ${main} ${option}`);
  say(
    `fleet-migrate ${option}`,
    `${time.toFixed(0)} ms`,
    `node -e 0 ${node.toFixed(0)} ms`,
    `${(time / node).toFixed(1)}x`,
    `<= ${target}x`,
  );
}
