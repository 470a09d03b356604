import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ucmCheckCommand } from '../../../../src/cli/commands/ucm/check.js';
import { connectWith } from '../../../../src/cli/commands/ucm/client.js';
import { ucmListCommand } from '../../../../src/cli/commands/ucm/list.js';
import { ucmRestartCommand } from '../../../../src/cli/commands/ucm/restart-tftp.js';
import type { Given } from '../../../../src/conduct/options/sources.js';
import { silentLog } from '../../../../src/domain/ports/log.js';
import { buildScenario, type Simulator, startSimulator } from '../../../../src/simulator/index.js';
import { temporaryFolder } from '../../../support/command/temporary-folder.js';
import { given, usage } from '../../support/arguments.js';
import { ended } from './support.js';

const connect = connectWith(silentLog);

/** The commands with their own client against a simulated cluster, over TLS. */
describe('the commands of ucm, on a cluster', () => {
  const folder = temporaryFolder();
  let simulator: Simulator;

  beforeAll(async () => {
    const load = 'sip88xx.14-2-1-0101-26';
    simulator = await startSimulator(
      buildScenario({
        ...{ name: 'commands', subnet: '127.78.8.0/24', seed: 8 },
        phones: [
          {
            model: '8841',
            name: 'front',
            load,
            address: '127.78.8.1',
            ucm: { pool: 'DP_Lab', description: 'Front desk', webAccess: 'on' },
          },
          { model: '8851', name: 'home one', load, ucm: { pool: 'DP_Home', expressway: true } },
          { model: '8851', name: 'home two', load, ucm: { pool: 'DP_Home', expressway: true } },
          { model: '8811', name: 'drawer', load, ucm: { registers: false } },
        ],
        ucm: { nodes: [{ name: '127.78.8.250', tftp: true }] },
      }),
      // A restart of the service takes 20 s there. Were time much faster, the service would seem to be up for longer than since the restart as
      // soon as this machine pauses.
      { timeScale: 5 },
    );
    writeFileSync(folder.file('ca.pem'), simulator.ucm?.ca ?? '');
  });
  afterAll(async () => {
    await simulator.close();
    folder.remove();
  });

  const on = (words: Record<string, unknown> = {}): Promise<Given> => {
    const { ucm } = simulator;
    if (ucm === undefined) throw new RangeError('there is no cluster');
    const cluster = { ucm: ucm.host, 'ucm-port': String(ucm.port), 'ucm-username': ucm.username };
    const secret = { 'ucm-password-env': 'UCM_PW', 'ucm-ca': [folder.file('ca.pem')], timeout: '200ms' };
    const files = { 'ucm-files-port': String(ucm.filesPort) };
    const env = { UCM_PW: ucm.password, OTHER: 'wrong', HOME: '/tmp', XDG_STATE_HOME: folder.path };
    return given({ ...cluster, ...secret, ...files, ...words }, '', env);
  };

  it('list its phones: who is registered where, and who is behind an Expressway', async () => {
    const { code, stdout, stderr } = await ended(async () => ucmListCommand(await on(), { output: 'json' }, connect));
    const { phones } = JSON.parse(stdout) as { phones: Record<string, unknown>[] };
    expect([code, stderr]).toEqual([0, '']);
    const byName = new Map(phones.map((phone) => [phone['description'], phone]));
    expect(byName.get('Front desk')).toMatchObject({
      ...{ model: '8841', devicePool: 'DP_Lab', registered: 'yes', webServer: 'on', why: null },
      address: '127.78.8.1',
      load: 'sip88xx.14-2-1-0101-26',
    });
    expect(byName.get('home one')).toMatchObject({ address: null, why: expect.stringMatching(/as behind an Expr/) });
    expect(byName.get('drawer')).toMatchObject({ registered: 'no', address: null });
    const few = await ended(async () => ucmListCommand(await on({ match: 'front*' }), { output: 'csv' }, connect));
    expect(few.stdout.split('\r\n')).toHaveLength(3);
  });

  it('check it, and restart its TFTP service', async () => {
    const tftpPort = simulator.ucm?.tftpPort ?? 0;
    const checked = await ended(async () => ucmCheckCommand(await on(), { output: 'table', tftpPort }, connect));
    expect(checked.stdout).toMatch(/^yes +right: database, writing /m);
    expect(checked.stdout).toMatch(/^yes +phones: .* 4 listed, 3 registered\.$/m);
    expect(checked.stdout).toMatch(/^\w+ +load: sip88xx\.12-0-3MPP0001-87 on 127\.78\.8\.250 over /m);
    const restarted = await ended(async () => ucmRestartCommand(await on(), { node: [], yes: true }, connect));
    expect(restarted.stdout).toMatch(/^127\.78\.8\.250 +Cisco Tftp +Started +2\d{3}-/m);
    expect([restarted.code, simulator.ucm?.restartsOfTftp()]).toEqual([0, 1]);
  });

  it('end with 2 and one sentence where it refuses its user, or its certificate is another', async () => {
    const list = async (words: Record<string, unknown>) => ucmListCommand(await on(words), { output: 'json' }, connect);
    await expect(list({ 'ucm-password-env': 'OTHER' })).rejects.toThrow(usage(/Give the right ones \(--ucm-username/));
    const check = ucmCheckCommand(await on({ 'ucm-password-env': 'OTHER' }), { output: 'json', tftpPort: 69 }, connect);
    await expect(check).rejects.toThrow(usage(/refused the user name or the password/));
    await expect(list({ 'ucm-ca': [] })).rejects.toThrow(usage(/--ucm-ca FILE/));
    expect(simulator.ucm?.violations).toEqual([]);
  });
});
