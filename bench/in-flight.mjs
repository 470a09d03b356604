// Phones that were written to and are polled: what the watch of ten thousand costs by itself, and whether the event loop stays awake over
// real sockets.
import { measure, startSimulator } from './support.mjs';
import { say } from './table.mjs';

const alone = await measure('./scripted-run.mjs', { phones: 10_000, upgrade: true });
say({ what: '10,000 phones in flight, passed-in clock: CPU a poll', value: alone.cpuMs / alone.looks, unit: 'ms' });
say({
  ...{ what: 'the same, memory', value: alone.maxRssMb, unit: 'MB', goal: { of: 'value', most: 200 } },
});

// As many polls a second as 10,000 phones at 15 s. At a hundredth of the usual speed no phone gets anywhere meanwhile.
const phones = 2_000;
const subnet = '127.63.0.0/20';
const simulator = await startSimulator(
  ...['--scenario', 'plain', '--phones', String(phones), '--subnet', subnet, '--time-scale', '0.01'],
);
try {
  const polled = await measure('./one-run.mjs', {
    ...{ subnet, httpPort: simulator.httpPort, files: simulator.files, profile: 'mpp-to-enterprise' },
    ...{ skipPreflight: true, timing: { pollInterval: 3_000, settle: 0 }, stopAfterMs: 30_000 },
    ...{ concurrency: 128, timeoutMs: 20_000 },
  });
  say({
    ...{ what: `${phones} phones polled every 3 s: event loop delay p99`, value: polled.delayP99Ms, unit: 'ms' },
    goal: { of: 'value', most: 100 },
  });
  say({ what: 'the same, memory', value: polled.maxRssMb, unit: 'MB' });
} finally {
  await simulator.stop();
}
