// The plans and the report of 50,000 phones, without a network.
import { many, measure } from './support.mjs';
import { say } from './table.mjs';

const phones = many(50_000, 50);
const planned = await measure('./scripted-run.mjs', { phones, upgrade: false });
say({ what: `plans of ${phones} phones, CPU a phone`, value: planned.cpuMs / phones, unit: 'ms' });
for (const [what, key] of [
  ['their report as JSON, CPU a phone', 'json'],
  ['their report as CSV, CPU a phone', 'csv'],
])
  say({
    ...{ what, value: planned[key].cpuMs / phones, unit: 'ms' },
    baseline: { what: 'JSON.stringify', value: planned.stringifyMs / phones },
  });
say({ what: 'both written, memory beyond the plans', value: planned.reportMb, unit: 'MB' });
