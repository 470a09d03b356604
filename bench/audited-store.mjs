// Makes a store with the audit of so many phones. Called by rehearse.mjs.
import { factsOf } from './plan-run.mjs';
import { VirtualClock } from './virtual-clock.mjs';
import { openStore } from '../src/store/open-store.js';

const { path, phones } = JSON.parse(process.argv[2]);
const clock = new VirtualClock();
const store = await openStore({ path, clock });
const id = 'bench-audit';
const startedAt = new Date(clock.now()).toISOString();
const summary = { id, profile: null, dryRun: false, version: '0', preflightSkipped: false, insecure: false };
await store.beginRun({ startedAt, summary, settings: null });
const onError = (error) => {
  throw error;
};
const recorder = store.recorder(id, { onError });
for (let number = 0; number < phones; number += 1) {
  const { mac, family, model, productId, vid, serial, softwareVersion, hardwareVersion, transitionAuthorizationType } =
    factsOf(number, null);
  const address = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  const report = {
    ...{ address, mac, family, model, productId, vid, serial, softwareVersion, hardwareVersion },
    ...{ transitionAuthorizationType, returnWithoutLicense: 'no', eligibility: null, plan: [], changes: [] },
    ...{ outcome: 'audited', touched: false, failure: null, evidence: [], startedAt, durationMs: 700 },
    ...{
      site: null,
      note: null,
      nextAttemptAt: null,
      named: false,
      vidSource: 'udi',
      ucm: null,
      requests: 1,
      bytes: 1,
    },
  };
  recorder.saveTarget({ key: address, address, mac, state: 'audited', wave: null, snapshot: null, report });
  if (number % 5_000 === 0) await recorder.flush();
}
await recorder.close();
const totals = { targets: phones, byOutcome: { audited: phones }, noAnswerByCode: {} };
const run = { ...summary, startedAt, finishedAt: startedAt, interrupted: null, abortedBy: null };
await store.finishRun(id, { state: 'finished', report: { run, totals }, exitCode: 0 });
await store.close();
process.stdout.write('{}', () => process.exit());
