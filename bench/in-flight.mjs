// Phones that were written to and are polled: what the watch of ten thousand costs by itself, and whether the event loop stays awake over
// real sockets.
import { writeFileSync } from 'node:fs';
import { many, measure, scratch, startSimulator } from './support.mjs';
import { say } from './table.mjs';

const alone = await measure('./scripted-run.mjs', { phones: many(10_000, 50), upgrade: true });
say({ what: '10,000 phones in flight, passed-in clock: CPU a poll', value: alone.cpuMs / alone.looks, unit: 'ms' });
say({
  ...{ what: 'the same, memory', value: alone.maxRssMb, unit: 'MB', goal: { of: 'value', most: 200 } },
});

// As many polls a second as 10,000 phones at 15 s, of phones that all say they are upgrading.
const watchMs = many(30_000, 1_000);
const phones = many(2_000, 10);
const subnet = '127.63.0.0/20';
const file = scratch();
writeFileSync(
  file('long-download.yaml'),
  JSON.stringify({
    ...{ name: 'long-download', subnet, seed: 63, timing: { evaluate: 1, download: 3_600 } },
    phones: [{ count: phones, model: '8841', load: 'sip88xx.12-0-3MPP0001-87' }],
  }),
);
const simulator = await startSimulator('--scenario', file('long-download.yaml'), '--time-scale', '1');
try {
  const polled = await measure('./one-run.mjs', {
    ...{ subnet, httpPort: simulator.httpPort, files: simulator.files, profile: 'mpp-to-enterprise' },
    ...{ skipPreflight: true, timing: { pollInterval: 3_000, settle: 0 }, watchMs },
    ...{ concurrency: 64, timeoutMs: 20_000 },
  });
  say({
    what: `${phones} phones upgrading, polled every 3 s: CPU a second`,
    value: polled.cpuMs / (watchMs / 1_000),
    unit: 'ms',
  });
  say({
    ...{ what: 'the same, event loop delay p99', value: polled.delayP99Ms, unit: 'ms' },
    goal: { of: 'value', most: 100 },
  });
  say({ what: 'the same, memory', value: polled.maxRssMb, unit: 'MB' });
} finally {
  await simulator.stop();
}
