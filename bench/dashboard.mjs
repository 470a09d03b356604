// What a run costs while a dashboard is watching it, against the same run that nobody watches.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuOf, main, many, median } from './support.mjs';
import { say } from './table.mjs';
import { migrationOf } from './whole-migration.mjs';

const phones = many(300, 8);
const rounds = many(3, 1);
const { move } = migrationOf(phones);

async function costs(isWatched) {
  return move(async (args, store) => {
    const command = [process.execPath, ...args].join(' ');
    if (!isWatched) return (await cpuOf(command, [0, 1])).cpu;
    const running = cpuOf(command, [0, 1]);
    const stop = await watch(store);
    const { cpu } = await running;
    await stop();
    return cpu;
  });
}

/** A dashboard with two pages open: all runs, and this one. Returns what ends it. */
async function watch(store) {
  for (;;) {
    const dashboard = spawn(process.execPath, [main, 'dashboard', '--no-config', '--db', store, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    for await (const chunk of dashboard.stdout) {
      text += chunk;
      if (text.includes('Ready')) break;
    }
    // The run has not made its store yet.
    if (!text.includes('Ready')) continue;
    const stop = new AbortController();
    for (const page of ['live/runs', 'live/runs/latest'])
      void fetch(`${/http\S+/.exec(text)[0]}${page}`, { signal: stop.signal })
        .then(async ({ body }) => {
          await body.pipeTo(new WritableStream());
        })
        .catch(() => {});
    return async () => {
      stop.abort();
      dashboard.kill('SIGTERM');
      await once(dashboard, 'close');
    };
  }
}

const taken = { alone: [], watched: [] };
for (let round = 0; round < rounds; round += 1) {
  taken.alone.push(await costs(false));
  taken.watched.push(await costs(true));
}
const perPhone = (all) => (median(all) * 1_000) / phones;
say({
  what: `migration of ${phones} phones with a dashboard watching, CPU a phone`,
  value: perPhone(taken.watched),
  unit: 'ms',
  baseline: { what: 'unwatched', value: perPhone(taken.alone) },
  goal: { of: 'ratio', most: 1.05 },
});
