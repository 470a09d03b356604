import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import type { RunReport } from '../../../src/domain/report/report.js';
import type { Look } from '../../../src/phones/phones.js';
import { Actor } from '../support/actor.js';
import { authorizeMpp, bench, mpp, phone } from '../support/fleet.js';

const address = '10.0.0.1';

describe('a license', () => {
  const granted = (url: string): Look =>
    phone(
      mpp({
        authorizationRows: [
          {
            code: '0',
            at: '01/01/2026 00:00:00',
            url,
            message: 'Authorization Succeeded.',
            text: `[0][…][${url}]Authorization Succeeded.`,
          },
        ],
      }),
    );

  async function authorize(then: (url: string) => Look): Promise<RunReport> {
    const run = bench({ profile: authorizeMpp });
    const actor = new Actor(run.clock, run.network, address, {}, { after: 'stays' });
    const usual = actor.look.bind(actor);
    actor.look = () => {
      const rule = actor.facts.settings?.authorizationRule ?? '';
      return rule === '' ? usual() : then(rule.replace('$MAU', '00CCFC000001'));
    };
    return run.go();
  }

  it.each<[string, (url: string) => Look, string, string | undefined]>([
    ['a row for our URL', granted, 'done', undefined],
    [
      'the type shown where it was empty',
      () => phone(mpp({ transitionAuthorizationType: 'Classic' })),
      'done',
      undefined,
    ],
    ['a row for another URL', () => granted('http://elsewhere/x.lic'), 'unverified', 'not-authorized'],
    [
      'a row of refusal',
      (url) =>
        phone(
          mpp({ authorizationRows: [{ code: '3', at: '', url, message: 'Refused.', text: `[3][][${url}]Refused.` }] }),
        ),
      'failed',
      'authorization-failed',
    ],
    [
      'a row in words that nobody knows',
      (url) =>
        phone(
          mpp({
            authorizationRows: [{ code: '3', at: '', url, message: 'Pending.', text: `[3][][${url}]Pending.` }],
          }),
        ),
      'unverified',
      'not-authorized',
    ],
    [
      'a page that stays unreadable',
      () => ({ kind: 'unreadable', failure: failure('empty-page') }),
      'unverified',
      'not-recognized',
    ],
  ])('%s: %s', async (_, then, outcome, code) => {
    const [result] = (await authorize(then)).phones;
    expect({ outcome: result?.outcome, code: result?.failure?.code }).toEqual({ outcome, code });
  });

  it('names at its deadline the words that were not understood, and has them as evidence', async () => {
    const text = (url: string): string => `[3][][${url}]Pending.`;
    const rows = (url: string) => [{ code: '3', at: '', url, message: 'Pending.', text: text(url) }];
    const [result] = (await authorize((url) => phone(mpp({ authorizationRows: rows(url) })))).phones;
    expect(result?.failure?.message).toContain(']Pending.');
    expect(result?.evidence.filter(({ kind }) => kind === 'authorization-row')).toHaveLength(1);
  });
});
