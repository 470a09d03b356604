// A whole migration of 750 phones, from the first look to the proof: what it costs, and what it asks of a phone.
import { cpuOf, many, peakOf } from './support.mjs';
import { say } from './table.mjs';
import { migrationOf } from './whole-migration.mjs';

const phones = many(750, 8);
const { move, reportOf } = migrationOf(phones);
const taken = await move((args) => cpuOf([process.execPath, ...args].join(' '), [0, 1]));
const { totals, phones: report } = reportOf();
if (totals.byOutcome.done !== phones) throw new Error(`${JSON.stringify(totals.byOutcome)} instead of ${phones} done`);
const mean = (name) => report.reduce((all, phone) => all + phone[name], 0) / phones;
say({ what: `migration of ${phones} phones, CPU a phone`, value: (taken.cpu * 1_000) / phones, unit: 'ms' });
say({ what: 'the same, requests a phone', value: mean('requests'), unit: '' });
say({ what: 'the same, read of a phone', value: mean('bytes') / 1_024, unit: 'KB' });
say({ what: 'the same, memory', value: await move(peakOf), unit: 'MB' });
