// The plans of a fleet as the store is told of them, with nothing else of a run; prints what they cost as JSON. Called by store.mjs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { VirtualClock } from './virtual-clock.mjs';
import { runPlan, survey } from './plan-run.mjs';
import { gatherMs } from '../src/conduct/options/store-option.js';
import { loadModels } from '../src/config/profiles/models/read.js';
import { noopMemory } from '../src/fleet/memory/memory.js';
import { PhoneRecord } from '../src/fleet/record/phone-record.js';
import { storeMemory } from '../src/fleet/memory/store-memory.js';
import { openStore } from '../src/store/open-store.js';
import { openPhoneLocks } from '../src/store/locks/phones/open-phone-locks.js';

const { phones, perSecond, remember } = JSON.parse(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-bench-'));
const clock = new VirtualClock();
const store = await openStore({ path: join(folder, 'runs.db'), clock, gatherMs });
const runId = 'bench';
await store.beginRun({
  startedAt: new Date(clock.now()).toISOString(),
  summary: {
    id: runId,
    profile: 'mpp-to-enterprise',
    dryRun: false,
    version: '0',
    preflightSkipped: false,
    insecure: false,
  },
  settings: null,
});
const recorder = store.recorder(runId, {
  onError: (error) => {
    throw error;
  },
});
const parts = {
  store,
  recorder,
  runId,
  profile: 'mpp-to-enterprise',
  models: loadModels(),
  clock,
  random: Math.random,
};
const phoneLocks = await openPhoneLocks({ folder: join(folder, 'locks'), runId, clock });
const memory = remember ? storeMemory({ ...parts, phoneLocks, deferrals: new Map() }) : noopMemory;
const listener = { notify: (event) => memory.event(event), recordChanged: (record) => memory.recordChanged(record) };

const records = Array.from({ length: phones }, (_, number) => {
  const target = {
    address: `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`,
    hint: {},
    scope: '10.0.0.0/8',
    source: '--subnet',
  };
  return new PhoneRecord(target, clock, listener);
});

const before = process.cpuUsage();
const startedAt = performance.now();
const turn = (number) => Math.floor((number * 1_000) / perSecond);
let open = phones;
records.forEach((record, number) => clock.after(turn(number), () => survey(number, record)));
clock.after(turn(phones), () => {
  records.forEach((record, number) => {
    void runPlan(number, record, memory, clock, turn(number)).then(() => (open -= 1));
  });
});
while (open > 0) await clock.step();
await recorder.close();
const { user, system } = process.cpuUsage(before);
const realMs = performance.now() - startedAt;

const outcomes = new Set();
const stored = { targets: 0, events: 0 };
for await (const { outcome } of store.targetsOf(runId)) {
  outcomes.add(outcome);
  stored.targets += 1;
}
for await (const { mac } of store.eventsOf(runId)) stored.events += mac === null ? 0 : 1;
phoneLocks.close();
await store.close();
const byHandMs = remember ? byHand(join(folder, 'runs.db'), join(folder, 'by-hand.db')) : 0;
rmSync(folder, { recursive: true });
const result = { cpuMs: (user + system) / 1_000, realMs, stored, outcomes: [...outcomes], byHandMs };
process.stdout.write(JSON.stringify(result), () => process.exit());

/** Writes what one store holds into another file, with as little as it takes: the CPU in ms. */
function byHand(from, to) {
  const source = new Libsql(from);
  const target = new Libsql(to);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL']) target.exec(`PRAGMA ${pragma}`);
  const tables = ['targets', 'phones', 'events', 'durations'];
  const writers = new Map();
  const byMac = new Map();
  for (const table of tables) {
    target.exec(
      source
        .prepare('SELECT sql FROM sqlite_master WHERE name = ?')
        .get(table)
        .sql.replace(' references "runs" ("id")', ''),
    );
    for (const row of source.prepare(`SELECT * FROM ${table}`).all()) {
      const values = Object.values(row);
      if (!writers.has(table)) {
        const marks = values.map(() => '?').join(', ');
        writers.set(table, target.prepare(`INSERT INTO ${table} VALUES (${marks})`));
      }
      const rows = byMac.get(row.mac) ?? [];
      byMac.set(row.mac, [...rows, [table, values]]);
    }
  }
  const start = process.cpuUsage();
  for (const rows of byMac.values()) {
    target.exec('BEGIN IMMEDIATE');
    for (const [table, values] of rows) writers.get(table).run(values);
    target.exec('COMMIT');
  }
  const cost = process.cpuUsage(start);
  source.close();
  target.close();
  return (cost.user + cost.system) / 1_000;
}
