import { describe, expect, it } from '@jest/globals';
import PQueue from 'p-queue';
import { Lease, momentOf } from '../../../src/fleet/worker/lease.js';
import { type RunAtWorker, runJob } from '../../../src/fleet/worker/run-job.js';
import { JobRecorders } from '../../../src/store/write/job-recorders.js';
import { jobForm, type JobResult } from '../../../src/store/work.js';
import type { TargetOutcome } from '../../../src/inventory/target.js';
import { addresses, bench, mpp, phone, targets } from '../support/fleet.js';
import { fails } from '../support/network.js';

const nothing: never = undefined as never;

/** What a worker says of a part of a survey. */
async function surveyed(run: ReturnType<typeof bench>): Promise<unknown> {
  const { clock, context } = run;
  const part: TargetOutcome[] = [];
  for await (const outcome of context.targets) part.push(outcome);
  const recorders = new JobRecorders('run-1', { clock, write: () => Promise.resolve(new Map()) });
  const worker: RunAtWorker = {
    ...{ id: 'run-1', store: nothing, rowOf: nothing, context, pool: new PQueue(), phoneLocks: nothing, recorders },
    ...{ deferrals: new Map(), random: () => 0.5, movedPhones: null },
  };
  const job = { run: 'run-1', key: 'part 1', kind: 'survey', site: 'north', targets: part, form: jobForm } as const;
  const lease = new Lease({ id: 'job-1', job, fence: 0 }, clock, momentOf(clock), 600_000);
  return clock.run<JobResult | object>(runJob(worker, lease).done);
}

describe('a part of a survey at a worker', () => {
  it('is done when all of its targets were asked', async () => {
    const run = bench({ profile: null, targets: targets(addresses(3)) });
    run.network.places.set('10.0.0.1', { look: () => phone(mpp()) });
    for (const address of addresses(2, 2))
      run.network.places.set(address, { probe: () => fails('connect-timeout'), look: () => phone(mpp()) });
    expect(await surveyed(run)).toEqual({ how: 'done', noAnswerByCode: { 'connect-timeout': 2 } });
  });

  it.each([
    ['local-resources', 'no socket left (EMFILE)', 'No socket left (EMFILE).'],
    ['local-refused', 'not allowed (EPERM)', 'No target could be probed: not allowed (EPERM).'],
  ] as const)(
    'fails where its machine cannot reach anything (%s): nobody is called silent',
    async (code, said, why) => {
      const run = bench({ profile: null, options: { probeConcurrency: 1 }, targets: targets(addresses(3)) });
      for (const address of addresses(3))
        run.network.places.set(address, { probe: () => fails(code, said), look: () => phone(mpp()) });
      expect(await surveyed(run)).toEqual({ how: 'failed', why });
    },
  );
});
