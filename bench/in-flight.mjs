// Ten thousand phones written to and polled: memory, and whether the event loop stays awake.
import { measure, say, startSimulator } from './support.mjs';

async function inFlight(phones, subnet) {
  // At a hundredth of the usual speed no phone gets anywhere while it is measured: all are polled all the time.
  const simulator = await startSimulator(
    '--scenario',
    'plain',
    '--phones',
    String(phones),
    '--subnet',
    subnet,
    '--time-scale',
    '0.01',
  );
  try {
    return await measure('./one-run.mjs', {
      subnet,
      httpPort: simulator.httpPort,
      files: simulator.files,
      profile: 'mpp-to-enterprise',
      skipPreflight: true,
      timing: { pollInterval: 15_000, settle: 0 },
      stopAfterMs: phones < 5_000 ? 20_000 : 120_000,
      concurrency: 128,
      timeoutMs: 20_000,
    });
  } finally {
    await simulator.stop();
  }
}

const small = await inFlight(1_000, '127.63.0.0/21');
const large = await inFlight(10_000, '127.64.0.0/17');
say(
  `memory, ${large.inFlight} phones in flight`,
  `${large.maxRssMb.toFixed(0)} MB`,
  `${small.inFlight} phones ${small.maxRssMb.toFixed(0)} MB`,
  `${(large.maxRssMb / small.maxRssMb).toFixed(2)}x`,
  '<= 200 MB, < 2x',
);
say(
  `${large.inFlight} phones polled every 15 s, event-loop delay p99`,
  `${large.delayP99Ms.toFixed(0)} ms`,
  `${small.inFlight} phones ${small.delayP99Ms.toFixed(0)} ms`,
  '-',
  '< 100 ms',
);
