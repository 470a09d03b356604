// A dark subnet: nobody answers a connect. A listener whose queue is full and whose process stands still is as silent as that.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { measure, say } from './support.mjs';

const listener = spawn(
  process.execPath,
  [
    '-e',
    "const s=require('net').createServer().listen({port:0,host:'0.0.0.0',backlog:1},()=>console.log(s.address().port))",
  ],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const port = Number(String((await listener.stdout[Symbol.asyncIterator]().next()).value));
listener.kill('SIGSTOP');
try {
  // Fill the queue: from then on the kernel drops every connect.
  const fillers = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const common = { httpPort: port, timeoutMs: 1_000, probeConcurrency: 1_024 };
  const small = await measure('./one-run.mjs', { ...common, subnet: '127.61.0.0/22' });
  const large = await measure('./one-run.mjs', { ...common, subnet: '127.62.0.0/16' });
  for (const filler of fillers) filler.destroy();
  const ideal = (large.targets * 1_000) / 1_024;
  say(
    `${large.targets} dark addresses, 1 s deadline, 1,024 at once`,
    `${(large.realMs / 1_000).toFixed(1)} s`,
    `ideal ${(ideal / 1_000).toFixed(1)} s`,
    `${(large.realMs / ideal).toFixed(2)}x`,
    '<= 1.15x',
  );
  say(
    `memory, ${large.targets} targets`,
    `${large.maxRssMb.toFixed(0)} MB`,
    `${small.targets} targets ${small.maxRssMb.toFixed(0)} MB`,
    `${(large.maxRssMb / small.maxRssMb).toFixed(2)}x`,
    '<= 200 MB, < 2x',
  );
} finally {
  listener.kill('SIGCONT');
  listener.kill('SIGKILL');
}
