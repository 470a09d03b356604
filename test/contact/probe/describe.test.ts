import { describe, expect, it } from '@jest/globals';
import { describeEncounter } from '../../../src/contact/probe/describe.js';
import { factsShown } from '../../../src/contact/probe/facts-shown.js';
import type { Encounter } from '../../../src/contact/meet/encounter.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { profiles } from '../support/meet.js';

const refused = { code: 'connect-refused', message: 'refused' };

function encounter(...failures: Encounter['ports'][number]['failure'][]): Encounter {
  return {
    address: '192.0.2.7',
    from: { kind: 'phone' },
    at: 0,
    ports: failures.map((one, at) => ({
      endpoint: { scheme: at === 0 ? 'http' : 'https', port: at === 0 ? 80 : 443 },
      failure: one,
      tookMs: 1,
      tls: null,
    })),
    access: null,
    exchanges: [],
    readings: [],
    look: null,
    view: null,
    failure: failure('connect-refused'),
    notInFile: [],
  };
}

describe('what a probe makes of a phone that could not be spoken to', () => {
  it('nothing answers where no port took a connection', () => {
    expect(describeEncounter(encounter(refused, refused), profiles, '0.0.0').result).toBe('no-answer');
  });

  it('something answers where one did', () => {
    expect(describeEncounter(encounter(refused, null), profiles, '0.0.0').result).toBe('unreadable');
  });
});

describe('whether a phone is in a call', () => {
  const inACall = (busy: boolean, field: string): unknown =>
    factsShown({ family: 'multiplatform', readFrom: '/admin', authorizationRows: [], busy } as unknown as PhoneFacts, {
      path: '/admin',
      kind: 'admin page in HTML',
      reader: '',
      texts: [{ field, name: 'Call 1 State', kind: 'label', text: 'Idle' }],
    }).find(({ name }) => name === 'in a call')?.value;

  it('is told where the page has call states, and not known where it has none', () => {
    expect([inACall(false, 'callState'), inACall(true, 'callState'), inACall(false, 'serial')]).toEqual([
      'no',
      'yes',
      null,
    ]);
  });
});
