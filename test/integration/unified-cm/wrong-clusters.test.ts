import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ScenarioDraft } from '../../../src/simulator/index.js';
import { type ClusterNetwork, startCluster } from '../../support/cluster.js';
import { type Finished, runCommand } from '../../support/command/command.js';

type Ucm = NonNullable<ScenarioDraft['ucm']>;

const phone = {
  model: '8841',
  vid: 'V05',
  load: 'sip88xx.14-2-1-0101-26',
  ucm: { webAccess: 'on' as const, pool: 'HQ' },
};

/** A command to move all phones of a cluster, with other words for some of its options. */
function words({ askUcm, reach, files }: ClusterNetwork, others: Readonly<Record<string, string>>): string[] {
  const given = [...askUcm];
  for (const [option, value] of Object.entries(others)) {
    const at = given.indexOf(option);
    if (at >= 0) given.splice(at, 2);
    if (value !== '') given.push(option, value);
  }
  return [...reach, ...given, '--profile', 'enterprise-to-mpp', '--files', files, '--yes'];
}

/** What the user is told: one sentence that begins with the program's name, and then what to do. */
function expectRefusal({ code, stdout, stderr }: Finished, told: RegExp): void {
  expect(stderr).toMatch(told);
  expect([code, stdout]).toEqual([2, '']);
  const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('WARNING'));
  expect(lines).toHaveLength(1);
  expect(stderr).not.toMatch(/wrong-password-1|cucm-axl-1|Error:|\n\s+at /);
}

describe('a wrong way to Unified CM', () => {
  let network: ClusterNetwork;

  beforeAll(async () => {
    network = await startCluster([phone], { subnet: '127.78.3.0/28' });
  });
  afterAll(() => network.close());

  const run = (others: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = network.env) =>
    runCommand(words(network, others), { env });

  it('a port where nobody listens', async () => {
    expectRefusal(await run({ '--ucm-port': '27999' }), /Unified CM (?:at )?127\.0\.0\.1.*Check --ucm and --ucm-port/);
  });

  it('a port where a phone listens', async () => {
    const port = String(network.simulator.httpsPort);
    expectRefusal(await run({ '--ucm-port': port }), /Unified CM (?:at )?127\.0\.0\.1.*--ucm-port/);
  });

  it('a port that speaks no TLS', async () => {
    const port = String(network.simulator.httpPort);
    expectRefusal(await run({ '--ucm-port': port }), /Unified CM (?:at )?127\.0\.0\.1.*--ucm-port/);
  });

  it('a certificate that nobody has signed for us: the password is not sent', async () => {
    const before = network.ucm.requests.length;
    const args = words(network, {}).filter((word) => word !== '--ucm-insecure');
    expectRefusal(await runCommand(args, { env: network.env }), /certificate.*--ucm-ca FILE/);
    expect(network.ucm.requests).toHaveLength(before);
  });

  it('a wrong password: sent once', async () => {
    const before = network.ucm.requests.length;
    expectRefusal(await run({}, { UCM_PASSWORD: 'wrong-password-1' }), /refused the user name or the password/);
    const refused = network.ucm.requests.slice(before).filter(({ status }) => status === 401);
    expect(refused).toHaveLength(1);
  });

  it('a device pool that no phone is in, and a name that no phone has', async () => {
    expectRefusal(await run({ '--device-pool': 'Nowhere' }), /None of the 1 phones.*--device-pool "Nowhere"/);
    expectRefusal(await run({ '--match': 'SEP99*' }), /None of the 1 phones.*--match "SEP99\*"/);
  });

  it('no phone was contacted, nothing was changed', () => {
    expect(network.simulator.log).toEqual([]);
    expect(network.changes()).toEqual([]);
    expect(network.ucm.violations).toEqual([]);
  });
});

describe('a cluster that a move cannot be made with', () => {
  it.each<[string, Ucm, RegExp]>([
    ['a role that only reads', { role: 'read-only' }, /may not change phones.*Standard AXL API Access/],
    [
      'the same where roles cannot be read',
      { role: 'read-only', flags: { axlRolesReadable: 'no' } },
      /may not change phones.*Standard AXL API Access/,
    ],
    ['no role at all', { role: 'none' }, /Standard AXL API Access/],
    ['no role for the real-time service', { flags: { realTimeRole: false } }, /Standard SERVICEABILITY/],
    [
      'the same where roles cannot be read',
      { flags: { realTimeRole: false, axlRolesReadable: 'no' } },
      /Standard SERVICEABILITY/,
    ],
    ['a version of the interface that is refused', { flags: { axlVersions: ['9.9'] } }, /version/],
    ['a version that cannot be read', { version: 'unknown' }, /version/],
  ])('%s', async (_, ucm, told) => {
    const network = await startCluster([phone], { subnet: '127.78.3.0/28', ucm });
    try {
      expectRefusal(await runCommand(words(network, {}), { env: network.env }), told);
      expect(network.simulator.log).toEqual([]);
      expect(network.ucm.settingsOf(`SEP${network.simulator.phones[0]?.mac}`)?.ownLoad).toBeNull();
    } finally {
      await network.close();
    }
  });

  it('reads with a role that only reads: an audit and a dry run', async () => {
    const network = await startCluster([phone], { subnet: '127.78.3.0/28', ucm: { role: 'read-only' } });
    try {
      const args = words(network, {}).filter((word) => word !== '--yes');
      const { code, stdout, stderr } = await runCommand([...args, '--dry-run'], { env: network.env });
      expect([code, stdout]).toEqual([0, expect.stringContaining('1  planned')]);
      expect(stderr).toContain('may only read on Unified CM');
    } finally {
      await network.close();
    }
  });
});
