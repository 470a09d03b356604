import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { imagesOf, makeLicense, makeLoads } from '../../../src/simulator/index.js';
import { runCommand, startCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';
import { type Report, reported } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';

const enterprise = 'sip88xx.14-2-1-0101-26';
const multiplatform = 'sip88xx.12-0-3MPP0001-87';

const devices = [
  { model: '8841', name: 'ready', load: enterprise, vid: 'V15' },
  { model: '8851', name: 'its sister', load: enterprise, vid: 'V15' },
  { model: '8841', name: 'unlicensed', load: enterprise, vid: 'V15' },
  { model: '8841', name: 'old', load: 'sip88xx.14-1-1-0001-136', vid: 'V15' },
  { model: '7841', name: 'without its load', load: 'sip78xx.14-2-1-0101-26', vid: 'V05' },
  { model: '8841', name: 'multiplatform', load: multiplatform, vid: 'V15' },
] as const;

describe('a fleet that is led to serve --convert e2m', () => {
  const folder = temporaryFolder();
  let network: Network;
  let served: string;
  let after: Report;

  beforeAll(async () => {
    network = await startNetwork(devices);
    const db = ['--db', folder.file('store.db')];
    const root = folder.file('phones');
    const licenses = folder.file('Ent-2-Mpp-licenses');
    for (const path of [root, licenses]) mkdirSync(path);
    const images = imagesOf(multiplatform);
    writeFileSync(`${root}/${multiplatform}.loads`, makeLoads(`${multiplatform}.loads`, images));
    for (const image of images) writeFileSync(`${root}/${image}`, image);
    for (const { name, mac } of network.simulator.phones)
      if (name !== 'unlicensed') writeFileSync(`${licenses}/${mac}.lic`, makeLicense(mac, 'e2m'));

    await runForReport(['audit', ...network.scan, ...db]);
    const imported = await runCommand(['licenses', 'import', licenses, '--direction', 'e2m', ...db]);
    expect([imported.code, imported.stderr]).toEqual([0, '']);
    const places = ['--http-port', '0', '--no-tftp', '--address', '127.0.0.1'];
    const serving = startCommand(['serve', root, ...db, ...places, '--convert', 'e2m']);
    await serving.shows('Ready');
    const url = /--files (http:\/\/127\.0\.0\.1:\d+)/.exec(serving.stdout)?.[1] ?? '';
    await Promise.all(network.simulator.phones.map(({ mac }) => network.simulator.provision(mac, url)));
    for (const name of ['ready', 'its sister']) await serving.shows(`${network.phone(name).mac}.lic `);
    await network.simulator.quiet();
    serving.kill('SIGINT');
    served = (await serving.done).stdout;
    after = (await runForReport(['audit', ...network.scan, ...db])).report;
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  it.each(['ready', 'its sister'])('%s is Multiplatform and licensed', (name) => {
    expect(reported(after, network.phone(name))).toMatchObject({
      ...{ family: 'multiplatform', softwareVersion: multiplatform, transitionAuthorizationType: 'Classic' },
      returnWithoutLicense: 'yes',
    });
  });

  it.each([
    ['unlicensed', 'no e2m license is held for it'],
    ['old', 'It runs 14.1(1)'],
    ['without its load', 'sip78xx.12-0-3MPP0001-87.loads is not here'],
  ])('%s stays as it is, and a line says why', (name, why) => {
    const { mac } = network.phone(name);
    expect(reported(after, network.phone(name))).toMatchObject({ family: 'enterprise' });
    expect(network.phone(name).snapshot()).toMatchObject({ reboots: 0, upgrades: 0 });
    expect(served).toContain(`SEP${mac}.cnf.xml refused: ${mac} gets no load: ${why}`);
    expect(served).toContain(' XMLDefault.cnf.xml refused: this file is for any phone');
  });

  it('one that had moved before gets nothing', () => {
    const { mac } = network.phone('multiplatform');
    expect(served).toContain(`8841-3PCC.xml refused: ${mac} gets no load: it runs Multiplatform firmware`);
    expect(reported(after, network.phone('multiplatform')).transitionAuthorizationType).toBe('');
  });
});
