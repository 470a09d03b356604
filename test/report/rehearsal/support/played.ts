import { parseWaves } from '../../../../src/domain/pacing/waves.js';
import { parseThreshold } from '../../../../src/domain/pacing/thresholds.js';
import { silentLog } from '../../../../src/domain/ports/log.js';
import { assume, assumptionTexts, parseAssumption } from '../../../../src/domain/rehearsal/assumptions.js';
import type { Rehearsal } from '../../../../src/domain/rehearsal/rehearsal.js';
import type { RunStory } from '../../../../src/domain/report/story/story.js';
import { loadMigrationProfile } from '../../../../src/config/profiles/migration-profile.js';
import { loadModels } from '../../../../src/config/profiles/models/read.js';
import { unpaced } from '../../../../src/fleet/pacing/pacing.js';
import { parseWindow } from '../../../../src/fleet/pacing/window/window.js';
import { openTargets } from '../../../../src/inventory/open-targets.js';
import { playNights } from '../../../../src/rehearse/play-nights.js';
import { samplePhone } from '../../support/sample.js';
import { sampleRehearsal } from './sample.js';

/** A rehearsal as the runner itself plays it, and the phones of its first night. @param given `--assume` */
export async function playedRehearsal(count: number, given: string[] = []): Promise<[Rehearsal, RunStory]> {
  const [models, zone, seed] = [loadModels(), 'Europe/Berlin', 7];
  const profile = loadMigrationProfile('mpp-to-enterprise', { models });
  const reports = Array.from({ length: count }, (_phone, at) =>
    samplePhone({
      address: `10.0.${at >> 8}.${at & 255}`,
      mac: `00CCFC${at.toString(16).toUpperCase().padStart(6, '0')}`,
      transitionAuthorizationType: '',
      named: true,
    }),
  );
  const targets = await openTargets(
    {
      ...{ subnets: [], targets: [], inventories: [], excludes: [], maxTargets: 100_000 },
      ofRun: { run: 'x', phones: reports.map(({ address, mac, model }) => ({ address, hint: { mac, model } })) },
    } as unknown as Parameters<typeof openTargets>[0],
    {} as Parameters<typeof openTargets>[1],
  );
  const assumptions = assume(given.map((text) => parseAssumption(text)));
  const played = await playNights(
    {
      summary: {
        ...{ id: '20261130210000-0a1b2c', profile: profile.name, dryRun: false, version: '0.1.0' },
        ...{ preflightSkipped: false, insecure: false },
      },
      ...{ profile, targets, models, log: silentLog, reports, listed: [], assumptions, zone },
      options: {
        ...{ profile, dryRun: false, concurrency: 64, probeConcurrency: 512, skipPreflight: false, timeoutMs: 3_000 },
        ...{ link: 500_000_000, sites: [], files: 'http://10.0.0.5:6970', authorizationRule: null, stepUp: true },
        ...{ allowBelowRecommended: false, ucmLoads: null },
        pacing: {
          ...{ ...unpaced, maxUpgrading: 50, waves: parseWaves('1,10,100%') },
          ...{ thresholds: [parseThreshold('5%')], window: parseWindow('22:00-05:00', zone) },
        },
      },
      mayBegin: () => true,
      startsAt: Date.parse('2026-12-01T21:00:00Z'),
      asked: new Set(reports.map(({ address }) => address)),
      durations: { usually: () => profile.timing.usual, soonest: () => null },
      ...{ history: [], readMs: 700, bytes: 75_000_000, licensed: null, deferrals: new Map(), ucm: null },
    },
    { seed, nights: 3 },
  );
  const { nights, timesFrom, first } = played;
  const { licenses: _needed, ...rest } = sampleRehearsal();
  const told = { phones: count, fromList: 0, assumed: assumptionTexts(assumptions), timesFrom, nights, seed, zone };
  return [
    { ...rest, ...told },
    { report: first.report, phones: first.phones, changes: null },
  ];
}
