import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeLicense } from '../../../src/simulator/files/licenses.js';
import { imagesOf, makeImage, makeLoads } from '../../../src/simulator/files/loads.js';
import { writeArchive } from '../../licenses/support.js';
import { runCommand, type Running, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';
import { type Report, reported } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';

interface Plan {
  orders: { sku: string; supportSku: string; needed: number; held: number; toOrder: number }[];
  notNeeded: number;
  phones: { mac: string; state: string }[];
}

const audio = 'sip88xx.14-2-1-0101-26';
const small = 'sip78xx.14-2-1-0101-26';

/** Puts a load with its images into a folder. */
function putLoad(folder: string, load: string): void {
  const images = imagesOf(load);
  writeFileSync(`${folder}/${load}.loads`, makeLoads(`${load}.loads`, images));
  for (const image of images) writeFileSync(`${folder}/${image}`, makeImage(image));
}

describe('from an audit to licensed phones: plan, the portal, import, serve, migrate', () => {
  const folder = temporaryFolder();
  const db = folder.file('fleet.db');
  const served = folder.file('phones');
  let network: Network;
  let serving: Running;
  let files: string;

  beforeAll(async () => {
    network = await startNetwork(
      [
        { model: '8841', name: 'first' },
        { model: '8851', name: 'other way' },
        { model: '7841', name: 'small' },
        { model: '8841', name: 'free', behavior: { returnsWithoutLicense: 'Classic' } },
      ],
      { subnet: '127.67.0.0/28' },
    );
    mkdirSync(served);
    putLoad(served, audio);
    putLoad(served, small);
    serving = startCommand(['serve', served, '--db', db, '--http-port', '0', '--no-tftp', '--address', '127.0.0.1']);
    await serving.shows('Ready');
    files = /--files (http:\/\/\S+)/.exec(serving.stdout)?.[1] ?? '';
  });
  afterAll(async () => {
    serving.kill('SIGINT');
    await serving.done;
    await network.close();
    folder.remove();
  });

  async function plan(...words: string[]): Promise<Plan> {
    const { stdout, code } = await runCommand([
      ...['licenses', 'plan', '--direction', 'm2e', '--db', db, '--output', 'json'],
      ...words,
    ]);
    expect(code).toBe(0);
    return JSON.parse(stdout) as Plan;
  }

  async function migrate(): Promise<{ report: Report; code: number | null }> {
    const profile = quickProfile(folder.path, 'mpp-to-enterprise');
    return runForReport([...network.scan, '--db', db, '--profile', profile, '--files', files, '--yes']);
  }

  it('plans what to order from the last audit, and lists the MACs for the portal', async () => {
    await runCommand(['audit', ...network.scan, '--db', db]);
    const { orders, notNeeded } = await plan('--macs', folder.file('macs.csv'));
    expect(orders).toEqual([
      { sku: 'L-CP-M2E-88XX-CNV=', supportSku: 'CON-SW-LCPM2E8C', needed: 2, held: 0, toOrder: 2 },
      { sku: 'L-CP-M2E-78XX-CNV=', supportSku: 'CON-SW-LCPM2E7X', needed: 1, held: 0, toOrder: 1 },
    ]);
    expect(notNeeded).toBe(1);
  });

  it('is not sure of a phone of a list that no run has read', async () => {
    writeFileSync(folder.file('list.csv'), 'mac,model\n00CCFC0000FF,CP-8841-K9\n');
    const words = ['licenses', 'plan', '--direction', 'm2e', '--inventory', folder.file('list.csv'), '--db', db];
    const { stdout, code } = await runCommand(words);
    expect(stdout).toMatch(/Nothing says which firmware 1 phone runs/);
    expect(code).toBe(1);
  });

  it('takes what the portal makes of them', async () => {
    const [, ...macs] = readFileSync(folder.file('macs.csv'), 'utf8').trim().split('\r\n');
    expect(macs).toHaveLength(3);
    // One of them was ordered for the other direction.
    const wrong = network.phone('other way').mac;
    const archive = await writeArchive(
      folder.file('portal.zip'),
      Object.fromEntries(
        macs.map((mac) =>
          mac === wrong
            ? [`Ent-2-Mpp-licenses/${mac}.lic`, makeLicense(mac, 'e2m')]
            : [`MPP-2-ENT-licenses/${mac}.lic`, makeLicense(mac, 'm2e')],
        ),
      ),
    );
    const { stdout, code } = await runCommand(['licenses', 'import', archive, '--db', db]);
    expect(stdout).toMatch(/^3 licenses \(1 e2m, 2 m2e\)\n\n3 licenses were stored in/);
    expect(code).toBe(0);
    const { orders } = await plan();
    expect(orders).toMatchObject([
      { needed: 2, held: 1, toOrder: 1 },
      { needed: 1, held: 1, toOrder: 0 },
    ]);
  });

  it('finds on the server the licenses that its rule asks for, and not that of the other direction', async () => {
    const words = ['--profile', 'mpp-to-enterprise', '--files', files, '--db', db, '--output', 'json'];
    const { stdout, code } = await runCommand(['licenses', 'check', ...words]);
    expect(code).toBe(1);
    const { phones } = JSON.parse(stdout) as { phones: { mac: string; name: string; found: boolean }[] };
    expect(phones.map(({ mac, name, found }) => [mac, name, found])).toEqual(
      ['first', 'other way', 'small'].map((name) => {
        const { mac } = network.phone(name);
        return [mac, `${mac}_M2E.lic`, name !== 'other way'];
      }),
    );
  });

  it('moves the phones whose files are all there, and blocks exactly the others', async () => {
    const [missing = ''] = imagesOf(small);
    const image = readFileSync(`${served}/${missing}`);
    writeFileSync(`${served}/${missing}`, '');
    const { report, code } = await migrate();
    const outcome = (name: string): unknown => {
      const { outcome: ended, touched, failure } = reported(report, network.phone(name));
      return [ended, touched, failure?.code ?? null];
    };
    expect(outcome('first')).toEqual(['done', true, null]);
    expect(outcome('free')).toEqual(['done', true, null]);
    expect(outcome('other way')).toEqual(['blocked', false, 'license-missing']);
    expect(outcome('small')).toEqual(['blocked', false, 'firmware-image-missing']);
    expect(code).toBe(1);

    writeFileSync(`${served}/${missing}`, image);
    const { mac } = network.phone('other way');
    writeFileSync(`${served}/${mac.toLowerCase()}_m2e.lic`, makeLicense(mac, 'm2e'));
    const again = await migrate();
    for (const name of ['other way', 'small']) expect(reported(again.report, network.phone(name)).outcome).toBe('done');
  });

  it('has shown who took what', async () => {
    const { mac } = network.phone('first');
    await serving.shows(`${mac}_M2E.lic`);
    expect(serving.stdout).toMatch(
      new RegExp(`${mac}.*${imagesOf(audio)[0] ?? '?'}|${imagesOf(audio)[0] ?? '?'}.*${mac}`),
    );
  });
});
