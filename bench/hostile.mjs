// Ten thousand phones that mean no good: an audit must end on time, and what it keeps of them must have a bound.
import { measure, say, startSimulator } from './support.mjs';

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
say(
  'an audit of 10,000 hostile phones, 256 at once',
  `${(large.realMs / 1_000).toFixed(0)} s`,
  `deadlines ${(bound / 1_000).toFixed(0)} s`,
  `${(large.realMs / bound).toFixed(2)}x`,
  '<= 1x',
);
say(
  'memory, 10,000 hostile phones',
  `${large.maxRssMb.toFixed(0)} MB`,
  `1,000 phones ${small.maxRssMb.toFixed(0)} MB`,
  `${(large.maxRssMb / small.maxRssMb).toFixed(2)}x`,
  '< 2x',
);
console.log(`  ${JSON.stringify(large.byOutcome)}`);
