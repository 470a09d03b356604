import type { Ucm, UcmPhone, UcmRegistration } from '../../../src/ucm/ucm.js';

/** A phone of a cluster that is made up: the last digits of its MAC, and what the real-time service says of it. */
export interface Made extends Partial<UcmPhone> {
  digits: string;
  told?: Partial<UcmRegistration> | null;
}

/** A cluster that answers as told, and everything that it was asked. */
export interface FakeUcm {
  ucm: Ucm;
  asked: string[];
}

const unregistered = { registered: 'no', status: null, statusReason: null } as const;

export function fakeUcm(phones: readonly Made[], otherwise: Partial<Ucm> = {}): FakeUcm {
  const asked: string[] = [];
  const all = phones.map(({ digits, told: _, ...phone }): UcmPhone => {
    const mac = `00CCFC${digits.padStart(6, '0')}`;
    return {
      ...{ name: `SEP${mac}`, mac, model: '8841', devicePool: 'DP_Lab' },
      ...{ description: '', load: 'sip88xx.12-5-1SR3-74', defaultLoad: 'sip88xx.12-5-1SR3-74', ...phone },
    };
  });
  const told = new Map(
    phones.map((phone, at): [string, UcmRegistration] => {
      const name = all[at]?.name ?? '';
      const nothing = { activeLoad: null, download: 'none', downloadFailure: null } as const;
      const nowhere = { httpd: null, address: null, at: null, node: null };
      return [name, { name, ...unregistered, ...nothing, ...nowhere, ...phone.told }];
    }),
  );
  const never = (what: string) => (): Promise<never> => Promise.reject(new Error(`${what} must not be asked for`));
  const ucm: Ucm = {
    version: () => Promise.resolve('14.0.1.12900(161)'),
    rights: () => Promise.resolve({ roles: [], read: 'yes', write: 'yes', realTime: 'yes', services: 'yes' }),
    phones: async function* () {
      asked.push('phones');
      yield* all;
    },
    registrations: (names) => {
      asked.push(`registrations ${names.length}`);
      return Promise.resolve(told);
    },
    tftpServices: () => Promise.resolve([]),
    restartTftp: (node) => {
      asked.push(`restart ${node}`);
      return Promise.resolve();
    },
    // Nothing here may write to a phone or its settings.
    ...{ proveWrite: never('proveWrite'), settings: never('settings'), change: never('change') },
    apply: never('apply'),
    ...otherwise,
  };
  return { ucm, asked };
}
