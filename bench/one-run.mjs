// One audit or run in a process of its own; prints what it cost as JSON. Called by the other benches.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { contextFor, settingsFor, summaryOf } from './one-run-settings.mjs';
import { fromBuild } from './support.mjs';

const { systemClock } = await fromBuild('cli/system-clock.js');
const { runFleet } = await fromBuild('fleet/run/run-fleet.js');
const { StopControl } = await fromBuild('fleet/stop-control.js');

const given = JSON.parse(process.argv[2]);
const settings = settingsFor({ ...given, subnets: [given.subnet] });

async function run(stopAfterMs) {
  const stop = new StopControl();
  let inFlight = 0;
  let watching = null;
  const context = await contextFor(settings, systemClock);
  const report = await runFleet(summaryOf(settings), context, stop, {
    confirm: async (phones) => {
      inFlight = phones.length;
      if (stopAfterMs) {
        // Delay is measured once all phones are written to and only polled.
        setTimeout(() => (watching = monitorEventLoopDelay({ resolution: 5 })).enable(), stopAfterMs / 2).unref();
        setTimeout(() => {
          watching?.disable();
          stop.request('bench');
          stop.request('bench');
        }, stopAfterMs).unref();
      }
      return true;
    },
    onProgress: () => {},
  });
  return { report, inFlight, delay: watching };
}

if (given.warmUp) await run();
const before = process.cpuUsage();
const startedAt = performance.now();
const { report, inFlight, delay } = await run(given.stopAfterMs);
const { user, system } = process.cpuUsage(before);
const result = {
  targets: report.totals.targets,
  phones: report.phones.length,
  byOutcome: report.totals.byOutcome,
  cpuMs: (user + system) / 1_000,
  realMs: performance.now() - startedAt,
  maxRssMb: process.resourceUsage().maxRSS / 1_024,
  inFlight,
  delayP99Ms: delay ? delay.percentile(99) / 1e6 : null,
};
process.stdout.write(JSON.stringify(result), () => process.exit());
