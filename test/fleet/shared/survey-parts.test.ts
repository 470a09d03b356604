import { describe, expect, it } from '@jest/globals';
import type { JobDesk } from '../../../src/fleet/shared/job-desk.js';
import { surveyElsewhere } from '../../../src/fleet/shared/survey-parts.js';
import { StopControl } from '../../../src/fleet/stop-control.js';
import { newSurvey, type Survey } from '../../../src/fleet/survey/found.js';
import type { TargetRow } from '../../../src/store/store-rows.js';
import type { JobResult } from '../../../src/store/work.js';
import { addresses, bench, targets } from '../support/fleet.js';

describe('a survey that workers make', () => {
  /** What comes of three phones, of which a worker has stored and said this. */
  async function surveyed(result: JobResult, stored: readonly TargetRow[] = []): Promise<Survey> {
    const hints = Object.fromEntries(addresses(3).map((address) => [address, { site: 'north' }]));
    const sites = [{ name: 'north', subnets: [], targets: [], inventories: [] }] as never;
    const { context } = bench({ profile: null, targets: targets(addresses(3), { hints }), options: { sites } });
    const desk = {
      handOut: () => Promise.resolve({ id: '1', job: {}, state: 'done', result }),
      row: (key: string) => Promise.resolve(stored.find((row) => row.key === key)),
      tellMissing: () => Promise.resolve(),
    } as unknown as JobDesk;
    const found = newSurvey();
    const breaker = { tripped: null, hasRead: () => {} } as never;
    await surveyElsewhere({ desk, context, stop: new StopControl(), found, breaker, previous: null });
    return found;
  }
  const outcomes = ({ records }: Survey): unknown[] => records.map(({ failure }) => failure?.code);

  it('counts those as silent of whom a worker said so', async () => {
    const found = await surveyed({ how: 'done', noAnswerByCode: { 'connect-timeout': 3 } });
    expect([found.settled, Object.fromEntries(found.noAnswerByCode), outcomes(found)]).toEqual([
      3,
      { 'connect-timeout': 3 },
      [],
    ]);
  });

  it('calls nobody silent where a worker has said less than it was asked', async () => {
    const found = await surveyed({ how: 'done', noAnswerByCode: { 'connect-timeout': 2 } });
    expect([found.settled, found.noAnswerByCode.size, outcomes(found)]).toEqual([
      3,
      0,
      ['worker-failed', 'worker-failed', 'worker-failed'],
    ]);
    expect(found.records[0]?.failure?.message).toContain('said nothing of 1 of 3 phones');
  });

  it('takes a row that nobody has finished for no answer', async () => {
    const row = { key: '10.0.0.1', address: '10.0.0.1', mac: null, state: 'waiting', snapshot: null, report: null };
    const found = await surveyed({ how: 'done', noAnswerByCode: { 'connect-timeout': 2 } }, [row as never]);
    expect([found.noAnswerByCode.size, outcomes(found)]).toEqual([
      0,
      ['worker-failed', 'worker-failed', 'worker-failed'],
    ]);
  });
});
