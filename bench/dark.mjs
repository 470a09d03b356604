// Dark space: nobody answers a connect. A listener whose queue is full and whose process stands still is as silent as that.
import { spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { cpuOf, main, many, peakOf, scratch } from './support.mjs';
import { say } from './table.mjs';

const file = scratch();
const timeoutMs = 1_000;
const listen =
  "require('net').createServer().listen({port:0,host:'0.0.0.0',backlog:1},function(){console.log(this.address().port)})";
const listener = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
const port = Number(String((await listener.stdout[Symbol.asyncIterator]().next()).value));
listener.kill('SIGSTOP');
try {
  // Fill the queue: from then on the kernel drops every connect.
  const fillers = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const audit = (subnet, atOnce) => [
    ...[main, 'audit', '--subnet', subnet, '--scheme', 'http', '--http-port', port, '--timeout', `${timeoutMs}ms`],
    ...['--probe-concurrency', atOnce, '--quiet', '--no-config', '--db', file(`${subnet.replace('/', '-')}.db`)],
  ];
  const sweep = async (subnet, targets, atOnce) => {
    const began = performance.now();
    const memory = await peakOf(audit(subnet, atOnce));
    const ideal = (Math.ceil(targets / atOnce) * timeoutMs) / 1_000;
    const took = {
      value: (performance.now() - began) / 1_000,
      unit: 's',
      baseline: { what: 'deadlines alone', value: ideal },
    };
    return { what: `${targets} dark addresses, ${atOnce} at once`, memory, ...took };
  };
  say(await sweep('127.61.0.0/24', 254, 256));
  if (spawnSync('nmap', ['--version']).status === 0) {
    const words = `nmap -n -Pn -sT -p ${port} --max-retries 0 --max-rtt-timeout ${timeoutMs}ms --min-parallelism 256`;
    const nmap = await cpuOf(`${words} 127.61.0.0/24`);
    say({ what: 'the same by nmap', value: nmap.real, unit: 's' });
  } else console.log('nmap: not here');
  const large = await sweep(...many(['127.62.0.0/16', 65_534], ['127.62.0.0/22', 1_022]), 1_024);
  say({ ...large, goal: { of: 'ratio', most: 1.15 } });
  say({ what: 'the same, memory', value: large.memory, unit: 'MB', goal: { of: 'value', most: 200 } });
  for (const filler of fillers) filler.destroy();
} finally {
  listener.kill('SIGCONT');
  listener.kill('SIGKILL');
}
