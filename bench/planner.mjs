// A planner that has workers move a large fleet: the planner is the real command, over a real PostgreSQL. Its workers are not: they say at once of each
// phone what real workers said of one, so that the planner is what is measured, and what a fleet takes in the database.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { command, startPostgres } from './postgres.mjs';
import { costOf, fromBuild, main, many, scratch, startSimulator } from './support.mjs';
import { say } from './table.mjs';
import { scaledProfile } from './whole-migration.mjs';

const { openStore } = await fromBuild('store/open-store.js');
const { systemClock } = await fromBuild('conduct/system-clock.js');

const phones = many(100_000, 600);
const sites = 8;
const perSite = Math.ceil(phones / sites);
const file = scratch();
const leaseMs = 60_000;
const model = '127.66.0.1';

const addressOf = (site, number) => `127.${64 + (site >> 2)}.${((site & 3) << 6) + (number >> 8)}.${number & 255}`;
const subnetOf = (site) => `127.${64 + (site >> 2)}.${(site & 3) << 6}.0/18`;
const siteNames = Array.from({ length: sites }, (_, site) => `site${site}`);

/** The words of a run over these sites. */
function wordsOf(path, config, simulator) {
  return [
    ...['migrate', '--db', path, '--config', config, '--sites', 'all', '--scheme', 'http'],
    ...['--http-port', String(simulator.httpPort), '--profile', file('mpp-to-enterprise.yaml')],
    ...['--files', simulator.files, '--yes', '--quiet', '--timeout', '1s', '--lock-folder', file('locks')],
  ];
}

function configOf(name, subnets) {
  const lines = Object.entries(subnets).map(([site, subnet]) => `  ${site}: { subnets: [${subnet}] }`);
  writeFileSync(file(name), ['sites:', ...lines, ''].join('\n'));
  return file(name);
}

/** What a real worker says of a phone: its row once it is planned for, its row at the end, and its events. */
async function saidOfOne(postgres, simulator) {
  const { path, name } = await postgres.newDatabase();
  const config = configOf('one.yaml', { site0: '127.66.0.0/30' });
  const worker = spawn(process.execPath, [main, 'worker', '--db', path, '--config', config, '--site', 'site0'], {
    stdio: 'ignore',
  });
  try {
    const run = command(wordsOf(path, config, simulator));
    let planned;
    const where = `from targets where address = '${model}'`;
    while (planned === undefined) {
      const [row] = await postgres.ask(name, `select * ${where.replace('targets', 'fleet_migrate.targets')}`);
      if (row?.state === 'waiting' && row.snapshot !== null) planned = row;
      else await pause(10);
    }
    await run;
    const [ended] = await postgres.ask(name, `select * from fleet_migrate.targets where address = '${model}'`);
    const events = await postgres.ask(
      name,
      `select * from fleet_migrate.events where mac = '${ended.mac}' and event not in ('phone') order by seq`,
    );
    return JSON.stringify({
      planned: rowOf(planned),
      ended: rowOf(ended),
      events: events.map(eventOf),
      mac: ended.mac,
    });
  } finally {
    worker.kill('SIGTERM');
    await once(worker, 'close');
  }
}

function rowOf({ key, address, mac, state, wave, snapshot, report }) {
  return { key, address, mac, state, wave, snapshot: JSON.parse(snapshot), report: JSON.parse(report) };
}

function eventOf({ event, at, address, mac, detail }) {
  return { event, at, address, mac, ...JSON.parse(detail) };
}

/** The same, of another phone. */
function saidOf(one, mac, address, number) {
  const theirs = number.toString(16).padStart(12, '0').toUpperCase();
  const said = one
    .replaceAll(model, address)
    .replaceAll(mac, theirs)
    .replaceAll(mac.toLowerCase(), theirs.toLowerCase());
  return JSON.parse(said);
}

