import { describe, expect, it } from '@jest/globals';
import { Contacts } from '../../src/serve/contacts.js';
import type { FileRequest } from '../../src/serve/source.js';

const mac = '00CCFC000001';
const agent = (of: string): string => `Cisco-CP-8841-3PCC/11.0 (${of.toLowerCase()})`;
const asks = (client: string, userAgent: string | null, path = 'a.sbn'): FileRequest => ({
  ...{ path, client, protocol: 'http', userAgent },
});

describe('that a phone has not come since its write', () => {
  let now = 0;
  const contacts = (): Contacts => {
    now = 100;
    const made = new Contacts({ monotonic: () => now }, (address) => address === '10.0.0.5');
    now = 200;
    return made;
  };
  const sawNothing = (of: Contacts, since = 150): boolean => of.sawNothingOf(mac, '10.0.0.1', since);

  it('is certain where nobody came, and where only others did', () => {
    const others = contacts();
    expect(sawNothing(others)).toBe(true);
    others.connected('10.0.0.2');
    others.asked(asks('10.0.0.2', agent('00CCFC000002')));
    // Our own check, before the write and at each wave.
    others.asked(asks('10.0.0.5', 'fleet-migrate'));
    others.asked(asks('10.0.0.5', 'fleet-migrate', `${mac}_M2E.lic`));
    expect(sawNothing(others)).toBe(true);
    // What came before says nothing of what came since.
    others.asked(asks('10.0.0.1', agent(mac)));
    expect([sawNothing(others, 150), sawNothing(others, 201)]).toEqual([false, true]);
  });

  const doubts: [string, (of: Contacts) => void][] = [
    ['it asked, from wherever', (of) => of.asked(asks('10.9.9.9', agent(mac)))],
    [
      'it asked for its license over TFTP',
      (of) => of.asked({ ...asks('10.9.9.9', null, `${mac}_M2E.lic`), protocol: 'tftp' }),
    ],
    ['somebody asked from its address', (of) => of.asked(asks('10.0.0.1', agent('00CCFC000002')))],
    ['something connected from its address and asked for nothing', (of) => of.connected('10.0.0.1')],
    ['somebody asked who does not say which phone it is', (of) => of.asked(asks('10.0.0.7', null))],
    ['a connection was turned away', (of) => of.missed()],
  ];
  it.each(doubts)('is not where %s', (_, happens) => {
    const doubtful = contacts();
    happens(doubtful);
    expect(sawNothing(doubtful)).toBe(false);
  });

  it('is not where the server began after the write', () => {
    expect(sawNothing(contacts(), 99)).toBe(false);
  });
});
