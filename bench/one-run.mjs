// One audit or run in a process of its own; prints what it cost as JSON. Called by the other benches.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { contextFor, settingsFor, summaryOf } from './one-run-settings.mjs';
import { peakNow } from './peak.mjs';
import { tuneV8 } from '../src/cli/run/tune-v8.js';
import { systemClock } from '../src/conduct/system-clock.js';
import { runFleet } from '../src/fleet/run/run-fleet.js';
import { StopControl } from '../src/fleet/stop-control.js';

const given = JSON.parse(process.argv[2]);
const settings = settingsFor({ ...given, subnets: [given.subnet] });

const stop = new StopControl();
/** What the watch alone costs: counted for `watchMs` from when every phone says that it is upgrading, then the run is stopped. */
let watched = null;
let waiting = 0;
const upgrading = new Set();
function notify({ event, state, address, outcome }) {
  if (event === 'outcome' && given.watchMs && !watched) {
    console.error(`${address} ended (${outcome}) while all were to be watched`);
    process.exit(1);
  }
  const before = upgrading.size;
  if (state === 'upgrading') upgrading.add(address);
  if (upgrading.size === before || upgrading.size < waiting || !given.watchMs) return;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const cpu = process.cpuUsage();
  delay.enable();
  setTimeout(() => {
    delay.disable();
    watched = { delayP99Ms: delay.percentile(99) / 1e6, ...cpuSince(cpu) };
    stop.request('bench');
    stop.request('bench');
  }, given.watchMs);
}

function cpuSince(before) {
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1_000 };
}

// As the command does.
tuneV8(settings.profile ? 'migrate' : 'audit');
const before = process.cpuUsage();
const startedAt = performance.now();
const context = await contextFor(settings, systemClock, { notify });
const report = await runFleet(summaryOf(settings), context, stop, {
  confirm: async ({ phones }) => {
    waiting = phones.length;
    return true;
  },
  onProgress: () => {},
});
if (given.watchMs && !watched) throw new Error('nothing was watched');
const result = {
  targets: report.totals.targets,
  phones: report.phones.length,
  byOutcome: report.totals.byOutcome,
  ...cpuSince(before),
  realMs: performance.now() - startedAt,
  maxRssMb: peakNow(),
  ...watched,
};
process.stdout.write(JSON.stringify(result), () => process.exit());
