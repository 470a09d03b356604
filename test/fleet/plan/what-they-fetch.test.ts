import { describe, expect, it } from '@jest/globals';
import type { FirmwareDemand } from '../../../src/domain/firmware/demand.js';
import type { Preflight } from '../../../src/files/preflight.js';
import { unpaced } from '../../../src/fleet/pacing/pacing.js';
import { bench, files, m2eLoad, mac, mpp, phone, preflight, type Setup, stepUpLoad } from '../support/fleet.js';

const size = 61_000_000;

/** A file server that tells sizes, with what it was asked. */
function sized(): Preflight & { asked: string[] } {
  const usual = preflight();
  return {
    ...usual,
    firmware: async (url, load) => ({
      ...(await usual.firmware(url, load)),
      images: [{ name: `rootfs88xx.${load}.sbn`, bytes: size }],
    }),
  };
}

async function demandOf(setup: Setup, phones = 3): Promise<{ told: unknown; reported: FirmwareDemand[] | undefined }> {
  const run = bench({ preflight: sized(), ...setup });
  for (let n = 1; n <= phones; n += 1)
    run.network.places.set(`10.0.0.${n}`, { look: () => phone(mpp({ mac: mac(n) })) });
  let told: unknown = null;
  const report = await run.go({
    confirm: async ({ firmware }) => {
      told = firmware;
      return false;
    },
  });
  return { told, reported: report.run.firmware };
}

describe('what the phones of a plan fetch', () => {
  it('is the same in the question, in its report and in that of a dry run, by file server and at the pace of the run', async () => {
    const options = { link: 50_000_000, pacing: { ...unpaced, maxUpgrading: 2 } };
    const demand = {
      ...{ server: files, phones: 3, bytes: 3 * (size + 1), knownBytes: 3 * (size + 1), atMost: false },
      ...{ slots: 2, linkBitsPerSecond: 50_000_000, seconds: 30 },
    };
    expect(await demandOf({ options })).toEqual({ told: [demand], reported: [demand] });
    expect(await demandOf({ options: { ...options, dryRun: true } })).toEqual({ told: null, reported: [demand] });
  });

  it('is looked up once for each load, and counts both loads of a phone that steps up first', async () => {
    const check = sized();
    const run = bench({ options: { dryRun: true }, preflight: check });
    const old = mpp({ softwareVersion: 'sip88xx.11-3-7MPP0001-31' });
    run.network.places.set('10.0.0.1', { look: () => phone(old) });
    run.network.places.set('10.0.0.2', { look: () => phone({ ...old, mac: mac(2) }) });
    const before = (await run.go()).run.firmware;
    expect(before).toMatchObject([{ phones: 2, bytes: 4 * (size + 1) }]);
    const afterPlanning = check.asked.slice(-2);
    expect(afterPlanning).toEqual([stepUpLoad, m2eLoad].map((load) => `${files}/${load}.loads`));
  });

  it('is not told where nothing was fetched first, or nothing is to be', async () => {
    expect(await demandOf({ options: { skipPreflight: true } })).toEqual({ told: [], reported: undefined });
    expect((await demandOf({ profile: null })).reported).toBeUndefined();
  });
});
