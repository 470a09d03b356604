// Moves the phones of a subnet to Enterprise firmware, twenty at most, and stops gently on ctrl-C. The types are those of the package.
//
//   node --experimental-strip-types migrate.ts 10.0.0.0/24 http://10.0.0.5:6970
//
// That is for Node.js from 22.6 (from 22.18 without the option). Node.js 20 runs no types: npx tsx migrate.ts … there, or compile it with tsc.
import { migrate, type MigrateOptions, type RunQuestion } from 'fleet-migrate';

const [subnet = '10.0.0.0/24', files = 'http://10.0.0.5:6970', ...ports] = process.argv.slice(2);
const [httpPort, httpsPort] = ports.map(Number);

/** A person could be asked here, or a ticket looked up. */
function confirm({ phones, text }: RunQuestion): boolean {
  console.error(text);
  return phones.length <= 20;
}

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

const options: MigrateOptions = {
  ...{ subnet, files, httpPort, httpsPort, confirm },
  profile: 'mpp-to-enterprise',
  waves: '1,100%',
  report: 'night-{date}-{run}.json',
  signal: stop.signal,
};
const run = migrate(options);
for await (const event of run) {
  if (event.event !== 'outcome') continue;
  const why = event.failure === undefined ? '' : ` (${event.failure})`;
  console.log(`${event.address} ${event.model ?? '?'} ${event.softwareVersion ?? '?'}: ${event.outcome}${why}`);
}
const { run: summary, totals } = await run.report;
console.log(`${summary.id}: ${JSON.stringify(totals.byOutcome)}`);
