import { describe, expect, it } from '@jest/globals';
import { builtinScenarios, parseScenario, startSimulator } from '../../../src/simulator/index.js';

const scenario = (ucm: string, phone = ''): string =>
  `name: x\nsubnet: 127.79.1.0/24\nseed: 1\nphones:\n  - model: '8841'\n    name: Bar\n${phone}${ucm}`;

describe('a scenario with a Unified CM', () => {
  it('needs nothing said of it: two nodes, a user, and every phone in the database', () => {
    const { ucm, phones } = parseScenario(scenario('ucm: {}\n'), 'x.yaml');
    expect(ucm).toMatchObject({ username: 'fleet-migrate', role: 'full', version: '14.0.1.12900(161)' });
    expect(ucm?.nodes.map(({ name }) => name)).toEqual(['127.0.0.1', '127.0.0.2']);
    expect(phones[0]?.ucm).toMatchObject({ known: true, pool: 'Default', webAccess: 'off', registers: true });
  });

  it('sets flags, devices, and what phones are to it', () => {
    const part =
      'ucm:\n  role: read-only\n  flags: { axlBusyFirst: 2, risSilentNodes: [127.0.0.2] }\n  devices: [{ name: CSFX, model: Softphone, number: 503 }]\n';
    const { ucm, phones } = parseScenario(scenario(part, '    ucm: { webAccess: on, pool: HQ }\n'), 'x.yaml');
    expect(ucm?.flags).toMatchObject({ axlBusyFirst: 2, risPerMinute: 15 });
    expect(ucm?.devices).toEqual([
      { name: 'CSFX', model: 'Softphone', number: 503, pool: 'Default', description: '', load: '' },
    ]);
    expect(phones[0]?.ucm).toMatchObject({ webAccess: 'on', pool: 'HQ' });
  });

  it.each([
    ['ucm: { role: admin }\n', '', /ucm\.role/],
    ['ucm: { flags: { axlBusy: 1 } }\n', '', /axlBusy/],
    ['ucm: { flags: { risSilentNodes: [cucm9] } }\n', '', /no node cucm9/],
    ['ucm: { nodes: [{ name: 10.1.1.1 }] }\n', '', /127\.0\.0\.0\/8/],
    ['ucm: { defaults: { "9999": sip88xx.14-2-1-0101-26 } }\n', '', /ucm\.defaults/],
    ['ucm: { devices: [{ name: X, model: Softphone }] }\n', '', /number/],
    ['ucm: { devices: [{ name: X, model: "8841" }, { name: X, model: "8841" }] }\n', '', /two devices .* named X/],
    ['', '    ucm: { pool: HQ }\n', /Bar says what it is to Unified CM/],
  ])('is refused in a sentence: %j %j', (part, phone, message) => {
    expect(() => parseScenario(scenario(part, phone), 'x.yaml')).toThrow(message);
  });
});

describe('the scenario enterprise', () => {
  it('has phones of every kind, the same for the same seed, and as many as are asked for', () => {
    const { phones, ucm } = builtinScenarios.enterprise({ subnet: '127.79.2.0/23', seed: 4, phones: 300 });
    expect(phones).toHaveLength(300);
    expect(builtinScenarios.enterprise({ subnet: '127.79.2.0/23', seed: 4, phones: 300 })).toEqual({
      ...builtinScenarios.enterprise({ subnet: '127.79.2.0/23', seed: 4, phones: 300 }),
      phones,
      ucm,
    });
    const of = (name: string): number => phones.filter((phone) => phone.name.startsWith(name)).length;
    expect(['Older', 'Moved', 'At home', 'Unregistered', 'Unknown to UCM', 'Stale', 'Old hardware'].map(of)).toEqual([
      4, 3, 2, 1, 1, 1, 2,
    ]);
    expect(new Set(phones.map((phone) => phone.ucm?.webAccess))).toEqual(new Set(['on', 'off', 'absent', undefined]));
  });

  it('starts, and an address that is taken is told without anything left open', async () => {
    const made = builtinScenarios.enterprise({ subnet: '127.79.4.0/24', seed: 4 });
    const first = await startSimulator(made);
    const port = first.ucm?.port ?? 0;
    await expect(startSimulator(made, { ucmPort: port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(startSimulator(made, { ucmFilesPort: port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
  });

  it('has no Unified CM in other scenarios', async () => {
    const simulator = await startSimulator(builtinScenarios.plain({ subnet: '127.79.5.0/24', seed: 1, phones: 1 }));
    expect(simulator.ucm).toBeUndefined();
    await simulator.close();
  });
});
