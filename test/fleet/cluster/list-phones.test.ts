import { describe, expect, it } from '@jest/globals';
import { listUcmPhones } from '../../../src/fleet/cluster/list-phones.js';
import { UcmError } from '../../../src/ucm/ucm.js';
import { usage } from '../../cli/support/arguments.js';
import { fakeUcm } from './fake-ucm.js';

const everything = { devicePools: [], match: null };
const here = { registered: 'yes', status: 'Registered' } as const;

describe('the phones of a Unified CM', () => {
  it('have what its database and its real-time service say', async () => {
    const at = Date.UTC(2026, 10, 28, 9, 30);
    const told = {
      ...here,
      activeLoad: 'sip88xx.14-2-1-0101-26',
      httpd: false,
      address: '10.0.0.7',
      at,
      node: 'cucm-s1',
    };
    const { ucm } = fakeUcm([{ digits: '1', description: 'Lobby', told }]);
    expect(await listUcmPhones(ucm, everything)).toEqual({
      trouble: null,
      emptyPools: [],
      phones: [
        {
          ...{ name: 'SEP00CCFC000001', mac: '00CCFC000001', address: '10.0.0.7', model: '8841', description: 'Lobby' },
          ...{ devicePool: 'DP_Lab', registered: 'yes', registration: 'Registered', load: 'sip88xx.14-2-1-0101-26' },
          ...{ assignedLoad: 'sip88xx.12-5-1SR3-74', webServer: 'off', lastSeen: '2026-11-28T09:30:00.000Z' },
          ...{ node: 'cucm-s1', why: null },
        },
      ],
    });
  });

  it('that have no address of their own say why, and are given none', async () => {
    const { ucm } = fakeUcm([
      { digits: '1', told: { ...here, address: '10.0.0.9' } },
      { digits: '2', devicePool: 'DP_Home', told: { ...here, address: '10.0.0.9' } },
      { digits: '3', told: { registered: 'no', statusReason: 'DeviceUnregistered', address: '10.0.0.3' } },
      { digits: '4', told: { registered: 'no' } },
      { digits: '5', told: { ...here } },
      { digits: '6', told: { registered: 'unknown' } },
      { digits: '7', told: { registered: 'unknown', address: '10.0.0.7' } },
    ]);
    const { phones } = await listUcmPhones(ucm, everything);
    const behind = '2 phones are registered from 10.0.0.9, as behind an Expressway: none of them is reached there';
    expect(phones.map(({ address, why }) => [address, why])).toEqual([
      [null, behind],
      [null, behind],
      [null, 'not registered; its last address was 10.0.0.3, which another may have by now'],
      [null, 'not registered'],
      [null, 'Unified CM does not tell its address'],
      [null, 'whether it is registered is not known, nor its address'],
      // The phone there says who it is.
      ['10.0.0.7', null],
    ]);
    // An Expressway is one, also where only one of its phones is chosen.
    const [home] = (await listUcmPhones(ucm, { devicePools: ['DP_Home'], match: null })).phones;
    expect([home?.name, home?.why]).toEqual(['SEP00CCFC000002', behind]);
  });

  it('are told without their registration where that cannot be asked for: unknown, and not no', async () => {
    const registrations = () => Promise.reject(new UcmError('ucm-role-missing', 'RisPort refused the user.', true));
    const { ucm } = fakeUcm([{ digits: '1', told: { ...here, address: '10.0.0.1' } }], { registrations });
    const { phones, trouble } = await listUcmPhones(ucm, everything);
    expect(trouble).toMatch(/^RisPort refused the user\. Add the user to groups/);
    expect(phones).toMatchObject([{ registered: 'unknown', address: null, webServer: 'unknown', load: null }]);
  });

  it('are all listed, or the command says why they are not', async () => {
    const phones = async function* () {
      yield* fakeUcm([{ digits: '1' }]).ucm.phones();
      throw new UcmError('ucm-busy', 'The database is busy.', true);
    };
    const broken = fakeUcm([], { phones }).ucm;
    await expect(listUcmPhones(broken, everything)).rejects.toThrow(usage(/^The database is busy\. /));
    // A bug is none of Unified CM's troubles.
    const buggy = async function* () {
      yield* [];
      throw new TypeError('x');
    };
    const bug = fakeUcm([], { phones: buggy }).ucm;
    await expect(listUcmPhones(bug, everything)).rejects.toThrow(TypeError);
  });
});
