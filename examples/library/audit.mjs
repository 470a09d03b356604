// Reads every phone of a subnet and prints which may move without a license. Nothing is written.
//
//   node audit.mjs 10.0.0.0/24
import { audit, UsageError } from 'fleet-migrate';

const [subnet = '10.0.0.0/24', ...ports] = process.argv.slice(2);
// Ports other than 80 and 443, for phones of the simulator: node audit.mjs 127.20.0.0/24 8080 8443
const [httpPort, httpsPort] = ports.map(Number);

const run = audit({ subnet, httpPort, httpsPort });

try {
  // Things as they happen. The loop may be left at any time; the run goes on.
  for await (const event of run) {
    if (event.event === 'phone') console.error(`${event.address} is a ${event.model} with ${event.softwareVersion}`);
  }
  const { totals, phones } = await run.report;
  const free = phones.filter(({ returnWithoutLicense }) => returnWithoutLicense === 'yes');
  console.log(JSON.stringify({ byOutcome: totals.byOutcome, withoutLicense: free.map(({ mac }) => mac) }));
} catch (error) {
  // Something that was given cannot be used: nothing was contacted.
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
