// A run over phones that are only scripted, by a clock that waits for nobody; prints what it cost as JSON. Called by in-flight.mjs and plan.mjs.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished, pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { factsOf, load } from './plan-run.mjs';
import { peakNow } from './peak.mjs';
import { contextFor, phoneProfiles, settingsFor, summaryOf } from './one-run-settings.mjs';
import { VirtualClock } from './virtual-clock.mjs';
import { tuneV8 } from '../src/cli/run/tune-v8.js';
import { runFleet } from '../src/fleet/run/run-fleet.js';
import { StopControl } from '../src/fleet/stop-control.js';
import { statusWords } from '../src/pages/admin/status-meanings.js';
import { renderJson } from '../src/report/formats/json.js';
import { renderCsv } from '../src/report/formats/csv.js';

const given = JSON.parse(process.argv[2]);
const clock = new VirtualClock();
const upgradeMs = 7 * 60_000;
/** What a phone takes to answer. Phones that answered at once would all do so in one turn of the event loop, in which V8 cannot collect what they leave. */
const answerMs = 50;
let looks = 0;
async function asked() {
  looks += 1;
  await clock.sleep(answerMs);
}

/** Phones at the first addresses of 10.0.0.0/8, which take their load and are Enterprise phones seven minutes later. */
const postedAt = new Map();
const numberOf = (address) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) - 10 * 2 ** 24;
const offered = {
  upgradeRule: '',
  authorizationRule: '',
  authorizationType: 'Classic',
  authorizationTypesOffered: ['Classic', 'WxC'],
};
function shown(address) {
  const number = numberOf(address);
  const at = postedAt.get(address);
  if (at === undefined) return factsOf(number, offered);
  if (clock.now() - at.time < upgradeMs)
    return { ...factsOf(number, { ...offered, ...at.set }), upgradeStatus: 'Upgrade in progress' };
  return { ...factsOf(number, null), family: 'enterprise', productId: 'CP-8841', softwareVersion: load };
}
const phones = {
  words: statusWords(phoneProfiles.multiplatform),
  learned: () => {},
  probe: async () => ({ endpoint: { scheme: 'http', port: 80 }, socket: { destroy: () => {} } }),
  visit: (address, use) =>
    use({
      look: async () => {
        await asked();
        return { kind: 'phone', facts: shown(address) };
      },
      // As a real one follows its page: the fleet reads the page anyway wherever it shows something else.
      hasSameStatus: async ({ facts }) => {
        await asked();
        return facts.upgradeStatus === shown(address).upgradeStatus;
      },
      write: async (set, onIntent) => {
        const changes = ['upgradeRule', 'authorizationRule'].map((field) => ({ field, from: '', to: set[field] }));
        const tried = [{ way: 'partial-form', referer: false, manner: 'friendly', names: '' }];
        await onIntent(changes, tried);
        postedAt.set(address, { time: clock.now(), set });
        return { result: 'confirmed', changes, via: 'partial form', detail: 'answered 200', tried, more: false };
      },
    }),
};

const settings = settingsFor({
  ...{
    targets: [
      `10.0.0.0-${[16, 8, 0].map((shift) => ((given.phones - 1) >> shift) & 255).reduce((text, part) => `${text}.${part}`, '10')}`,
    ],
  },
  ...{ profile: 'mpp-to-enterprise', files: 'http://10.255.255.1', skipPreflight: true, httpPort: 80 },
});
settings.dryRun = !given.upgrade;
const context = await contextFor(settings, clock, { phones });

// As the command does, and for its first three seconds by this machine's clock.
tuneV8('migrate');
const before = process.cpuUsage();
const hooks = { confirm: async () => true, onProgress: () => {} };
let report = null;
void runFleet(summaryOf(settings), context, new StopControl(), hooks).then((done) => (report = done));
while (report === null) await clock.step();
const cpuMs = cpuSince(before);
const expected = given.upgrade ? 'done' : 'planned';
if (report.totals.byOutcome[expected] !== given.phones) throw new Error(JSON.stringify(report.totals));
const result = { cpuMs, looks, maxRssMb: peakNow() };
if (!given.upgrade) Object.assign(result, await reports());
process.stdout.write(JSON.stringify(result), () => process.exit());

function cpuSince(start) {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

async function reports() {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-bench-'));
  const write = async (name, pieces) => {
    const start = process.cpuUsage();
    await pipeline(Readable.from(pieces), createWriteStream(join(folder, name)));
    return { cpuMs: cpuSince(start) };
  };
  const json = await write('report.json', renderJson(report));
  const csv = await write('report.csv', renderCsv(report));
  const reportMb = peakNow() - result.maxRssMb;
  const start = process.cpuUsage();
  const out = createWriteStream(join(folder, 'plain.json'));
  out.end(JSON.stringify(report));
  await finished(out);
  const stringifyMs = cpuSince(start);
  rmSync(folder, { recursive: true });
  return { json, csv, stringifyMs, reportMb };
}
