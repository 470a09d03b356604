import { afterAll, describe, expect, it } from '@jest/globals';
import { buildScenario, type DeviceGroup, type ScenarioDraft } from '../../../src/simulator/index.js';
import { labelsOf, startClusterOf } from '../../support/cluster.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { isDeep, runs } from '../../support/depth.js';
import { runForReport } from '../../support/reports/reported-run.js';

type Flags = NonNullable<NonNullable<ScenarioDraft['ucm']>['flags']>;

/** How many phones, and how often a fault comes: at quick depth each once or twice, since every one costs seconds. */
const phones = runs(10, 500);
const faults: Partial<Flags> = {
  axlBusyEvery: runs(0, 97),
  axlMemoryFaultEvery: runs(0, 151),
  axlTooLargeAbove: runs(4, 120),
  axlSessionUses: runs(3, 40),
  cutOffEvery: runs(13, 41),
  cutOffHow: 'breaks',
  risMaxDevices: 2000,
};

const enterprise: DeviceGroup = { model: '8841', vid: 'V05', load: 'sip88xx.14-2-1-0101-26' };
const multiplatform: DeviceGroup = { model: '8841', vid: 'V05' };

/** Each direction with the phones that it begins with, and what one has become at its end. */
const directions = {
  'enterprise-to-mpp': { phone: enterprise, subnet: '127.79.0.0/23', becomes: 'multiplatform' },
  'mpp-to-enterprise': { phone: multiplatform, subnet: '127.79.4.0/23', becomes: 'enterprise' },
} as const;

const troubles = {
  'is busy and short of memory, whose answers break off and whose sessions end': faults,
  'sends half a document, and errors in plain text': {
    ...{ axlSessionUses: runs(3, 40), cutOffEvery: runs(17, 43), risPlainTextEvery: runs(6, 12) },
  },
} satisfies Record<string, Partial<Flags>>;

describe(`${phones} phones and a cluster in trouble: all of them move, each written to once`, () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  it.each([
    {
      name: 'enterprise-to-mpp',
      trouble: 'is busy and short of memory, whose answers break off and whose sessions end',
    },
    { name: 'mpp-to-enterprise', trouble: 'sends half a document, and errors in plain text' },
  ] as const)(
    '$name, with one that $trouble',
    async ({ name, trouble }) => {
      const { phone, subnet, becomes } = directions[name];
      const flags = troubles[trouble];
      const scenario = buildScenario({
        ...{ name: 'faults', subnet: isDeep ? subnet : subnet.replace('/23', '/27'), seed: 79 },
        phones: [{ ...phone, name: 'phone', count: phones }],
        ucm: { flags },
      });
      const network = await startClusterOf(scenario, { timeScale: runs(400, 100) });
      try {
        const waits = {
          pollInterval: runs('700ms', '4s'),
          patience: runs('3s', '20s'),
          upgradeDeadline: runs('50s', '240s'),
        };
        const { code, report, stderr } = await runForReport(
          [
            ...[...network.scan, ...network.askUcm, '--profile', quickProfile(folder.path, name, waits)],
            ...['--inventory', labelsOf(scenario, folder.file('vids.csv')), '--files', network.files, '--yes'],
            ...['--max-upgrading', '250'],
          ],
          { env: network.env },
        );
        const failures = report.phones.flatMap(({ mac, outcome, failure }) =>
          outcome === 'done' || mac === null ? [] : [`${mac} ${outcome} ${failure?.code} ${failure?.message}`],
        );
        expect([failures, code, stderr]).toEqual([[], 0, stderr]);
        expect(report.totals.byOutcome['done']).toBe(phones);
        expect(network.simulator.phones.filter(({ kind }) => kind !== becomes)).toEqual([]);
        const loads = network.ucm.requests.filter(({ load, status }) => load !== undefined && status === 200);
        expect(loads.length).toBe(name === 'enterprise-to-mpp' ? new Set(loads.map(({ device }) => device)).size : 0);
        expect(network.ucm.violations).toEqual([]);
      } finally {
        await network.close();
      }
    },
    540_000,
  );
});
