// Ten thousand phones that mean no good: an audit must end on time, and what it keeps of them must have a bound.
import { measure, startSimulator } from './support.mjs';
import { say } from './table.mjs';

const timeoutMs = 1_000;
const concurrency = 256;

async function hostile(phones, subnet) {
  const simulator = await startSimulator('--scenario', 'hostile', '--phones', String(phones), '--subnet', subnet);
  try {
    return await measure('./one-run.mjs', {
      ...{
        subnet,
        scheme: 'auto',
        httpPort: simulator.httpPort,
        httpsPort: simulator.httpsPort,
        timeoutMs,
        concurrency,
        insecure: true,
      },
    });
  } finally {
    await simulator.stop();
  }
}

const small = await hostile(1_000, '127.72.0.0/21');
const large = await hostile(10_000, '127.73.0.0/17');
// Eight timeouts a session, and two doors at most (transport/limits).
const bound = (10_000 * 2 * 8 * timeoutMs) / concurrency;
say({
  ...{ what: 'an audit of 10,000 hostile phones, 256 at once', value: large.realMs / 1_000, unit: 's' },
  ...{ baseline: { what: 'deadlines alone', value: bound / 1_000 }, goal: { of: 'ratio', most: 1 } },
});
say({
  ...{ what: 'the same, memory', value: large.maxRssMb, unit: 'MB' },
  ...{ baseline: { what: '1,000 phones', value: small.maxRssMb }, goal: { of: 'ratio', most: 2 } },
});
console.log(`  ${JSON.stringify(large.byOutcome)}`);