/** Takes all jobs there are, and answers each at once. */
async function work(path, one, mac, ended) {
  const store = await openStore({ path, clock: systemClock, gatherMs: 50 });
  const worker = { id: 'bench', host: 'bench', pid: process.pid, version: '0', isLeaving: false, jobs: 0 };
  const of = siteNames.map((name, site) => ({ name, subnets: [subnetOf(site)] }));
  const phoneAt = new Map();
  for (let site = 0; site < sites; site += 1)
    for (let number = 1; number <= perSite; number += 1) phoneAt.set(addressOf(site, number), site * perSite + number);
  let recorders = null;
  let beatAt = 0;
  const onError = (error) => {
    throw error;
  };
  while (!ended.aborted) {
    if (performance.now() - beatAt > 5_000) {
      await store.work.beat({ ...worker, startedAt: new Date().toISOString(), sites: of });
      beatAt = performance.now();
    }
    const jobs = await store.work.take(siteNames, { move: 500, survey: 4 }, leaseMs);
    if (jobs.length === 0) {
      await pause(100);
      continue;
    }
    recorders ??= store.jobRecorders(jobs[0].job.run, {});
    const results = jobs.map((taken) => {
      const recorder = recorders.of(taken, { onError });
      const { job } = taken;
      if (job.kind === 'move') {
        const { ended: row, events } = saidOf(one, mac, job.key, phoneAt.get(job.key));
        for (const event of events) recorder.event(event);
        recorder.saveTarget(row);
        return { taken, recorder, result: { how: 'done' } };
      }
      let silent = 0;
      for (const { target } of job.targets) {
        const number = phoneAt.get(target.address);
        if (number === undefined) silent += 1;
        else recorder.saveTarget(saidOf(one, mac, target.address, number).planned);
      }
      return { taken, recorder, result: { how: 'done', noAnswerByCode: { 'connect-timeout': silent } } };
    });
    await Promise.all(results.map(({ recorder }) => recorder.close()));
    await store.work.end(results.map(({ taken, result }) => ({ taken, result })));
  }
  await recorders?.close();
  await store.close();
}

const postgres = await startPostgres(file);
if (postgres === null)
  say({ what: 'a planner over PostgreSQL', value: Number.NaN, unit: '', baseline: 'PostgreSQL: not here' });
else {
  writeFileSync(file('mpp-to-enterprise.yaml'), scaledProfile);
  const simulator = await startSimulator(
    ...['--scenario', 'plain', '--phones', '2', '--subnet', '127.66.0.0/30', '--time-scale', '60'],
  );
  try {
    const one = await saidOfOne(postgres, simulator);
    const { path, name } = await postgres.newDatabase();
    const before = await postgres.figures(name);
    const config = configOf('all.yaml', Object.fromEntries(siteNames.map((site, at) => [site, subnetOf(at)])));
    const end = new AbortController();
    const working = work(path, one, JSON.parse(one).mac, end.signal);
    const begun = performance.now();
    const words = [...wordsOf(path, config, simulator), '--report', file('report.json')];
    const cost = await costOf([
      main,
      ...words,

      '--waves',
      '100%',
      '--max-upgrading',
      '5000',
      '--max-targets',
      '200000',
    ]);
    const seconds = (performance.now() - begun) / 1_000;
    end.abort();
    await working;
    const after = await postgres.figures(name);
    const { totals } = JSON.parse(readFileSync(file('report.json'), 'utf8'));
    const what = `${phones} phones of ${sites} sites, moved by workers that answer at once`;
    if (totals.byOutcome.done !== sites * perSite) throw new Error(`not all were moved: ${JSON.stringify(totals)}`);
    say({ what, value: seconds, unit: 's' });
    say({ what: 'the planner: CPU a phone', value: (cost.cpu * 1_000) / phones, unit: 'ms' });
    say({ what: 'the planner: the most memory', value: cost.peak, unit: 'MB' });
    say({
      what: 'the database: time that statements took, a phone',
      value: (after.ms - after.waited - before.ms + before.waited) / phones,
      unit: 'ms',
    });
    say({
      what: 'the database: waiting for the write lock, a phone',
      value: (after.waited - before.waited) / phones,
      unit: 'ms',
    });
    say({ what: 'the database: transactions a phone', value: (after.commits - before.commits) / phones, unit: '' });
    say({ what: 'the database: size', value: (after.bytes - before.bytes) / 2 ** 20, unit: 'MB' });
  } finally {
    await simulator.stop();
    await postgres.stop();
  }
}
